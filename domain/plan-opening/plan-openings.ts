import type { CivilDate, Post } from '../decider.ts';
import type { EvaluationOpenedData } from '../evaluation/evaluation-decider.ts';
import type { ResolvedName } from '../plan-departments/responsibilities.ts';
import { responsibilitiesOf } from '../plan-departments/responsibilities.ts';
import type { PlanDeadline, PlanEvaluation, TextDeadline } from '../plan-text/plan-reading.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import type { SheetOpenedData } from '../sheet/sheet-state.ts';
import { openTask, type TaskOpening } from '../task/open-task.ts';
import type { TaskAssignedData } from '../task/task-facts.ts';
import type { SubItem } from '../task/task-state.ts';
import { workingLimit } from '../task/working-limit.ts';
import { addWorkingDays, calendarForYears, type Calendar } from '../working-time/calendar.ts';
import { yearOf } from '../working-time/civil-date.ts';
import { startOfDayMs } from '../working-time/instants.ts';

/** One task of a plan as it goes live. Ids come from outside: this is pure, and a rehearsal uses ids of its own. */
export interface PlannedItem {
  /** The id that the task's workflow will bear. */
  taskId: string;
  departments: readonly string[];
  lead: readonly string[];
  leadBasis: 'stated' | 'assumed';
  deadline: PlanDeadline;
  textDeadlines: readonly TextDeadline[];
  /** Positions in `textDeadlines` that a person made into sub-items. */
  confirmedDeadlines: readonly number[];
}

/** Who verifies tasks (销号), and who does it for the verifying office's own (DOMAIN 1). */
export interface Offices {
  verifier: Post;
  alternateVerifier: Post;
  verifierHome: string | null;
}

export interface PlanGoingLive {
  id: string;
  issuedOn: CivilDate | null;
  goLive: CivilDate;
  horizon: { from: CivilDate; to: CivilDate } | null;
  evaluations: readonly PlanEvaluation[];
  items: readonly PlannedItem[];
  resolve: (name: string) => ResolvedName | undefined;
  calendar: Calendar;
  policy: TaskPolicy;
  offices: Offices;
  /** The ids that the sheets of a department and the evaluations will bear. */
  newId: (kind: 'sheet' | 'evaluation') => string;
}

export interface PlanOpenings {
  tasks: TaskAssignedData[];
  sheets: SheetOpenedData[];
  evaluations: EvaluationOpenedData[];
  /** Items that cannot run as they stand, with the reason in Chinese. */
  refused: { taskId: string; detail: string }[];
}

/** Everything that begins when a plan goes live: its tasks, one run of monthly sheets for each department, its evaluations. */
export function planOpenings(plan: PlanGoingLive): PlanOpenings {
  const tasks: TaskAssignedData[] = [];
  const refused: PlanOpenings['refused'] = [];
  const horizon = plan.horizon ?? assumedHorizon(plan);
  for (const item of plan.items) {
    try {
      tasks.push(openItem(plan, horizon, item));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refused.push({ taskId: item.taskId, detail: error.message });
    }
  }
  const sheets = sheetsOf(plan, tasks);
  const evaluations = plan.evaluations.map(({ kind, dueOn }) => ({
    id: plan.newId('evaluation'),
    plan: plan.id,
    evaluation: kind,
    dueOn,
    goLive: plan.goLive,
    departments: sheets.map((sheet) => sheet.department),
    // Counted back from its date by 40 working days, told of until it is delivered.
    calendar: calendarForYears(plan.calendar, Math.min(yearOf(plan.goLive), yearOf(dueOn) - 1), yearOf(dueOn) + 1),
    policy: plan.policy,
  }));
  return { tasks, sheets, evaluations, refused };
}

function openItem(
  plan: PlanGoingLive,
  horizon: { from: CivilDate; to: CivilDate },
  item: PlannedItem,
): TaskAssignedData {
  const { responsibilities, closers } = responsibilitiesOf(item, plan.resolve);
  const opened = openTask({
    id: item.taskId,
    plan: plan.id,
    deadline: normalised(item.deadline, plan),
    responsibilities,
    closers,
    leadBasis: item.leadBasis,
    issuedOn: plan.issuedOn,
    goLive: plan.goLive,
    horizon,
    finalEvaluationOn: finalEvaluationOn(plan.evaluations),
    calendar: plan.calendar,
    policy: plan.policy,
    ...plan.offices,
    announce: false,
  });
  const subItems = item.confirmedDeadlines.flatMap((index) => subItem(item.textDeadlines[index], index, plan.goLive));
  return subItems.length === 0 ? opened : { ...opened, subItems };
}

