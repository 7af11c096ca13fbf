import type { CivilDate, Post } from '../decider.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import { calendarForYears, type Calendar } from '../working-time/calendar.ts';
import { civilDateOf, lastDayOfMonth, yearOf } from '../working-time/civil-date.ts';
import { startOfDayMs } from '../working-time/instants.ts';
import type { TaskAssignedData } from './task-facts.ts';
import type { DeadlineKind, Period, PeriodIntake, PeriodPhase, Responsibility } from './task-state.ts';
import { workingLimit, type WorkingLimit } from './working-limit.ts';

export const RECURRENCES = ['year', 'quarter', 'month'] as const;
export type Recurrence = (typeof RECURRENCES)[number];

export interface TaskOpening {
  id: string;
  plan: string;
  deadline: {
    kind: DeadlineKind;
    date: CivilDate | null;
    every: Recurrence | null;
    /** The day that a recurrence sets inside its period; `month` null is the period's last. */
    dueInPeriod?: { month: number | null; day: number };
    soft: boolean;
  };
  responsibilities: Responsibility[];
  /** The lead, or every member of a leading group. */
  closers: string[];
  leadBasis: 'stated' | 'assumed';
  issuedOn: CivilDate | null;
  goLive: CivilDate;
  /** The plan's own span; recurring tasks need its end. */
  horizon: { from: CivilDate; to: CivilDate } | null;
  finalEvaluationOn: CivilDate | null;
  calendar: Calendar;
  policy: TaskPolicy;
  verifier: Post;
  alternateVerifier: Post;
  verifierHome: string | null;
  announce: boolean;
}

/** How many periods of a recurring task a horizon may ask for; a longer one is a typing error in the plan. */
const MOST_PERIODS = 240;

/**
 * What a task is assigned with, from what the plan says of it (DOMAIN 2, "Deadlines"). Keeps apart the text's deadline,
 * the issue date and go-live: what was due before issue has no clock, what was due before go-live is entered afterwards.
 *
 * Throws RangeError where a recurring task has no horizon to recur in, or an absurd one.
 */
export function openTask(opening: TaskOpening): TaskAssignedData {
  const { deadline: _deadline, horizon: _horizon, calendar, ...kept } = opening;
  const periods = periodsOf(opening);
  const lastYear = periods.reduce(
    (latest, period) => Math.max(latest, period.due === null ? latest : yearOf(period.due)),
    yearOf(opening.finalEvaluationOn ?? opening.goLive),
  );
  const entered = periods.every((period) => period.phase === 'awaiting-entry' || period.intake === 'declared-done');
  return {
    ...kept,
    deadlineKind: opening.deadline.kind,
    calendar: calendarForYears(calendar, yearOf(opening.goLive), lastYear + 1),
    periods,
    subItems: [],
    // What was all due before go-live, or is declared done, is entered in its own window and need not be claimed first.
    claim: entered ? null : workingLimit(calendar, opening.goLive, opening.policy.claimWithinWorkingDays),
  };
}

function periodsOf(opening: TaskOpening): Period[] {
  const { deadline, goLive, calendar, policy } = opening;
  switch (deadline.kind) {
    case 'recurring':
      return recurring(opening);
    case 'declared-done': {
      const dueLimit = workingLimit(calendar, goLive, policy.takeover.declaredDoneWithin);
      return [period(opening, { id: 'once', intake: 'declared-done', due: dueLimit.on, dueLimit, originalDue: null })];
    }
    case 'date':
      return [
        period(opening, {
          id: 'once',
          intake: intakeOf(opening, deadline.date),
          due: deadline.date,
          originalDue: deadline.date,
        }),
      ];
    case 'ongoing':
    case 'none':
      return [period(opening, { id: 'once', intake: 'ongoing', due: null, originalDue: null })];
  }
}

/** Due before issue; due between issue and go-live; or timed by the system (seed: three are due before issue). */
function intakeOf({ issuedOn, goLive }: TaskOpening, due: CivilDate | null): PeriodIntake {
  if (due === null) return 'ongoing';
  if (issuedOn !== null && due < issuedOn) return 'before-issue';
  return due < goLive ? 'before-go-live' : 'timed';
}

