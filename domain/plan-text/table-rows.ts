import { beginsDate, isDeadlineClause, readDeadlinePhrase } from '../deadline-phrases/read-deadline-phrase.ts';
import { type Annotation, emptyAnnotation, fieldsOf, fromFields } from './annotation.ts';
import { asWritten, cut, fold } from './folding.ts';
import { headingText } from './item-text.ts';
import { type NumberMark, readMark } from './number-marks.ts';
import type { DraftTask } from './outline.ts';
import type { PlanProblem } from './plan-reading.ts';
import { readResponsibility, uniqueParties } from './responsibility.ts';
import { type Column, headerOf } from './table-columns.ts';

export type Row = { cells: string[]; line: number };

export type TableReading = { tasks: DraftTask[]; problems: PlanProblem[] };

/** Reads the body rows of a task table. An empty cell inherits the one above, as merged cells come out of a document. */
export function readRows(columns: readonly Column[], rows: readonly Row[]): TableReading {
  const reading: TableReading = { tasks: [], problems: [] };
  const textColumn = heaviest(columns);
  let section: { mark: NumberMark | null; text: string } | null = null;
  let last: string[] = columns.map(() => '');
  for (const row of rows) {
    if (headerOf(row.cells) !== null) continue;
    const cells = aligned(row.cells, columns);
    const name = sectionName(cells, columns, last);
    if (name !== null) {
      const text = fold(name);
      const mark = readMark(text, 0, true);
      section = { mark, text: headingText(asWritten(cut(text, mark?.to ?? 0, text.f.length))) };
      last = columns.map(() => '');
      continue;
    }
    if (cells.every((cell) => cell === '') || cells.some((cell) => /^(?:合\s*计|总\s*计|小\s*计)$/u.test(cell)))
      continue;
    const inherited = inherit(cells, last, columns, textColumn);
    const taskText = cells[textColumn] === '' ? '' : inherited[textColumn];
    const text = taskText === '' || taskText === undefined ? fallbackText(cells, columns) : taskText;
    if (text === '') {
      mergeIntoLast(reading, cells, columns);
      continue;
    }
    const task = taskOf(inherited, columns, textColumn, text, row.line, section);
    if (task !== null) {
      const filled = columns.some((column, i) => isDuty(column) && cells[i] === '' && inherited[i] !== '');
      if (filled) {
        reading.problems.push({
          line: row.line,
          code: 'table-cell-inherited',
          detail: '本行责任或时限单元格为空，按合并单元格沿用上一行，请确认',
        });
      }
      reading.tasks.push(task);
    }
    last = inherited;
  }
  return reading;
}

function isDuty(column: Column): boolean {
  return column.kind === 'party' || column.kind === 'deadline';
}

function heaviest(columns: readonly Column[]): number {
  let best = -1;
  let weight = -1;
  columns.forEach((column, i) => {
    if (column.kind === 'text' && column.weight > weight) {
      best = i;
      weight = column.weight;
    }
  });
  return best;
}

/** Rows that lack the cells merged away are shifted to where their cells fit best. */
function aligned(cells: readonly string[], columns: readonly Column[]): string[] {
  const width = columns.length;
  if (cells.length === width) return [...cells];
  if (cells.length > width) return cells.slice(0, width);
  if (new Set(cells.filter((cell) => cell !== '')).size <= 1) return [...cells, ...blank(width - cells.length)];
  const looks = cells.map(lookOf);
  let best = 0;
  let bestFit = -Infinity;
  for (let shift = 0; shift <= width - cells.length; shift += 1) {
    let fit = 0;
    looks.forEach((look, i) => {
      const column = columns[i + shift];
      if (column !== undefined) fit += fitOf(look, column);
    });
    if (fit > bestFit) {
      best = shift;
      bestFit = fit;
    }
  }
  return [...blank(best), ...cells, ...blank(width - cells.length - best)];
}

function blank(n: number): string[] {
  return Array.from({ length: n }, () => '');
}

