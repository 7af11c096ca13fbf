import type { CivilDate } from '../../domain/decider.ts';
import type { SheetPhase, SheetRow } from '../../domain/sheet/sheet-state.ts';
import type { ReportStatus } from '../../domain/task/task-state.ts';
import type { PlanIndicator } from '../../domain/plan-text/plan-reading.ts';
import type { Queryable } from '../pool.ts';

export interface SheetMonthRow {
  sheet: string;
  month: string;
  plan: string;
  planTitle: string | null;
  department: string;
  departmentName: string | null;
  phase: SheetPhase;
  askedAt: number;
  dueOn: CivilDate;
  owed: string[];
  submittedAt: number | null;
  submittedBy: string | null;
  approvedAt: number | null;
  overdueAt: number | null;
}

export interface SheetFilter {
  plan?: string;
  month?: string;
  department?: string;
  phases?: SheetPhase[];
  /** True: only those that became late; false: only those that did not. */
  late?: boolean;
  /** The departments that the reader may see; null for all. */
  visible: string[] | null;
}

const COLUMNS = `m.sheet_id as sheet, m.month, m.plan_id as plan, p.title as "planTitle", m.department,
  d.name as "departmentName", m.phase, m.asked_at as "askedAt", m.due_on as "dueOn", m.owed,
  m.submitted_at as "submittedAt", m.submitted_by as "submittedBy", m.approved_at as "approvedAt",
  m.overdue_at as "overdueAt"`;
const FROM = `from sheet_months m left join plans p on p.id = m.plan_id left join departments d on d.id = m.department`;

/** Months newest first, within one by sheet; one row more than `limit` is asked for to know whether others follow. */
export async function listSheets(
  db: Queryable,
  query: { filter: SheetFilter; after: [month: string, sheet: string] | null; limit: number },
): Promise<{ rows: SheetMonthRow[]; more: boolean }> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const where = conditions(query.filter, bind);
  if (query.after !== null) {
    const [month, sheet] = [bind(query.after[0]), bind(query.after[1])];
    where.push(`(m.month < ${month} or (m.month = ${month} and m.sheet_id > ${sheet}))`);
  }
  const { rows } = await db.query<SheetMonthRow>(
    `select ${COLUMNS} ${FROM} ${whereText(where)} order by m.month desc, m.sheet_id limit ${bind(query.limit + 1)}`,
    values,
  );
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit };
}

export interface SheetCounts {
  requested: number;
  submitted: number;
  approved: number;
  notOwed: number;
  /** Became late, whether or not they came in afterwards. */
  late: number;
  /** Late and still not handed in. */
  missing: number;
}

export async function countSheets(db: Queryable, filter: SheetFilter): Promise<SheetCounts> {
  const values: unknown[] = [];
  const where = conditions(filter, (value) => `$${values.push(value)}`);
  const { rows } = await db.query<SheetCounts>(
    `select count(*) filter (where m.phase = 'requested')::int as requested,
       count(*) filter (where m.phase = 'submitted')::int as submitted,
       count(*) filter (where m.phase = 'approved')::int as approved,
       count(*) filter (where m.phase = 'not-owed')::int as "notOwed",
       count(m.overdue_at)::int as late,
       count(m.overdue_at) filter (where m.phase = 'requested')::int as missing
     from sheet_months m ${whereText(where)}`,
    values,
  );
  return rows[0] ?? { requested: 0, submitted: 0, approved: 0, notOwed: 0, late: 0, missing: 0 };
}

function conditions(filter: SheetFilter, bind: (value: unknown) => string): string[] {
  const where: string[] = [];
  if (filter.plan !== undefined) where.push(`m.plan_id = ${bind(filter.plan)}`);
  if (filter.month !== undefined) where.push(`m.month = ${bind(filter.month)}`);
  if (filter.department !== undefined) where.push(`m.department = ${bind(filter.department)}`);
  if (filter.phases !== undefined) where.push(`m.phase = any(${bind(filter.phases)}::text[])`);
  if (filter.late !== undefined) where.push(`m.overdue_at is ${filter.late ? 'not ' : ''}null`);
  if (filter.visible !== null) where.push(`m.department = any(${bind(filter.visible)}::text[])`);
  return where;
}

