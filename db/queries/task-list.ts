import type { CivilDate, Role } from '../../domain/decider.ts';
import type { DeadlineKind, ReportStatus, TaskPhase } from '../../domain/task/task-state.ts';
import type { Queryable } from '../pool.ts';
import { taskTextCondition } from '../text-search.ts';
import type { Lateness, TaskListState } from '../schema/tasks.ts';

/** The orders of the list; each has one keyset whose columns all run the same way, ended by the task's id. */
export const TASK_SORTS = ['plan', 'due', '-due', 'updated', '-updated'] as const;
export type TaskSort = (typeof TASK_SORTS)[number];

/** Decisions that a post of the bureau owes: 异议, 延期, 新期限 of what is 未完成, and 督办单 that nobody has signed. */
export const PENDING_DECISIONS = ['dispute', 'extension', 'new-date', 'order'] as const;
export type PendingDecision = (typeof PENDING_DECISIONS)[number];

export interface TaskFilter {
  plan?: string;
  /** A department's id, or a group's: then tasks that name any member through the group. */
  department?: string;
  /** A department that has neither claimed its part nor objected to it. */
  unclaimedBy?: string;
  /** Tasks that wait for any of these decisions. */
  pending?: PendingDecision[];
  /** With `pending` extension: only those that this post decides now. */
  level?: Role;
  states?: TaskListState[];
  lateness?: Lateness[];
  dueFrom?: CivilDate;
  dueTo?: CivilDate;
  /** Words that all occur in the heading or the text. */
  text?: string;
}

export interface TaskRow {
  id: string;
  planId: string;
  planTitle: string | null;
  path: string[] | null;
  section: string | null;
  heading: string | null;
  text: string | null;
  ordinal: number | null;
  deadlineRaw: string | null;
  deadlineKind: DeadlineKind;
  phase: TaskPhase;
  state: TaskListState;
  lateness: Lateness;
  due: CivilDate | null;
  originalDue: CivilDate | null;
  provisional: boolean;
  currentPeriod: string | null;
  periods: number;
  periodsClosed: number;
  leadBasis: 'stated' | 'assumed';
  departments: { id: string; name: string; part: 'lead' | 'support'; claimed: boolean }[];
  unclaimed: number;
  disputed: number;
  extensionPending: boolean;
  ordersOpen: number;
  reportStatus: ReportStatus | null;
  lastReportAt: number | null;
  updatedAt: number;
  closedAt: number | null;
  /** The row's position in the chosen order. */
  position: (string | number)[];
}

/** Adds a parameter and answers its place; `next` is the number that the next one will have. */
interface Bind {
  (value: unknown): string;
  next(): number;
}

interface Order {
  columns: string[];
  types: string[];
  descending: boolean;
}

// Tasks without a due date come last in either order: nobody looks for them by date.
const ORDERS: Record<TaskSort, Order> = {
  plan: {
    columns: ['t.plan_id', 'coalesce(x.ordinal, 0)', 't.id'],
    types: ['text', 'integer', 'text'],
    descending: false,
  },
  due: { columns: ["coalesce(t.due, '9999-12-31'::date)", 't.id'], types: ['date', 'text'], descending: false },
  '-due': { columns: ["coalesce(t.due, '0001-01-01'::date)", 't.id'], types: ['date', 'text'], descending: true },
  updated: { columns: ['t.updated_at', 't.id'], types: ['bigint', 'text'], descending: false },
  '-updated': { columns: ['t.updated_at', 't.id'], types: ['bigint', 'text'], descending: true },
};

/** In the list of columns on purpose: Postgres then looks it up for the rows of the page only, after sorting. */
const DEPARTMENTS = `(
  select coalesce(jsonb_agg(jsonb_build_object('id', r.department, 'name', coalesce(n.name, r.department), 'part', r.part,
    'claimed', r.claimed_at is not null) order by r.ordinal), '[]')
  from task_responsibilities r left join departments n on n.id = r.department where r.task_id = t.id)`;

export interface TaskListQuery {
  filter: TaskFilter;
  sort: TaskSort;
  after: (string | number)[] | null;
  limit: number;
}

/** One page of tasks with the words of their plan, in one statement. Asks for one row more than `limit` to know whether more follow. */
export async function listTasks(db: Queryable, query: TaskListQuery): Promise<{ rows: TaskRow[]; more: boolean }> {
  const { text, values } = taskListSql(query);
  const { rows } = await db.query<TaskRow>(text, values);
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit };
}