/** What a cell looks like, whatever its column. */
export type CellLook = {
  empty: boolean;
  number: boolean;
  numeral: boolean;
  deadline: boolean;
  party: boolean;
  short: boolean;
};

export function lookOf(cell: string): CellLook {
  const { f } = fold(cell.slice(0, 400));
  const number = /^\d{1,4}$/u.test(f);
  return {
    empty: f === '',
    number,
    numeral: /^[一二三四五六七八九十]{1,3}$/u.test(f),
    deadline: !number && isDeadlineCell(f),
    party: !number && isPartyCell(cell.slice(0, 400)),
    short: f.length <= 12,
  };
}

/** How well a cell's content fits a column, from -2 to 3. */
export function fitOf(look: CellLook, column: Column): number {
  if (look.empty) return 0;
  if (column.kind === 'index') return look.number || look.numeral ? 3 : -2;
  if (look.number) return -1;
  if (column.kind === 'deadline') return look.deadline ? 2 : -2;
  if (column.kind === 'party') return look.party ? 2 : -2;
  if (column.kind === 'other') return -0.2;
  return look.deadline || (look.short && look.party) ? -1 : 1;
}

function isDeadlineCell(f: string): boolean {
  if (f.length > 40) return false;
  if (isDeadlineClause(f)) return true;
  if (
    f.length > 24 ||
    !(beginsDate(f, 0) || /^(?:每|按|逐|长期|持续|已|即|立|常态|全年|年|印发|自|原则上|随时|适时)/u.test(f))
  )
    return false;
  return readDeadlinePhrase(f, { issuedOn: '2000-01-01', year: 2000 }).kind !== 'none';
}

function isPartyCell(cell: string): boolean {
  const text = fold(cell);
  if (/^[/\-无]$/u.test(text.f)) return true;
  const read = readResponsibility(text, 'responsible');
  if (read.strangers > 0 || read.deadlines.length > 0) return false;
  if (read.parties.length === 0) return read.openEnded;
  return (
    read.parties.filter((party) => party.complete).length * 2 >= read.parties.length &&
    !/[。;:]/u.test(text.f.slice(0, -1))
  );
}

/** A row whose only words stand across the table: 二、行政执法. */
function sectionName(cells: readonly string[], columns: readonly Column[], last: readonly string[]): string | null {
  const filled = cells.filter((cell) => cell !== '');
  const distinct = new Set(filled);
  const name = filled[0];
  if (name === undefined || distinct.size !== 1 || columns.length < 3) return null;
  if (filled.length === columns.length) return name;
  const at = cells.indexOf(name);
  const column = columns[at];
  const marked = readMark(fold(name), 0, true);
  const outer =
    marked !== null && (marked.kind === 'chinese' || marked.kind === 'chinese-bracket' || marked.kind === 'chapter');
  if (outer && (at === 0 || !columns.some((c, i) => isDuty(c) && last[i] !== ''))) return name;
  if (column?.kind === 'index') return /^\d{1,4}$/u.test(name) ? null : name;
  return at === 0 && column?.kind !== 'text' ? name : null;
}

/** Fills empty cells from the row above; a support cell only together with the lead it belongs to. */
function inherit(
  cells: readonly string[],
  last: readonly string[],
  columns: readonly Column[],
  textColumn: number,
): string[] {
  const leadFilled = columns.some((c, i) => c.kind === 'party' && c.role !== 'support' && cells[i] !== '');
  return columns.map((column, i) => {
    const cell = cells[i] ?? '';
    if (cell !== '' || i === textColumn || column.kind === 'other') return cell;
    if (column.kind === 'party' && column.role === 'support' && leadFilled) return '';
    return last[i] ?? '';
  });
}

/** Where the finer column is empty, the coarser one of the same row is the task. */
function fallbackText(cells: readonly string[], columns: readonly Column[]): string {
  let text = '';
  let weight = -1;
  columns.forEach((column, i) => {
    const cell = cells[i] ?? '';
    if (column.kind === 'text' && column.weight > weight && cell !== '') {
      text = cell;
      weight = column.weight;
    }
  });
  return text;
}