function whereText(where: string[]): string {
  return where.length === 0 ? '' : `where ${where.join(' and ')}`;
}

export async function findSheetMonth(db: Queryable, sheet: string, month: string): Promise<SheetMonthRow | null> {
  const { rows } = await db.query<SheetMonthRow>({
    name: 'sheet-month',
    text: `select ${COLUMNS} ${FROM} where m.sheet_id = $1 and m.month = $2`,
    values: [sheet, month],
  });
  return rows[0] ?? null;
}

export interface OwedTaskRow {
  task: string;
  path: string[];
  text: string;
  due: CivilDate | null;
  indicators: PlanIndicator[];
}

/** The words of tasks, in the plan's order. */
export async function owedTasks(db: Queryable, tasks: readonly string[]): Promise<OwedTaskRow[]> {
  const { rows } = await db.query<OwedTaskRow>({
    name: 'sheet-tasks',
    text: `select t.id as task, coalesce(x.path, '[]') as path, coalesce(x.text, '') as text, t.due,
        coalesce(x.indicators, '[]') as indicators
      from tasks t left join task_texts x on x.task_id = t.id
      where t.id = any($1) order by coalesce(x.ordinal, 0), t.id`,
    values: [tasks],
  });
  return rows;
}

/** What was handed in last for a month, and the last return, as events have them; null where there is none. */
export async function sheetHistory(
  db: Queryable,
  sheet: string,
  month: string,
): Promise<{
  submitted: { seq: number; at: number; by: string; rows: SheetRow[] } | null;
  returned: { seq: number; at: number; by: string; text: string } | null;
}> {
  const { rows } = await db.query<{
    type: string;
    seq: number;
    at: number;
    by: string;
    data: { rows?: SheetRow[]; text?: string };
  }>({
    name: 'sheet-history',
    text: `select distinct on (type) type, seq, at, by, data from ledger
      where entity_id = $1 and type in ('SheetSubmitted', 'SheetReturned') and data->>'month' = $2
      order by type, seq desc`,
    values: [sheet, month],
  });
  const submitted = rows.find((row) => row.type === 'SheetSubmitted');
  const returned = rows.find((row) => row.type === 'SheetReturned');
  return {
    submitted: submitted === undefined ? null : { ...submitted, rows: submitted.data.rows ?? [] },
    returned: returned === undefined ? null : { ...returned, text: returned.data.text ?? '' },
  };
}

export interface LastWordRow {
  task: string;
  at: number;
  /** The sheet's month; null for a report outside the sheets. */
  month: string | null;
  status: ReportStatus;
  /** The text row. */
  text: string;
  noProgress: boolean;
}

/** The department's last word on each task before this month's sheet: of an earlier sheet, or a report of its own. */
export async function lastWords(
  db: Queryable,
  { sheet, month, department, tasks }: { sheet: string; month: string; department: string; tasks: readonly string[] },
): Promise<Map<string, LastWordRow>> {
  const { rows } = await db.query<LastWordRow>({
    name: 'sheet-last-words',
    text: `with said as (
        select r.task, l.at, l.data->>'month' as month, r.status, r.text, r."noProgress"
        from ledger l
        cross join lateral jsonb_to_recordset(l.data->'rows') as r(task text, status text, text text, "noProgress" boolean)
        where l.entity_id = $1 and l.type = 'SheetSubmitted' and l.data->>'month' < $2 and r.task = any($4)
      ), words as (
        select * from said
        union all
        -- A sheet's row that reached the task is the same word again, without its month.
        select task_id, last_report_at, null, last_report_status, last_report_text, false
        from task_responsibilities r
        where department = $3 and task_id = any($4) and last_report_text is not null
          and not exists (select 1 from said where said.task = r.task_id and said.text = r.last_report_text)
      )
      select distinct on (task) task, at, month, status, text, "noProgress" from words order by task, at desc`,
    values: [sheet, month, department, tasks],
  });
  return new Map(rows.map((row) => [row.task, row]));
}
