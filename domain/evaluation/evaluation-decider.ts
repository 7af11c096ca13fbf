import { movedInstants } from '../calendar-revision.ts';
import { isUsable, revisedCalendar } from '../calendar-shape.ts';
import {
  accept,
  BUREAU,
  refuse,
  TICK,
  type CivilDate,
  type Command,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type Mailbox,
  type Notice,
  type Recorded,
  type Timer,
} from '../decider.ts';
import { fields, readPayload, text, type Shape } from '../payload-shape.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import { addWorkingDays, workingDayOnOrAfter, workingDayOnOrBefore, type Calendar } from '../working-time/calendar.ts';
import { addNaturalDays, isCivilDate } from '../working-time/civil-date.ts';
import { atTimeMs, civilDate, endOfDayMs, startOfDayMs } from '../working-time/instants.ts';
import type { MovedInstant } from '../calendar-revision.ts';

export const EVALUATION_KINDS = ['mid-term', 'final'] as const;
export type EvaluationKind = (typeof EVALUATION_KINDS)[number];

/** The dates of an evaluation, in order (DOMAIN 5, "Four dates"; [plan] 三(四) gives the last one). */
export const EVALUATION_STAGES = ['start', 'as-of', 'self-assessment', 'deliver'] as const;
export type EvaluationStage = (typeof EVALUATION_STAGES)[number];

export interface EvaluationOpenedData {
  id: string;
  plan: string;
  evaluation: EvaluationKind;
  dueOn: CivilDate;
  goLive: CivilDate;
  departments: string[];
  calendar: Calendar;
  policy: TaskPolicy;
}

export interface EvaluationState extends EvaluationOpenedData {
  openedAt: Instant;
  reached: EvaluationStage[];
  /** Rises when a paper moves the date, so that its stages are told of again. */
  version: number;
  withdrawnAt: Instant | null;
  deliveredOn: CivilDate | null;
  overdueAt: Instant | null;
}

export type EvaluationFact =
  | Fact<'EvaluationOpened', EvaluationOpenedData>
  | Fact<'EvaluationStageReached', { stage: EvaluationStage; on: CivilDate; dueAt: Instant }>
  | Fact<'EvaluationBecameOverdue', { dueOn: CivilDate }>
  | Fact<'EvaluationMoved', { from: CivilDate; to: CivilDate; documentNumber: string }>
  | Fact<'EvaluationWithdrawn', { documentNumber: string }>
  | Fact<'EvaluationDelivered', { on: CivilDate; documentNumber: string }>
  | Fact<'CalendarRevised', { calendar: Calendar; reason: string; moved: MovedInstant[] }>;

export interface EvaluationCommands {
  recordDelivery: { on: CivilDate; documentNumber: string };
  /** A revised plan orders another date. */
  moveDate: { to: CivilDate; documentNumber: string };
  /** The plan was withdrawn, or a revision no longer asks for this evaluation. */
  withdraw: { documentNumber: string };
  reviseCalendar: { calendar: Calendar; reason: string };
}

/** 启动 40 working days before, 数据截止 the end of the month before, 自评报送 7 working days after that, 报送局党组 on the plan's date. */
export function evaluationDates(
  dueOn: CivilDate,
  calendar: Calendar,
  policy: TaskPolicy,
): Record<EvaluationStage, CivilDate> {
  const { startWorkingDaysBefore, selfAssessmentWithinWorkingDays } = policy.evaluation;
  const asOf = addNaturalDays(`${dueOn.slice(0, 7)}-01`, -1);
  return {
    start: addWorkingDays(calendar, dueOn, -startWorkingDaysBefore).date,
    'as-of': asOf,
    'self-assessment': addWorkingDays(calendar, asOf, selfAssessmentWithinWorkingDays).date,
    deliver: dueOn,
  };
}

/** The evaluation's clock: it tells of each date once and says when delivery is late. Evaluating itself builds on this. */
export const evaluationDecider: Decider<EvaluationState, EvaluationFact> = {
  kind: 'evaluation',
  decide,
  evolve,
  timers,
  finished: isOver,
  notices,
};

function isOver(state: EvaluationState): boolean {
  return state.deliveredOn !== null || state.withdrawnAt !== null;
}

