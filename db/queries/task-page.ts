import type { Recorded } from '../../domain/decider.ts';
import type { PlanIndicator, TextDeadline } from '../../domain/plan-text/plan-reading.ts';
import type { TaskFact } from '../../domain/task/task-facts.ts';
import type { TaskState } from '../../domain/task/task-state.ts';
import type { Queryable } from '../pool.ts';
import type { ItemFlag } from '../schema/plans.ts';
import type { Lateness, TaskListState } from '../schema/tasks.ts';

export interface TaskPageRow {
  seq: number;
  state: TaskState;
  listState: TaskListState;
  lateness: Lateness;
  planTitle: string | null;
  planDocumentNumber: string | null;
  path: string[] | null;
  section: string | null;
  heading: string | null;
  text: string | null;
  deadlineRaw: string | null;
  departmentsAsWritten: string[] | null;
  openEnded: boolean | null;
  flags: ItemFlag[] | null;
  textDeadlines: TextDeadline[] | null;
  indicators: PlanIndicator[] | null;
  basis: string | null;
}

/** A task's folded state with the words of its plan; null where there is no such task. */
export async function taskPage(db: Queryable, id: string): Promise<TaskPageRow | null> {
  const { rows } = await db.query<TaskPageRow>({
    name: 'task-page',
    text: `select e.seq, e.state, t.state as "listState", t.lateness, p.title as "planTitle",
        p.document_number as "planDocumentNumber", x.path, x.section, x.heading, x.text, x.deadline_raw as "deadlineRaw",
        x.departments_as_written as "departmentsAsWritten", x.open_ended as "openEnded", x.flags,
        x.text_deadlines as "textDeadlines", x.indicators, x.basis
      from entities e
      join tasks t on t.id = e.id
      left join task_texts x on x.task_id = e.id
      left join plans p on p.id = t.plan_id
      where e.id = $1 and e.kind = 'task'`,
    values: [id],
  });
  return rows[0] ?? null;
}

export interface TimelineRow {
  seq: number;
  type: string;
  at: number;
  by: string;
  data: unknown;
}

/** The newest events first, before `beforeSeq`; one more than `limit` is asked for to know whether others follow. */
export async function taskTimeline(
  db: Queryable,
  id: string,
  beforeSeq: number | null,
  limit: number,
): Promise<{ events: Recorded<TaskFact>[]; more: boolean }> {
  const { rows } = await db.query<TimelineRow>({
    name: 'task-timeline',
    text: `select seq, type, at, by, data from ledger
      where entity_id = $1 and seq < $2::bigint order by seq desc limit $3`,
    values: [id, beforeSeq ?? Number.MAX_SAFE_INTEGER, limit + 1],
  });
  return { events: rows.slice(0, limit) as Recorded<TaskFact>[], more: rows.length > limit };
}

export interface EvidenceRow {
  seq: number;
  at: number;
  by: string;
  department: string;
  file: string;
  on: string | null;
  period: string | null;
}

/** Every piece of evidence that was attached to the task, oldest first. */
export async function taskEvidence(db: Queryable, id: string): Promise<EvidenceRow[]> {
  const { rows } = await db.query<EvidenceRow>(
    `select seq, at, by, data->>'department' as department, data->>'file' as file, data->>'on' as "on",
       data->>'period' as period
     from ledger where entity_id = $1 and type = 'EvidenceAttached' order by seq`,
    [id],
  );
  return rows;
}

export interface FileRow {
  id: string;
  name: string;
  mediaType: string;
  size: number;
}

export async function filesOf(db: Queryable, ids: readonly string[]): Promise<Map<string, FileRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<FileRow>(
    'select id, name, media_type as "mediaType", size from files where id = any($1)',
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function userNamesOf(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>('select id, name from users where id = any($1)', [
    [...new Set(ids)],
  ]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
