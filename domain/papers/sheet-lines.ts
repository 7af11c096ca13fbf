import type { CivilDate } from '../decider.ts';
import type { ReportStatus } from '../task/task-state.ts';

/** What a department says of one task in its monthly sheet (月报), before the words become text rows. */
export interface SheetEntry {
  task: string;
  status: ReportStatus;
  /** The progress, or the reason why there is none. */
  text: string;
  noProgress: boolean;
  indicators: { id: string; value: number }[];
}

/** One line of a monthly sheet as people see it. */
export interface SheetLine {
  task: string;
  /** The task's number in the plan, in one piece. */
  number: string;
  text: string;
  due: CivilDate | null;
  indicators: SheetIndicator[];
  last: LastWord | null;
  entry: SheetEntry | null;
}

export interface SheetIndicator {
  id: string;
  raw: string;
  unit: string;
}

/** What the department said of the task last, in an earlier sheet or in a report of its own. */
export interface LastWord {
  on: CivilDate;
  /** The sheet's month; null for a report outside the sheets. */
  month: string | null;
  status: ReportStatus;
  text: string;
  noProgress: boolean;
}

/** The ids under which reports give values for a task's indicators: their places in the task's list, from 1. */
export function indicatorId(index: number): string {
  return `indicator-${index + 1}`;
}

/** What a line says when nobody has touched it: the last text carried over, to be brought up to date. */
export function carriedOver({ task, last }: SheetLine): SheetEntry | null {
  if (last === null || last.noProgress) return null;
  return { task, status: last.status, text: last.text, noProgress: false, indicators: [] };
}

export interface LineFault {
  task: string;
  code: 'missing' | 'not-owed' | 'twice' | 'empty' | 'unknown-indicator';
  detail: string;
}

/** What keeps a sheet from being handed in; `complete` also wants every line filled in. Faults name lines as people count them. */
export function sheetFaults(
  lines: readonly SheetLine[],
  entries: readonly SheetEntry[],
  complete: boolean,
): LineFault[] {
  const byTask = new Map(lines.map((line, at) => [line.task, { line, at }]));
  const seen = new Set<string>();
  const faults: LineFault[] = [];
  for (const entry of entries) {
    const { task } = entry;
    const known = byTask.get(task);
    if (known === undefined) {
      faults.push({ task, code: 'not-owed', detail: `任务${task}不在本月月报之内` });
      continue;
    }
    const name = `第${known.at + 1}项（${known.line.number}）`;
    if (seen.has(task)) faults.push({ task, code: 'twice', detail: `${name}填了两次` });
    seen.add(task);
    if (complete && entry.text.trim() === '')
      faults.push({
        task,
        code: 'empty',
        detail: entry.noProgress ? `${name}选了无新进展，请写明原因` : `${name}还没有填写进展`,
      });
    const strange = entry.indicators.find(({ id }) => !known.line.indicators.some((indicator) => indicator.id === id));
    if (strange !== undefined)
      faults.push({ task, code: 'unknown-indicator', detail: `${name}没有编号为${strange.id}的指标` });
  }
  if (!complete) return faults;
  for (const [at, line] of lines.entries())
    if (!seen.has(line.task))
      faults.push({ task: line.task, code: 'missing', detail: `第${at + 1}项（${line.number}）还没有填写` });
  return faults;
}
