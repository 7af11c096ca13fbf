import { isCompleteName } from './department-names.ts';
import { fold } from './folding.ts';
import { readMark } from './number-marks.ts';
import type { SourceLine } from './source-lines.ts';
import { fitOf, lookOf, type Row } from './table-rows.ts';
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
  // 一、重点任务 above 序号 is a heading.
  if (readMark(first.text, 0, true) !== null) return null;
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
  const rows = withoutLastRemark(rowsOf(cells, columns), columns);
  return rows.length === 0 ? null : { columns, rows, end };
}

function headerLines(lines: readonly SourceLine[], from: number): { names: string[]; end: number } {
  const names: string[] = [];
  let end = from;
  let i = from;
  while (i < lines.length && names.length < 12) {
    if (lines[i]?.kind === 'blank') {
      i += 1;
      continue;
    }
    const name = headerName(lines, i);
    if (name === null) break;
    names.push(name.text);
    i = name.end;
    end = i;
  }
  return { names, end };
}

/** The name of one column, which a narrow column breaks over up to three lines: 完成, 时限. */
function headerName(lines: readonly SourceLine[], from: number): { text: string; end: number } | null {
  let found: { text: string; end: number } | null = null;
  let text = '';
  for (let i = from; i < Math.min(lines.length, from + 3); i += 1) {
    const line = lines[i];
    if (line === undefined || line.kind !== 'text') break;
    // 责任单位(列第一位的为牵头单位)
    if (line.text.f.length > 14 && !/^[^()]{2,10}\([^()]{2,20}\)$/u.test(line.text.f)) break;
    // A line that names a column by itself begins the next one.
    if (found !== null && columnOf(line.text.f) !== null) break;
    text += line.text.f;
    if (columnOf(text) !== null) found = { text, end: i + 1 };
  }
  return found;
}

function repeatsHeader(lines: readonly SourceLine[], from: number, names: readonly string[]): boolean {
  const line = lines[from];
  if (line === undefined || !(names[0] ?? '').startsWith(line.text.f)) return false;
  const again = headerLines(lines, from).names;
  return again.length === names.length && again.every((name, i) => name === names[i]);
}

/** A numbered section of running text, a note or an annex follows the table. */
function endsTable(line: SourceLine): boolean {
  const { f } = line.text;
  if (/^(?:附件|附表|抄送|主送|备注:|注:|说明:|\(此件)/u.test(f)) return true;
  const mark = readMark(line.text, 0, true);
  return mark !== null && mark.kind === 'chinese' && /(?:保障|要求|组织|实施|附则|措施)/u.test(f) && f.length <= 20;
}

type Cell = { text: string; line: number };

/** What it costs to leave a cell of the row out (merged away), and to go on with the same cell on a further line. */
const MISSING = 0.6;
const CONTINUED = 0.8;

/**
 * Lays the sequence of cells over the columns: each line is put into a column so that contents fit best; a cell may be
 * broken over lines, and merged cells may be missing. Cost: lines × columns².
 */
function rowsOf(cells: readonly Cell[], columns: readonly Column[]): Row[] {
  const width = columns.length;
  // Column of the line before, for each line and column; a stay in the same column is `width` more.
  const back = new Int8Array(cells.length * width);
  let scores = new Float64Array(width).fill(-Infinity);
  let expected = 1;
  cells.forEach((cell, i) => {
    const look = lookOf(cell.text);
    const inOrder = look.number && fold(cell.text).f === String(expected);
    if (inOrder) expected += 1;
    const next = new Float64Array(width);
    columns.forEach((column, c) => {
      const fit = fitOf(look, column) + (column.kind === 'index' && inOrder ? 2 : 0);
      const step = i === 0 ? { from: 0, score: -c * MISSING } : bestStep(scores, c, width);
      next[c] = step.score + fit;
      back[i * width + c] = step.from;
    });
    scores = next;
  });
  return rebuild(cells, back, scores, columns);
}

function bestStep(scores: Float64Array, c: number, width: number): { from: number; score: number } {
  let from = 0;
  let score = -Infinity;
  for (let p = 0; p < width; p += 1) {
    const base = scores[p] ?? -Infinity;
    const sameRow = c === p ? base - CONTINUED : c > p ? base - (c - p - 1) * MISSING : -Infinity;
    const newRow = base - (width - 1 - p + c) * MISSING;
    if (sameRow > score) {
      score = sameRow;
      from = c === p ? p + width : p;
    }
    if (newRow > score) {
      score = newRow;
      from = p;
    }
  }
  return { from, score };
}

/** Walks back from the best end; a step to a column not further right begins a new row. */
function rebuild(cells: readonly Cell[], back: Int8Array, scores: Float64Array, columns: readonly Column[]): Row[] {
  const width = columns.length;
  let c = 0;
  scores.forEach((score, i) => {
    if (score > (scores[c] ?? -Infinity)) c = i;
  });
  const columnsOf = new Int8Array(cells.length);
  const staysOf = new Uint8Array(cells.length);
  for (let i = cells.length - 1; i >= 0; i -= 1) {
    columnsOf[i] = c;
    const from = back[i * width + c] ?? 0;
    staysOf[i] = from >= width ? 1 : 0;
    c = from >= width ? from - width : from;
  }
  const rows: Row[] = [];
  cells.forEach((cell, i) => {
    const column = columnsOf[i] ?? 0;
    const begins = i === 0 || (staysOf[i] === 0 && column <= (columnsOf[i - 1] ?? 0));
    if (begins) rows.push({ cells: Array.from({ length: width }, () => ''), line: cell.line });
    const row = rows.at(-1);
    if (row === undefined) return;
    const before = row.cells[column] ?? '';
    row.cells[column] =
      before + (columns[column]?.kind === 'party' && isNextName(before, cell.text) ? ' ' : '') + cell.text;
  });
  return rows;
}

/** 已纳入计划 below the deadline of the last numbered row is its remark, though most rows leave that column empty. */
function withoutLastRemark(rows: Row[], columns: readonly Column[]): Row[] {
  const filled = rows.at(-1)?.cells.findIndex((cell) => cell !== '') ?? -1;
  const alone = rows.at(-1)?.cells.filter((cell) => cell !== '').length === 1;
  const numbered = columns[0]?.kind === 'index' && columns.at(-1)?.kind === 'other';
  return rows.length > 1 && alone && numbered && columns[filled]?.kind !== 'party' ? rows.slice(0, -1) : rows;
}

/** One department a line within a cell; 市住房和城乡 above 建设局 is one name broken. */
function isNextName(before: string, line: string): boolean {
  const last =
    fold(before.slice(-40))
      .f.split(/[、,;]/u)
      .at(-1) ?? '';
  const next = fold(line).f;
  return isCompleteName(last) && /^[市区县省州各国]/u.test(next) && isCompleteName(next.split(/[、,;]/u)[0] ?? '');
}
