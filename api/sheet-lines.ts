import { lastWords, owedTasks, sheetHistory, type SheetMonthRow } from '../db/queries/sheets.ts';
import { userNamesOf } from '../db/queries/task-page.ts';
import { readDraft, type SheetDraft } from '../db/sheets.ts';
import { readTexts } from '../db/texts.ts';
import type { Actor } from '../domain/decider.ts';
import { carriedOver, indicatorId, type SheetEntry, type SheetLine } from '../domain/papers/sheet-lines.ts';
import { numberText } from '../domain/papers/task-papers.ts';
import type { SheetRow } from '../domain/sheet/sheet-state.ts';
import { civilDate } from '../domain/working-time/instants.ts';
import type { App } from './app-type.ts';
import { belongsTo } from './sheet-access.ts';

export interface LoadedSheet {
  row: SheetMonthRow;
  lines: SheetLine[];
  /** Null while there is none, and for readers outside the department: unsent words are the department's own. */
  draft: SheetDraft | null;
  /** The last return that has not been answered by handing in again. */
  returned: { at: number; by: string; text: string } | null;
  names: Map<string, string>;
}

/** A month's sheet with its words: the draft while the department works on it, afterwards what it handed in. */
export async function loadSheet(app: App, actor: Actor, row: SheetMonthRow): Promise<LoadedSheet> {
  const { pool } = app.deps;
  const { sheet, month, department } = row;
  const open = row.phase === 'requested';
  const [tasks, words, history, draft] = await Promise.all([
    owedTasks(pool, row.owed),
    lastWords(pool, { sheet, month, department, tasks: row.owed }),
    sheetHistory(pool, sheet, month),
    open && belongsTo(actor, department) ? readDraft(pool, app.vault, { sheet, month }) : null,
  ]);
  const submitted = open ? [] : (history.submitted?.rows ?? []);
  const [texts, names] = await Promise.all([
    readTexts(pool, app.vault, [
      ...[...words.values()].map(({ text }) => text),
      ...submitted.map(({ text }) => text),
      ...(history.returned === null ? [] : [history.returned.text]),
    ]),
    userNamesOf(
      pool,
      [row.submittedBy, history.returned?.by, draft?.savedBy].flatMap((id) => id ?? []),
    ),
  ]);
  const entries = open ? (draft?.entries ?? []) : submitted.map((each) => worded(each, texts));
  const byTask = new Map(entries.map((entry) => [entry.task, entry]));
  const lines = tasks.map((task): SheetLine => {
    const last = words.get(task.task);
    return {
      task: task.task,
      number: numberText(task.path),
      text: task.text,
      due: task.due,
      indicators: task.indicators.map(({ raw, unit }, at) => ({ id: indicatorId(at), raw, unit })),
      last:
        last === undefined
          ? null
          : {
              on: civilDate(last.at),
              month: last.month,
              status: last.status,
              text: texts.get(last.text) ?? '',
              noProgress: last.noProgress,
            },
      entry: byTask.get(task.task) ?? null,
    };
  });
  const { returned } = history;
  const stands = open && returned !== null && returned.seq > (history.submitted?.seq ?? 0);
  return {
    row,
    lines,
    draft,
    returned: stands ? { at: returned.at, by: returned.by, text: texts.get(returned.text) ?? '' } : null,
    names,
  };
}

function worded(row: SheetRow, texts: Map<string, string>): SheetEntry {
  return { ...row, text: texts.get(row.text) ?? '' };
}

/** How a line's entry stands to the last word: carried over untouched, or handed in as it was. */
export function entryBasis(line: SheetLine): 'none' | 'carried-over' | 'unchanged' | 'written' {
  if (line.entry === null) return carriedOver(line) === null ? 'none' : 'carried-over';
  const same = !line.entry.noProgress && line.entry.text.trim() === line.last?.text.trim();
  return same ? 'unchanged' : 'written';
}
