import { cellTableAt } from './cell-lines.ts';
import { fold } from './folding.ts';
import { type SourceLine } from './source-lines.ts';
import { type Column, columnOf, headerOf, subHeaderOf } from './table-columns.ts';
import { type Row, readRows, type TableReading } from './table-rows.ts';

export type Block = { type: 'lines'; lines: SourceLine[] } | ({ type: 'table' } & TableReading);

/**
 * Cuts the text into running lines and task tables. A group of rows without a header of its own goes on with the
 * columns of the table before it (a table broken by a page); rows that no header explains are read as running text.
 */
export function readTables(lines: readonly SourceLine[]): Block[] {
  const blocks: Block[] = [];
  let flowing: SourceLine[] = [];
  let columns: Column[] | null = null;
  const flush = (): void => {
    if (flowing.length > 0) blocks.push({ type: 'lines', lines: flowing });
    flowing = [];
  };
  let i = 0;
  while (i < lines.length) {
    const line = lines[i];
    if (line === undefined) break;
    if (line.kind === 'row') {
      const end = endOfRows(lines, i);
      const rows = lines.slice(i, end).filter((row) => row.kind === 'row');
      const table = splitAtHeader(rows, columns);
      i = end;
      if (table === null) {
        for (const row of rows) flowing.push(...asText(row));
        continue;
      }
      columns = table.columns;
      for (const row of table.before) flowing.push(...asText(row));
      flush();
      blocks.push({ type: 'table', ...readRows(table.columns, table.rows) });
      continue;
    }
    const cellTable = cellTableAt(lines, i);
    if (cellTable !== null) {
      flush();
      blocks.push({ type: 'table', ...readRows(cellTable.columns, cellTable.rows) });
      i = cellTable.end;
      continue;
    }
    flowing.push(line);
    i += 1;
  }
  flush();
  return blocks;
}

/** Rows go on over blank lines and page furniture. */
function endOfRows(lines: readonly SourceLine[], from: number): number {
  let end = from;
  for (let i = from; i < lines.length; i += 1) {
    const kind = lines[i]?.kind;
    if (kind === 'row') end = i + 1;
    else if (kind === 'text') break;
  }
  return end;
}

function splitAtHeader(
  rows: readonly SourceLine[],
  inherited: Column[] | null,
): { columns: Column[]; before: SourceLine[]; rows: Row[] } | null {
  for (let i = 0; i < Math.min(rows.length, 12); i += 1) {
    let columns = headerOf(rows[i]?.cells ?? []);
    if (columns === null) continue;
    let first = i + 1;
    const parted = subHeaderOf(columns, rows[first]?.cells ?? []);
    if (parted !== null) {
      columns = parted;
      first += 1;
    }
    // A row with one cell right above the header is the first section's name.
    const above = rows.slice(0, i);
    const section = above.at(-1);
    const isSection = section !== undefined && isSectionName(section.cells);
    const body = [...(isSection ? [section] : []), ...rows.slice(first)];
    return { columns, before: isSection ? above.slice(0, -1) : above, rows: body.map(asRow) };
  }
  const width = rows[0]?.cells.length ?? 0;
  if (inherited === null || width !== inherited.length || width < 3) return null;
  return { columns: inherited, before: [], rows: rows.map(asRow) };
}

function isSectionName(cells: readonly string[]): boolean {
  const filled = new Set(cells.filter((cell) => cell !== ''));
  return filled.size === 1 && /^[一二三四五六七八九十(]/u.test(fold([...filled][0] ?? '').f);
}

function asRow(line: SourceLine): Row {
  return { cells: line.cells, line: line.no };
}

/** Cells that no header explains are read as lines; `责任单位 | 甲局` keeps its label in front. */
function asText(line: SourceLine): SourceLine[] {
  const cells = line.cells.filter((cell, i) => cell !== '' && cell !== line.cells[i - 1]);
  const texts: string[] = [];
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] ?? '';
    const value = cells[i + 1];
    const name = fold(cell).f.replace(/:$/u, '');
    const column = cells.length % 2 === 0 && i % 2 === 0 && value !== undefined ? columnOf(name) : null;
    if (column === null || value === undefined) {
      texts.push(cell);
      continue;
    }
    texts.push(column.kind === 'text' ? value : `${name}：${value}`);
    i += 1;
  }
  return texts.map((text) => ({ no: line.no, kind: 'text', text: fold(text), cells: [] }));
}