/** One period after another inside the horizon: those that end after issue, each due on its last day. */
function recurring(opening: TaskOpening): Period[] {
  const { horizon, issuedOn, goLive, deadline } = opening;
  if (!horizon) throw new RangeError('周期性任务需要计划的起止年份');
  const every = deadline.every ?? 'year';
  const periods: Period[] = [];
  for (const span of spans(every, horizon.from, horizon.to)) {
    const due = dueInside(opening, span);
    if (issuedOn === null ? span.to < goLive : span.to <= issuedOn) continue;
    periods.push(
      period(opening, {
        id: span.id,
        from: span.from,
        to: span.to,
        intake: intakeOf(opening, due),
        due,
        originalDue: due,
      }),
    );
    if (periods.length > MOST_PERIODS) throw new RangeError('周期性任务的期数过多，请核对计划的起止年份');
  }
  if (periods.length === 0) throw new RangeError('计划的起止年份内没有印发日之后结束的周期');
  return periods;
}

/** 每年12月底前 sets the day in the year; by policy the last period may be due at the final evaluation. */
function dueInside({ deadline, policy, finalEvaluationOn }: TaskOpening, span: Span): CivilDate {
  const due = setDay(deadline, span);
  const evaluated =
    policy.lastPeriodDue === 'final-evaluation' &&
    finalEvaluationOn !== null &&
    finalEvaluationOn >= span.from &&
    finalEvaluationOn < due;
  return evaluated ? finalEvaluationOn : due;
}

/** A set day inside the period: 每年11月底前, 每月25日前; in a quarter the day is one of its last month. */
function setDay({ dueInPeriod }: TaskOpening['deadline'], span: Span): CivilDate {
  if (!dueInPeriod) return span.to;
  const year = yearOf(span.to);
  const month = dueInPeriod.month ?? Number(span.to.slice(5, 7));
  const day = civilDateOf(year, month, dueInPeriod.day) ?? lastDayOfMonth(year, month);
  return day < span.from || day > span.to ? span.to : day;
}

interface Span {
  id: string;
  from: CivilDate;
  to: CivilDate;
}

/** The calendar years, quarters or months that end inside the horizon. */
function* spans(every: Recurrence, from: CivilDate, to: CivilDate): Generator<Span> {
  const months = { year: 12, quarter: 3, month: 1 }[every];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    for (let start = 1; start <= 12; start += months) {
      const last = lastDayOfMonth(year, start + months - 1);
      const first = `${year}-${String(start).padStart(2, '0')}-01`;
      if (last < from || last > to) continue;
      const id = { year: `${year}`, quarter: `${year}-Q${Math.ceil(start / 3)}`, month: first.slice(0, 7) }[every];
      yield { id, from: first, to: last };
    }
  }
}

interface PeriodSeed {
  id: string;
  intake: PeriodIntake;
  due: CivilDate | null;
  originalDue: CivilDate | null;
  from?: CivilDate;
  to?: CivilDate;
  dueLimit?: WorkingLimit;
}

function period({ goLive, calendar, policy, deadline }: TaskOpening, seed: PeriodSeed): Period {
  const entered = seed.intake === 'before-issue' || seed.intake === 'before-go-live';
  const window =
    seed.intake === 'before-issue' ? policy.takeover.dueBeforeIssueWithin : policy.takeover.dueBeforeGoLiveWithin;
  const begun = seed.from === undefined || seed.from <= goLive;
  const phase: PeriodPhase = entered ? 'awaiting-entry' : begun ? 'in-progress' : 'upcoming';
  return {
    id: seed.id,
    from: seed.from ?? null,
    to: seed.to ?? null,
    intake: seed.intake,
    originalDue: seed.originalDue,
    due: seed.due,
    dueLimit: seed.dueLimit ?? null,
    entry: entered ? workingLimit(calendar, goLive, window) : null,
    entryClosedAt: null,
    soft: deadline.soft,
    version: 1,
    since: startOfDayMs(goLive),
    phase,
    fired: [],
    overdue: [],
    extension: null,
    extensions: [],
    adjustments: [],
    newDate: null,
    submissions: [],
    completedOn: null,
    closedAt: null,
  };
}
