import { fold } from './folding.ts';
import { readMark } from './number-marks.ts';
import type { SourceLine } from './source-lines.ts';
import { cellFit, type Row } from './table-rows.ts';
import { type Column, columnOf, headerOf } from './table-columns.ts';

export type CellTable = { columns: Column[]; rows: Row[]; end: number };

/** A cell of prose longer than this ends the table: running text follows it. */
const LONGEST_CELL = 600;

/**
 * A table that came out one cell a line: the header's names one below the other (序号, 任务, 责任单位, 完成时限), then
 * the cells. Returns null where no such header begins at line `from`.
 */
export function cellTableAt(lines: readonly SourceLine[], from: number): CellTable | null {
  const first = lines[from];
  if (first === undefined || first.kind !== 'text' || first.text.f.length > 12 || columnOf(first.text.f) === null)
    return null;
  const header = headerLines(lines, from);
  const columns = headerOf(header.names);
  if (columns === null || columns.length < 3) return null;
  const cells: { text: string; line: number }[] = [];
  let end = header.end;
  for (let i = header.end; i < lines.length; i += 1) {
    const line = lines[i];
    if (line === undefined || line.kind === 'row' || line.text.f.length > LONGEST_CELL) break;
    if (line.kind === 'blank' || /^-+\d+-+$/u.test(line.text.f)) continue;
    if (repeatsHeader(lines, i, header.names)) {
      i = headerLines(lines, i).end - 1;
      continue;
    }
    if (endsTable(line)) break;
    cells.push({ text: line.text.raw.trim(), line: line.no });
    end = i + 1;
  }
  const rows = rowsOf(cells, columns);
  return rows.length === 0 ? null : { columns, rows, end };
}

function headerLines(lines: readonly SourceLine[], from: number): { names: string[]; end: number } {
  const names: string[] = [];
  let end = from;
  for (let i = from; i < lines.length && names.length < 12; i += 1) {
    const line = lines[i];
    if (line === undefined || line.kind === 'blank') continue;
    if (line.kind !== 'text' || line.text.f.length > 14 || columnOf(line.text.f) === null) break;
    names.push(line.text.f);
    end = i + 1;
  }
  return { names, end };
}

function repeatsHeader(lines: readonly SourceLine[], from: number, names: readonly string[]): boolean {
  let seen = 0;
  for (let i = from; i < lines.length && seen < names.length; i += 1) {
    const line = lines[i];
    if (line === undefined || line.kind === 'blank') continue;
    if (line.text.f !== names[seen]) return false;
    seen += 1;
  }
  return seen === names.length;
}

/** A numbered section of running text, a note or an annex follows the table. */
function endsTable(line: SourceLine): boolean {
  const { f } = line.text;
  if (/^(?:附件|附表|抄送|主送|备注:|注:|说明:|\(此件)/u.test(f)) return true;
  const mark = readMark(line.text, 0, true);
  return mark !== null && mark.kind === 'chinese' && /(?:保障|要求|组织|实施|附则|措施)/u.test(f) && f.length <= 20;
}

type Step = { score: number; previous: number; newRow: boolean };

/**
 * Lays the sequence of cells over the columns: each line is put into a column so that contents fit best; a cell may be
 * broken over lines, and merged cells may be missing. Cost: lines × columns².
 */
function rowsOf(cells: readonly { text: string; line: number }[], columns: readonly Column[]): Row[] {
  const width = columns.length;
  const table: Step[][] = [];
  let expected = 1;
  cells.forEach((cell, i) => {
    const steps: Step[] = [];
    const figure = fold(cell.text).f;
    const inOrder = figure === String(expected);
    for (let c = 0; c < width; c += 1) {
      const column = columns[c];
      if (column === undefined) continue;
      const fit = cellFit(cell.text, column) + (column.kind === 'index' && inOrder ? 2 : 0);
      steps.push(bestStep(table[i - 1], c, width, fit, i === 0));
    }
    if (inOrder) expected += 1;
    table.push(steps);
  });
  return rebuild(cells, table, width);
}

function bestStep(before: readonly Step[] | undefined, c: number, width: number, fit: number, first: boolean): Step {
  if (first || before === undefined) return { score: fit - c * 0.6, previous: -1, newRow: true };
  let best: Step = { score: -Infinity, previous: -1, newRow: true };
  for (let p = 0; p < width; p += 1) {
    const base = before[p]?.score ?? -Infinity;
    if (c === p) keepBetter({ score: base + fit - 0.8, previous: p, newRow: false });
    else if (c > p) keepBetter({ score: base + fit - (c - p - 1) * 0.6, previous: p, newRow: false });
    keepBetter({ score: base + fit - (width - 1 - p) * 0.6 - c * 0.6, previous: p, newRow: true });
  }
  return best;

  function keepBetter(step: Step): void {
    if (step.score > best.score) best = step;
  }
}

function rebuild(cells: readonly { text: string; line: number }[], table: readonly Step[][], width: number): Row[] {
  let c = 0;
  const final = table.at(-1) ?? [];
  final.forEach((step, i) => {
    if (step.score > (final[c]?.score ?? -Infinity)) c = i;
  });
  const placed: { column: number; newRow: boolean }[] = [];
  for (let i = cells.length - 1; i >= 0; i -= 1) {
    const step = table[i]?.[c];
    if (step === undefined) break;
    placed.push({ column: c, newRow: step.newRow });
    c = step.previous;
  }
  placed.reverse();
  const rows: Row[] = [];
  cells.forEach((cell, i) => {
    const place = placed[i];
    if (place === undefined) return;
    if (place.newRow || rows.length === 0)
      rows.push({ cells: Array.from({ length: width }, () => ''), line: cell.line });
    const row = rows.at(-1);
    if (row !== undefined) row.cells[place.column] = (row.cells[place.column] ?? '') + cell.text;
  });
  return rows;
}
