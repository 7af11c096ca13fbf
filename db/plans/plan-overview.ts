import type { CivilDate } from '../../domain/decider.ts';
import type { Queryable } from '../pool.ts';

export interface OverviewTask {
  id: string;
  ordinal: number;
  path: string[];
  section: string;
  heading: string;
  text: string;
  deadlineKind: string;
  deadlineRaw: string;
  state: string;
  phase: string;
  lateness: string;
  due: CivilDate | null;
  originalDue: CivilDate | null;
  provisional: boolean;
  currentPeriod: string | null;
  periods: number;
  periodsClosed: number;
  reportStatus: string | null;
  lastReportAt: number | null;
  extensionPending: boolean;
  ordersOpen: number;
  leads: string[];
  departments: string[];
  flags: string[];
}

export interface OverviewEvaluation {
  id: string;
  kind: string;
  dueOn: CivilDate;
  deliveredOn: CivilDate | null;
  overdue: boolean;
}

/** The whole plan on one page: every task with its state, in the order of the text. */
export async function planOverview(
  db: Queryable,
  planId: string,
): Promise<{ tasks: OverviewTask[]; evaluations: OverviewEvaluation[] }> {
  const tasks = await db.query<OverviewTask>({
    name: 'plan-overview',
    text: `select t.id, x.ordinal, x.path, x.section, x.heading, x.text, t.deadline_kind as "deadlineKind",
        x.deadline_raw as "deadlineRaw", t.state, t.phase, t.lateness, t.due::text as due,
        t.original_due::text as "originalDue", t.provisional, t.current_period as "currentPeriod", t.periods,
        t.periods_closed as "periodsClosed", t.report_status as "reportStatus", t.last_report_at as "lastReportAt",
        t.extension_pending as "extensionPending", t.orders_open as "ordersOpen", t.leads, t.departments, x.flags
      from tasks t join task_texts x on x.task_id = t.id
      where t.plan_id = $1 order by x.ordinal, t.id`,
    values: [planId],
  });
  const evaluations = await db.query<OverviewEvaluation>({
    name: 'plan-overview-evaluations',
    text: `select id, state ->> 'evaluation' as kind, state ->> 'dueOn' as "dueOn", state ->> 'deliveredOn' as "deliveredOn",
        state ->> 'overdueAt' is not null as overdue
      from entities where plan_id = $1 and kind = 'evaluation' order by state ->> 'dueOn'`,
    values: [planId],
  });
  return { tasks: tasks.rows, evaluations: evaluations.rows };
}