export function finalEvaluationOn(evaluations: readonly PlanEvaluation[]): CivilDate | null {
  return evaluations.findLast((evaluation) => evaluation.kind === 'final')?.dueOn ?? null;
}

/** The plan's deadline in the terms of a task; what is counted in working days is counted from the issue date. */
function normalised(deadline: PlanDeadline, plan: PlanGoingLive): TaskOpening['deadline'] {
  const soft = deadline.soft === true;
  const { kind, every } = deadline;
  if (deadline.workingDays !== undefined && deadline.date === null) {
    const date = addWorkingDays(plan.calendar, plan.issuedOn ?? plan.goLive, deadline.workingDays).date;
    return { kind, date, every, soft };
  }
  const { dueInPeriod } = deadline;
  return { kind, date: deadline.date, every, soft, ...(dueInPeriod === undefined ? {} : { dueInPeriod }) };
}

function subItem(deadline: TextDeadline | undefined, index: number, goLive: CivilDate): SubItem[] {
  if (deadline === undefined || deadline.date === null) return [];
  return [
    {
      id: `text-${index + 1}`,
      origin: 'text',
      department: null,
      text: deadline.raw,
      due: deadline.date,
      soft: deadline.soft === true,
      since: startOfDayMs(goLive),
      doneOn: null,
      overdueAt: null,
      fired: [],
    },
  ];
}

/** Where the title names no years: from the year of issue to that of the last date that the plan names. */
export function assumedHorizon(plan: Pick<PlanGoingLive, 'issuedOn' | 'goLive' | 'items' | 'evaluations'>): {
  from: CivilDate;
  to: CivilDate;
} {
  const named = [
    ...plan.items.map((item) => item.deadline.date),
    ...plan.evaluations.map((evaluation) => evaluation.dueOn),
  ].filter((date) => date !== null);
  const last = Math.max(yearOf(plan.goLive), ...named.map(yearOf));
  return { from: `${yearOf(plan.issuedOn ?? plan.goLive)}-01-01`, to: `${last}-12-31` };
}

/** Each department that has a part in anything: what it was handed, and the window for what it must enter afterwards. */
export function sheetsOf(
  plan: Pick<PlanGoingLive, 'id' | 'goLive' | 'calendar' | 'policy' | 'newId'>,
  tasks: readonly TaskAssignedData[],
): SheetOpenedData[] {
  const handed = new Map<string, TaskAssignedData[]>();
  let lastYear = yearOf(plan.goLive);
  for (const task of tasks) {
    for (const { department } of task.responsibilities) {
      const own = handed.get(department);
      if (own === undefined) handed.set(department, [task]);
      else own.push(task);
    }
    for (const period of task.periods) if (period.due !== null) lastYear = Math.max(lastYear, yearOf(period.due));
  }
  const { policy } = plan;
  const calendar = calendarForYears(plan.calendar, yearOf(plan.goLive), lastYear + 1);
  return [...handed].map(([department, own]) => {
    const count = (intake: string): number =>
      own.filter((task) => task.periods.some((period) => period.intake === intake)).length;
    const beforeIssue = count('before-issue');
    const beforeGoLive = count('before-go-live');
    const days = Math.max(
      beforeIssue > 0 ? policy.takeover.dueBeforeIssueWithin : 0,
      beforeGoLive > 0 ? policy.takeover.dueBeforeGoLiveWithin : 0,
    );
    return {
      id: plan.newId('sheet'),
      plan: plan.id,
      department,
      goLive: plan.goLive,
      calendar,
      policy,
      handover: { assigned: own.length, beforeIssue, beforeGoLive, declaredDone: count('declared-done') },
      entry: days === 0 ? null : workingLimit(plan.calendar, plan.goLive, days),
    };
  });
}