function timers(state: EvaluationState): Timer[] {
  if (isOver(state)) return [];
  const due: Timer[] = openStages(state).map(({ stage, at }) => ({ key: `stage/${stage}`, at }));
  const late = endOfDayMs(state.dueOn);
  if (state.overdueAt === null && late > startOfDayMs(state.goLive)) due.push({ key: 'overdue', at: late });
  return due;
}

/**
 * Stages not yet told of; none older than go-live is ever told. Told at the time of reminders on a working day: moved
 * earlier where the date is one by which something is owed, later where something begins.
 */
function openStages(state: EvaluationState): { stage: EvaluationStage; on: CivilDate; at: Instant }[] {
  const dates = evaluationDates(state.dueOn, state.calendar, state.policy);
  return EVALUATION_STAGES.flatMap((stage) => {
    if (state.reached.includes(stage)) return [];
    const on = dates[stage];
    const owed = stage === 'self-assessment' || stage === 'deliver';
    const tellOn = owed ? workingDayOnOrBefore(state.calendar, on) : workingDayOnOrAfter(state.calendar, on);
    const at = atTimeMs(tellOn, state.policy.reminderTime);
    return at < startOfDayMs(state.goLive) ? [] : [{ stage, on, at }];
  });
}

function decide(state: EvaluationState, command: Command, { now }: { now: Instant }): Decision<EvaluationFact> {
  if (command.name === TICK) {
    const reached = openStages(state)
      .filter((stage) => stage.at <= now)
      .map(({ stage, on, at }): EvaluationFact => ({ type: 'EvaluationStageReached', data: { stage, on, dueAt: at } }));
    const late = timers(state).some((timer) => timer.key === 'overdue' && timer.at <= now);
    return accept(
      ...reached,
      ...(late ? [{ type: 'EvaluationBecameOverdue' as const, data: { dueOn: state.dueOn } }] : []),
    );
  }
  if (!Object.hasOwn(PAYLOADS, command.name)) return refuse('unknown-command', '没有这种操作', 422);
  if (state.deliveredOn !== null) return refuse('evaluation-delivered', '评估报告已报送');
  if (state.withdrawnAt !== null) return refuse('evaluation-withdrawn', '评估已随计划撤回');
  const bad = refuse('bad-payload', '提交的内容不完整或格式不对，请刷新页面后重新填写', 422);
  switch (command.name as keyof EvaluationCommands) {
    case 'reviseCalendar': {
      const read = readPayload(PAYLOADS.reviseCalendar, command.payload);
      return read.fits ? reviseCalendar(state, read.value) : bad;
    }
    case 'moveDate': {
      const read = readPayload(PAYLOADS.moveDate, command.payload);
      return read.fits ? moveDate(state, read.value, command) : bad;
    }
    case 'withdraw': {
      const read = readPayload(PAYLOADS.withdraw, command.payload);
      return read.fits ? withdraw(read.value, command) : bad;
    }
    case 'recordDelivery': {
      const read = readPayload(PAYLOADS.recordDelivery, command.payload);
      return read.fits ? recordDelivery(state, read.value, command, civilDate(now)) : bad;
    }
  }
}

const PAYLOADS: { [N in keyof EvaluationCommands]: Shape<EvaluationCommands[N]> } = {
  recordDelivery: fields<EvaluationCommands['recordDelivery']>({ on: text, documentNumber: text }),
  moveDate: fields<EvaluationCommands['moveDate']>({ to: text, documentNumber: text }),
  withdraw: fields<EvaluationCommands['withdraw']>({ documentNumber: text }),
  reviseCalendar: revisedCalendar,
};

export const EVALUATION_COMMAND_NAMES = Object.keys(PAYLOADS) as (keyof EvaluationCommands)[];

function recordDelivery(
  state: EvaluationState,
  { on, documentNumber }: EvaluationCommands['recordDelivery'],
  { actor }: Command,
  today: CivilDate,
): Decision<EvaluationFact> {
  const may = actor.posts.some((post) => post.department === BUREAU && post.role === 'director-office');
  if (!may) return refuse('role-required', '只有局办公室可以登记报送', 403);
  if (!isCivilDate(on)) return refuse('bad-date', '报送日期不是有效日期', 422);
  if (on > today) return refuse('date-in-the-future', `报送日期不能晚于今天（${today}）`, 422);
  const asOf = evaluationDates(state.dueOn, state.calendar, state.policy)['as-of'];
  if (on <= asOf) return refuse('before-as-of', `报送日期须晚于数据截止日（${asOf}）`, 422);
  if (documentNumber.trim() === '') return refuse('document-number-required', '须填写报送文号', 422);
  return accept({ type: 'EvaluationDelivered', data: { on, documentNumber } });
}