/** A row with departments alone goes on with the list above. */
function mergeIntoLast(reading: TableReading, cells: readonly string[], columns: readonly Column[]): void {
  const task = reading.tasks.at(-1);
  if (task === undefined) return;
  const parties = columns.flatMap((column, i) =>
    column.kind === 'party' ? partiesOf(cells[i] ?? '', column.role).parties : [],
  );
  task.annotation = { ...task.annotation, parties: uniqueParties([...task.annotation.parties, ...parties]) };
}

function taskOf(
  cells: readonly string[],
  columns: readonly Column[],
  textColumn: number,
  text: string,
  line: number,
  section: { mark: NumberMark | null; text: string } | null,
): DraftTask | null {
  const annotation = emptyAnnotation();
  annotation.labelled = true;
  columns.forEach((column, i) => {
    const cell = cells[i] ?? '';
    if (column.kind === 'deadline' && !/^[/\-—－无]?$/u.test(cell)) annotation.deadline = cell;
    if (column.kind !== 'party') return;
    const read = partiesOf(cell, column.role);
    annotation.parties.push(...read.parties);
    annotation.openEnded ||= read.openEnded;
    annotation.firstLeads ||= read.firstLeads || column.firstLeads;
    if (annotation.deadline === '') annotation.deadline = read.deadline;
  });
  annotation.parties = uniqueParties(annotation.parties);
  if (annotation.parties.length === 0 && annotation.deadline === '' && !annotation.openEnded) return null;
  const folded = fold(text);
  // 1.划定区域;2.规范经营 in one cell is one task: its numbers stay.
  const several = /[;。][2二②]|[;。]\(2\)/u.test(folded.f);
  const own = several ? null : readMark(folded, 0, true);
  const body = asWritten(cut(folded, own?.to ?? 0, folded.f.length)).replaceAll(/\s+/gu, ' ');
  if (body === '') return null;
  const index = cells[columns.findIndex((column) => column.kind === 'index')] ?? '';
  const path = [
    section?.mark?.label ?? '',
    ...headingMarks(cells, columns, textColumn),
    index === '' ? (own?.label ?? '') : index,
  ];
  return {
    path: path.filter((label) => label !== ''),
    heading: headingOf(cells, columns, textColumn, text) || (section?.text ?? ''),
    text: body,
    annotation,
    line,
  };
}

function headingMarks(cells: readonly string[], columns: readonly Column[], textColumn: number): string[] {
  return columns.flatMap((column, i) => {
    if (column.kind !== 'text' || i === textColumn) return [];
    const mark = readMark(fold(cells[i] ?? ''), 0, true);
    return mark === null || mark.label === '' ? [] : [mark.label];
  });
}

/** The text column just coarser than the task's. */
function headingOf(cells: readonly string[], columns: readonly Column[], textColumn: number, text: string): string {
  let heading = '';
  let weight = -1;
  columns.forEach((column, i) => {
    const cell = cells[i] ?? '';
    if (column.kind !== 'text' || i === textColumn || cell === text || cell === '' || column.weight <= weight) return;
    const folded = fold(cell);
    heading = headingText(asWritten(cut(folded, readMark(folded, 0, true)?.to ?? 0, folded.f.length)));
    weight = column.weight;
  });
  return heading;
}

/** A cell may carry labels of its own: 牵头单位:甲;配合单位:乙. */
function partiesOf(cell: string, role: 'lead' | 'responsible' | 'support'): Omit<Annotation, 'labelled' | 'cutOff'> {
  const text = fold(cell);
  const fields = text.f.includes(':') ? fieldsOf(text) : null;
  const labelled = fields === null ? null : fromFields(fields);
  if (labelled !== null) return labelled;
  const read = readResponsibility(text, role);
  return {
    parties: read.parties,
    openEnded: read.openEnded,
    firstLeads: read.firstLeads,
    deadline: read.deadlines.join('，'),
  };
}