function taskListSql({ filter, sort, after, limit }: TaskListQuery): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = Object.assign((value: unknown) => `$${values.push(value)}`, { next: () => values.length + 1 });
  const order = ORDERS[sort];
  const where = conditions(filter, bind);
  if (after !== null) {
    const bound = order.types.map((type, at) => `${bind(after[at])}::${type}`);
    where.push(`(${order.columns.join(', ')}) ${order.descending ? '<' : '>'} (${bound.join(', ')})`);
  }
  const direction = order.descending ? 'desc' : 'asc';
  const text = `
    select t.id, t.plan_id as "planId", p.title as "planTitle", x.path, x.section, x.heading, x.text, x.ordinal,
      x.deadline_raw as "deadlineRaw", t.deadline_kind as "deadlineKind", t.phase, t.state, t.lateness,
      t.due, t.original_due as "originalDue", t.provisional, t.current_period as "currentPeriod",
      t.periods, t.periods_closed as "periodsClosed", t.lead_basis as "leadBasis", ${DEPARTMENTS} as departments,
      t.unclaimed, t.disputed, t.extension_pending as "extensionPending", t.orders_open as "ordersOpen",
      t.report_status as "reportStatus", t.last_report_at as "lastReportAt", t.updated_at as "updatedAt",
      t.closed_at as "closedAt", jsonb_build_array(${order.columns.join(', ')}) as position
    from tasks t
    left join task_texts x on x.task_id = t.id
    left join plans p on p.id = t.plan_id
    ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
    order by ${order.columns.map((column) => `${column} ${direction}`).join(', ')}
    limit ${bind(limit + 1)}`;
  return { text, values };
}

function conditions(filter: TaskFilter, bind: Bind): string[] {
  const where: string[] = [];
  if (filter.plan !== undefined) where.push(`t.plan_id = ${bind(filter.plan)}`);
  if (filter.department !== undefined) {
    const id = bind(filter.department);
    where.push(`(t.departments @> array[${id}::text]
      or exists (select 1 from task_responsibilities r where r.task_id = t.id and r.via = ${id}::text))`);
  }
  if (filter.unclaimedBy !== undefined) {
    where.push(`exists (select 1 from task_responsibilities r where r.task_id = t.id
      and r.department = ${bind(filter.unclaimedBy)}::text and r.claimed_at is null and r.disputed_at is null)`);
  }
  if (filter.pending !== undefined) {
    const level = filter.level;
    where.push(`t.phase = 'running' and (${filter.pending.map((one) => PENDING[one](level, bind)).join(' or ')})`);
  }
  if (filter.states !== undefined) where.push(`t.state = any(${bind(filter.states)}::text[])`);
  if (filter.lateness !== undefined) where.push(`t.lateness = any(${bind(filter.lateness)}::text[])`);
  if (filter.dueFrom !== undefined) where.push(`t.due >= ${bind(filter.dueFrom)}::date`);
  if (filter.dueTo !== undefined) where.push(`t.due <= ${bind(filter.dueTo)}::date`);
  for (const word of (filter.text ?? '').split(/\s+/u)) {
    // The condition states its parameter's number itself: the next one.
    const condition = taskTextCondition(word, 'x', bind.next());
    if (condition === null) continue;
    bind(condition.value);
    where.push(condition.sql);
  }
  return where;
}

// A new date and a signature are in the folded state only; the cheap condition before each keeps that to few rows.
const PENDING: Record<PendingDecision, (level: Role | undefined, bind: Bind) => string> = {
  dispute: () => 't.disputed > 0',
  extension: (level, bind) =>
    `(t.extension_pending${
      level === undefined
        ? ''
        : ` and exists (select 1 from task_periods q where q.task_id = t.id and q.extension_level = ${bind(level)}::text)`
    })`,
  'new-date': () =>
    `(exists (select 1 from task_periods q where q.task_id = t.id and q.intake <> 'timed' and q.phase <> 'closed')
      and ${inState('$.periods[*] ? (@.newDate != null)')})`,
  order: () => `(t.orders_open > 0 and ${inState('$.orders[*] ? (@.signedAt == null && @.closedAt == null)')})`,
};

function inState(path: string): string {
  return `exists (select 1 from entities e where e.id = t.id and jsonb_path_exists(e.state, '${path}'))`;
}