function moveDate(
  state: EvaluationState,
  { to, documentNumber }: EvaluationCommands['moveDate'],
  command: Command,
): Decision<EvaluationFact> {
  if (!isSupervisor(command)) return refuse('role-required', '只有综合协调部门可以调整评估日期', 403);
  if (!isCivilDate(to)) return refuse('bad-date', '评估日期不是有效日期', 422);
  if (to === state.dueOn) return refuse('no-change', '评估日期没有变化', 422);
  if (documentNumber.trim() === '') return refuse('document-number-required', '须填写文号', 422);
  return accept({ type: 'EvaluationMoved', data: { from: state.dueOn, to, documentNumber } });
}

function withdraw({ documentNumber }: EvaluationCommands['withdraw'], command: Command): Decision<EvaluationFact> {
  if (!isSupervisor(command)) return refuse('role-required', '只有综合协调部门可以撤回评估', 403);
  return accept({ type: 'EvaluationWithdrawn', data: { documentNumber } });
}

function isSupervisor({ actor }: Command): boolean {
  return actor.posts.some((post) => post.department === BUREAU && post.role === 'supervising-office');
}

function reviseCalendar(
  state: EvaluationState,
  { calendar, reason }: EvaluationCommands['reviseCalendar'],
): Decision<EvaluationFact> {
  if (calendar.version === state.calendar.version) return accept();
  if (!isUsable(calendar)) return refuse('bad-calendar', '工作日历有误，不能使用', 422);
  const moved = movedInstants(timers(state), timers({ ...state, calendar }), calendar);
  return accept({ type: 'CalendarRevised', data: { calendar, reason, moved } });
}

function evolve(state: EvaluationState | null, event: Recorded<EvaluationFact>): EvaluationState {
  if (event.type === 'EvaluationOpened')
    return {
      ...event.data,
      openedAt: event.at,
      reached: [],
      version: 1,
      withdrawnAt: null,
      deliveredOn: null,
      overdueAt: null,
    };
  if (state === null) throw new Error(`an evaluation begins with EvaluationOpened, not ${event.type}`);
  switch (event.type) {
    case 'EvaluationStageReached':
      return { ...state, reached: [...state.reached, event.data.stage] };
    case 'EvaluationBecameOverdue':
      return { ...state, overdueAt: event.at };
    case 'EvaluationMoved':
      return { ...movedTo(state, event.data.to, event.at), version: state.version + 1 };
    case 'EvaluationWithdrawn':
      return { ...state, withdrawnAt: event.at };
    case 'EvaluationDelivered':
      return { ...state, deliveredOn: event.data.on };
    case 'CalendarRevised':
      return { ...state, calendar: event.data.calendar };
  }
}

/** Stages whose new date is still ahead are told of again; those that have passed under the new date as well are not. */
function movedTo(state: EvaluationState, dueOn: CivilDate, at: Instant): EvaluationState {
  const moved = { ...state, dueOn, reached: [], overdueAt: null };
  const reached = openStages(moved)
    .filter((stage) => stage.at <= at)
    .map(({ stage }) => stage);
  return { ...moved, reached };
}

function notices(state: EvaluationState, event: Recorded<EvaluationFact>): Notice[] {
  if (event.type !== 'EvaluationStageReached') return [];
  const { stage, on, dueAt } = event.data;
  return recipients(state, stage).map((to) => ({
    key: `${state.id}:${stage}${state.version === 1 ? '' : `:${state.version}`}:${to.department}/${to.role}`,
    to,
    kind: 'evaluation',
    dueAt,
    data: { plan: state.plan, evaluation: state.evaluation, stage, on, dueOn: state.dueOn },
  }));
}

/** The director's office and the supervising office prepare; departments are told when their self-assessment is due. */
function recipients(state: EvaluationState, stage: EvaluationStage): Mailbox[] {
  const offices: Mailbox[] = [
    { department: BUREAU, role: 'director-office' },
    { department: BUREAU, role: 'supervising-office' },
  ];
  if (stage !== 'start' && stage !== 'self-assessment') return offices;
  return [...offices, ...state.departments.map((department): Mailbox => ({ department, role: 'coordinator' }))];
}
