import type { ReportStatus } from '../task/task-state.ts';
import { dateText, periodText, REPORT_STATUS_NAMES } from '../wording.ts';
import { carriedOver, type SheetEntry, type SheetLine } from './sheet-lines.ts';
import type { ReadRow, ReadTable, TableColumn, TableLayout, TableRow } from './table.ts';

/** The monthly sheet as a table that goes out, is filled in, and comes back (issue 3, item 5). */
const FORMAT = 'bihuan-sheet-1';
const ID = '任务标识（请勿改动）';
const NUMBER = '计划编号';
const TASK = '任务内容';
const DUE = '完成时限';
const LAST = '上次填报';
const STATUS = '状态';
const PROGRESS = '本月进展';
const REASON = '无新进展原因';
export const LONGEST_TEXT = 5_000;

export interface SheetHead {
  sheet: string;
  /** `YYYY-MM`. */
  month: string;
  plan: string;
  department: string;
}

const STATUSES = Object.entries(REPORT_STATUS_NAMES) as [ReportStatus, string][];

export function sheetTable(head: SheetHead, lines: readonly SheetLine[]): { layout: TableLayout; rows: TableRow[] } {
  const most = lines.reduce((count, line) => Math.max(count, line.indicators.length), 0);
  const columns: TableColumn[] = [
    { header: ID, width: 12, hidden: true },
    { header: NUMBER, width: 14 },
    { header: TASK, width: 48 },
    { header: DUE, width: 14 },
    { header: LAST, width: 36 },
    { header: STATUS, width: 8, editable: true, choices: STATUSES.map(([, name]) => name) },
    { header: PROGRESS, width: 48, editable: true },
    { header: REASON, width: 24, editable: true },
    ...Array.from({ length: most }, (_, at): TableColumn[] => [
      { header: indicatorHeader(at), width: 24 },
      { header: valueHeader(at), width: 10, kind: 'number', editable: true },
    ]).flat(),
  ];
  return {
    layout: {
      name: `${head.month}月报`,
      lead: [
        `${head.department}　${periodText(head.month)}月报　${head.plan}`,
        '请填写状态、本月进展；没有新进展的，清空或保留本月进展不变，并写明无新进展原因。请勿增删行、改动其他栏。',
      ],
      columns,
      protected: true,
      marks: { format: FORMAT, sheet: head.sheet, month: head.month },
    },
    rows: lines.map((line) => tableRow(line, most)),
  };
}

function indicatorHeader(at: number): string {
  return `指标${at + 1}`;
}

function valueHeader(at: number): string {
  return `指标${at + 1}数值`;
}

function tableRow(line: SheetLine, most: number): TableRow {
  const { last } = line;
  const entry = line.entry ?? carriedOver(line);
  const lastWord =
    last === null
      ? ''
      : `${dateText(last.on)}　${REPORT_STATUS_NAMES[last.status]}\n${last.noProgress ? '无新进展：' : ''}${last.text}`;
  return [
    line.task,
    line.number,
    line.text,
    line.due === null ? '' : dateText(line.due),
    lastWord,
    entry === null ? '' : REPORT_STATUS_NAMES[entry.status],
    entry === null || entry.noProgress ? '' : entry.text,
    entry?.noProgress === true ? entry.text : '',
    ...Array.from({ length: most }, (_, at) => {
      const indicator = line.indicators[at];
      if (indicator === undefined) return ['', null];
      return [indicator.raw, entry?.indicators.find(({ id }) => id === indicator.id)?.value ?? null];
    }).flat(),
  ];
}

/** Something in a table that came back; `row` is the number that the person sees, null for the file as a whole. */
export interface TableFault {
  row: number | null;
  column: string | null;
  code: string;
  detail: string;
}

/** All entries of a filled-in table, or everything that is wrong with it: a table is taken whole or not at all. */
export function readSheetTable(
  head: SheetHead,
  lines: readonly SheetLine[],
  table: ReadTable,
): { entries: SheetEntry[] } | { faults: TableFault[] } {
  const wrong = wrongFile(head, table);
  if (wrong !== null) return { faults: [wrong] };
  const headerAt = table.rows.findIndex(({ cells }) => cells.includes(ID));
  const header = table.rows[headerAt];
  const missing = [ID, TASK, STATUS, PROGRESS, REASON].filter((name) => header?.cells.includes(name) !== true);
  if (header === undefined || missing.length > 0)
    return { faults: [fileFault('columns-missing', `表头被改动，缺少：${missing.join('、')}`)] };
  const reading: Reading = {
    column: (name) => header.cells.indexOf(name),
    lines: new Map(lines.map((line) => [line.task, line])),
    seen: new Map(),
    faults: [],
  };
  const entries = table.rows.slice(headerAt + 1).flatMap((row) => readRow(reading, row) ?? []);
  for (const [at, line] of lines.entries())
    if (!reading.seen.has(line.task))
      reading.faults.push(fileFault('row-missing', `缺少第${at + 1}项任务（${line.number}）的一行，请勿删除行`));
  return reading.faults.length > 0 ? { faults: reading.faults } : { entries };
}

