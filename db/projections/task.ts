import type { Period, Responsibility, TaskState } from '../../domain/task/task-state.ts';
import { taskPeriods, taskResponsibilities, tasks, type Lateness, type TaskListState } from '../schema/tasks.ts';
import { projectedTable, type About, type Projection, type Row } from './projection.ts';

/** Tasks as the table of tasks, the board and the exports read them. */
export const TASK_PROJECTION: Projection = {
  tables: [projectedTable(tasks), projectedTable(taskPeriods), projectedTable(taskResponsibilities)],
  rows(state, about) {
    const task = state as TaskState;
    return [
      [taskRow(task, about)],
      task.periods.map((period, ordinal) => periodRow(task.id, period, ordinal)),
      task.responsibilities.map((responsibility, ordinal) => responsibilityRow(task.id, responsibility, ordinal)),
    ];
  },
};

/** The period that matters now: the first that is open, else the last. Periods still to come do not hide an open one. */
export function currentPeriod(task: TaskState): Period | undefined {
  const open = task.periods.filter((period) => period.phase !== 'closed');
  return open.find((period) => period.phase !== 'upcoming') ?? open[0] ?? task.periods.at(-1);
}

function listState(task: TaskState, current: Period | undefined): TaskListState {
  if (task.phase !== 'running') return task.phase;
  if (current === undefined) return 'in-progress';
  const unclaimed = task.claim !== null && task.responsibilities.some((one) => one.claimedAt === null);
  return unclaimed && current.phase === 'in-progress' ? 'unclaimed' : current.phase;
}

/** Being late is an event (`PeriodBecameOverdue`), so an outage or a calendar never writes lateness by itself. */
function lateness(task: TaskState): Lateness {
  const overdue = task.periods.filter((period) => period.overdue.length > 0);
  if (overdue.some((period) => isLate(period) && !period.soft)) return 'late';
  if (overdue.some((period) => isLate(period) && period.soft)) return 'soft-missed';
  if (overdue.some((period) => !period.soft)) return 'was-late';
  // A soft date that passed stays 未达原则性时限 once the period is closed: it never was a lateness.
  return overdue.length > 0 ? 'soft-missed' : 'none';
}

/** Late under the deadline version that counts now: a granted extension ends lateness but not its event. */
function isLate(period: Period): boolean {
  return period.phase !== 'closed' && period.overdue.some((event) => event.version === period.version);
}

function isProvisional(period: Period | undefined): boolean {
  return period?.dueLimit?.provisional ?? false;
}

function taskRow(task: TaskState, { id, seq, at }: About): Row {
  const current = currentPeriod(task);
  const { responsibilities } = task;
  const reports = responsibilities.flatMap((one) => (one.lastReport === null ? [] : [one.lastReport]));
  const worst = (['risk', 'lagging', 'normal'] as const).find((status) => reports.some((one) => one.status === status));
  return {
    id,
    plan_id: task.plan,
    seq,
    deadline_kind: task.deadlineKind,
    phase: task.phase,
    state: listState(task, current),
    lateness: lateness(task),
    current_period: current?.id ?? null,
    due: current?.due ?? null,
    original_due: current?.originalDue ?? null,
    provisional: isProvisional(current),
    lead_basis: task.leadBasis,
    leads: responsibilities.filter((one) => one.part === 'lead').map((one) => one.department),
    departments: responsibilities.map((one) => one.department),
    verifier: task.verifier.department,
    periods: task.periods.length,
    periods_closed: task.periods.filter((period) => period.phase === 'closed').length,
    unclaimed: responsibilities.filter((one) => one.claimedAt === null).length,
    disputed: responsibilities.filter((one) => one.disputedAt !== null).length,
    extension_pending: task.periods.some((period) => period.extension !== null),
    orders_open: task.orders.filter((order) => order.closedAt === null).length,
    report_status: worst ?? null,
    last_report_at: reports.length === 0 ? null : Math.max(...reports.map((one) => one.at)),
    go_live: task.goLive,
    opened_at: task.openedAt,
    updated_at: at,
    closed_at: task.closedAt,
  };
}

function periodRow(taskId: string, period: Period, ordinal: number): Row {
  return {
    task_id: taskId,
    period: period.id,
    ordinal,
    from_date: period.from,
    to_date: period.to,
    intake: period.intake,
    phase: period.phase,
    original_due: period.originalDue,
    due: period.due,
    soft: period.soft,
    provisional: isProvisional(period),
    version: period.version,
    overdue_at: period.overdue[0]?.at ?? null,
    extension_to: period.extension?.to ?? null,
    extension_level: period.extension?.level ?? null,
    extensions: period.extensions.length,
    completed_on: period.completedOn,
    closed_at: period.closedAt,
  };
}

function responsibilityRow(taskId: string, one: Responsibility, ordinal: number): Row {
  return {
    task_id: taskId,
    department: one.department,
    ordinal,
    part: one.part,
    via: one.via,
    claimed_at: one.claimedAt,
    disputed_at: one.disputedAt,
    broken_down: one.breakdown !== null,
    last_report_at: one.lastReport?.at ?? null,
    last_report_status: one.lastReport?.status ?? null,
    last_report_text: one.lastReport?.text ?? null,
  };
}