function wrongFile(head: SheetHead, { marks }: ReadTable): TableFault | null {
  if (marks['format'] !== FORMAT)
    return fileFault('wrong-file', '这不是从本系统下载的月报表，请下载本月月报后填写再上传');
  if (marks['sheet'] !== head.sheet)
    return fileFault('other-department', `这是其他部门或其他计划的月报，不能当作${head.department}的月报上传`);
  if (marks['month'] !== head.month)
    return fileFault('other-month', `这是${periodText(marks['month'] ?? '')}的月报，本次应填${periodText(head.month)}`);
  return null;
}

function fileFault(code: string, detail: string): TableFault {
  return { row: null, column: null, code, detail };
}

interface Reading {
  column(name: string): number;
  lines: Map<string, SheetLine>;
  /** The row on which each task stands. */
  seen: Map<string, number>;
  faults: TableFault[];
}

/** The entry of a row; null where it is not filled in or cannot be read (then a fault says why). */
function readRow(reading: Reading, row: ReadRow): SheetEntry | null {
  const at = (name: string): string => (row.cells[reading.column(name)] ?? '').trim();
  const fault = (column: string | null, code: string, detail: string): null => {
    reading.faults.push({ row: row.number, column, code, detail: `第${row.number}行：${detail}` });
    return null;
  };
  const line = reading.lines.get(at(ID));
  if (line === undefined) return fault(ID, 'id-changed', '任务标识被改动，或这一行是添加的');
  const first = reading.seen.get(line.task);
  if (first !== undefined) return fault(ID, 'row-twice', `与第${first}行是同一项任务`);
  reading.seen.set(line.task, row.number);
  if (plain(at(TASK)) !== plain(line.text))
    return fault(TASK, 'task-changed', '任务内容与任务标识不符，请勿移动或改动');
  const filled = [STATUS, PROGRESS, REASON, ...line.indicators.map((_, index) => valueHeader(index))];
  const computed = filled.find((name) => row.computed.includes(reading.column(name)));
  if (computed !== undefined) return fault(computed, 'formula', `“${computed}”是公式或错误值，请改为文字或数字`);
  const progress = at(PROGRESS);
  const reason = at(REASON);
  const indicators = readIndicators(line, at, fault);
  if (indicators === null) return null;
  if (progress === '' && reason === '') {
    return indicators.length === 0 ? null : fault(PROGRESS, 'progress-missing', '填了指标数值，但没有填写本月进展');
  }
  if (reason !== '' && progress !== '' && plain(progress) !== plain(line.last?.text ?? ''))
    return fault(REASON, 'both-filled', '“本月进展”与“无新进展原因”只能填一项');
  const status = STATUSES.find(([, name]) => name === at(STATUS))?.[0];
  if (status === undefined)
    return fault(
      STATUS,
      'unknown-status',
      at(STATUS) === '' ? '没有选择状态' : `状态“${at(STATUS)}”不在${STATUSES.map(([, name]) => name).join('、')}之列`,
    );
  const text = reason === '' ? progress : reason;
  if (text.length > LONGEST_TEXT) return fault(PROGRESS, 'text-too-long', `文字超过${LONGEST_TEXT}字`);
  return { task: line.task, status, text, noProgress: reason !== '', indicators };
}

function readIndicators(
  line: SheetLine,
  at: (name: string) => string,
  fault: (column: string, code: string, detail: string) => null,
): SheetEntry['indicators'] | null {
  const values: SheetEntry['indicators'] = [];
  for (const [index, indicator] of line.indicators.entries()) {
    const raw = at(valueHeader(index));
    if (raw === '') continue;
    const value = Number(raw.normalize('NFKC').replace(/[,%\s]/g, ''));
    if (!Number.isFinite(value))
      return fault(valueHeader(index), 'not-a-number', `“${raw}”不是数字（${indicator.raw}）`);
    values.push({ id: indicator.id, value });
  }
  return values;
}

/** Spreadsheet programs change line ends and trailing spaces by themselves. */
function plain(text: string): string {
  return text.replace(/\s+/g, '');
}
