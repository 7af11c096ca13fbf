import { isWorkingDay, spanIsProvisional, workingDayOnOrAfter, type Calendar } from './calendar.ts';
import { addNaturalDays, type CivilDate } from './civil-date.ts';
import { atTimeMs, civilDate, DAY_MS, endOfDayMs, startOfDayMs, timeOfDayMs } from './instants.ts';

/**
 * A clock is a budget (DESIGN): an amount that runs down while the clock runs. Nothing derived is stored, so a new
 * calendar or new working hours give a new due instant from the same clock.
 *
 * Hours run continuously: working hours inside the working periods of working days, natural hours always.
 * Days are whole: a counted day is used up when the clock is running at its end (24:00). A pause therefore gives back
 * the days from the one on which it begins to the one before it ends, and a pause within one day gives back nothing.
 */
export type ClockUnit = 'working-hours' | 'working-days' | 'natural-hours' | 'natural-days';

/** `on-receipt`: hours from the instant itself, days with the day of receipt as the first; `next-day`: from 00:00 after. */
export type StartRule = 'on-receipt' | 'next-day';

/** Where the budget ends on a day off: there all the same, or moved to the next working day (statutory limits). */
export type EndRule = 'same-day' | 'next-working-day';

export type ClockTerms = { amount: number; unit: ClockUnit; startRule: StartRule; endRule: EndRule };

export type Pause = { from: number; to: number | null };

export type BudgetClock = ClockTerms & {
  /** Instant of receipt in ms; the start rule is applied to it. */
  startedAt: number;
  /** Part of the amount already used before `startedAt`, in the clock's unit. */
  consumed: number;
  /** In order; only the last may be open (`to: null`). */
  pauses: Pause[];
};

/** One day's working periods, `HH:MM`, in order and not overlapping. */
export type WorkingHours = readonly { readonly from: string; readonly to: string }[];

export const DEFAULT_WORKING_HOURS: WorkingHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
];

export type DueInstant = {
  /** First instant that is late: 24:00 of the last day for days. Null while a pause keeps the end unknown. */
  at: number | null;
  /** The civil date to show; null with `at`. */
  on: CivilDate | null;
  provisional: boolean;
};

const HOUR_MS = 3_600_000;
/** A budget that has not run out after this many days is a damaged clock or calendar. */
const LONGEST_WALK_DAYS = 36_600;

/** Throws RangeError for a negative or non-finite amount, and for a fraction of a day. */
export function startClock(terms: ClockTerms, startedAt: number, consumed = 0): BudgetClock {
  const { amount, unit, startRule, endRule } = terms;
  if (!(Number.isFinite(amount) && amount >= 0)) throw new RangeError(`期限须为非负数：${amount}`);
  if (countsDays(unit) && !Number.isInteger(amount)) throw new RangeError(`以日计的期限须为整数：${amount}`);
  return { amount, unit, startRule, endRule, startedAt, consumed, pauses: [] };
}

/** Uses up part of the budget at once, in the clock's unit: time that somebody else's record attributes to this holder. */
export function consume(clock: BudgetClock, amount: number): BudgetClock {
  if (!(Number.isFinite(amount) && amount >= 0)) throw new RangeError(`扣减量须为非负数：${amount}`);
  return { ...clock, consumed: clock.consumed + amount };
}

export function isPaused(clock: BudgetClock): boolean {
  return clock.pauses.at(-1)?.to === null;
}

/** Pausing a paused clock changes nothing. Throws RangeError when `at` lies before an earlier pause. */
export function pauseClock(clock: BudgetClock, at: number): BudgetClock {
  const last = clock.pauses.at(-1);
  if (last?.to === null) return clock;
  if (last !== undefined && at < last.from) throw new RangeError('暂停时间早于上一次暂停');
  return { ...clock, pauses: [...clock.pauses, { from: at, to: null }] };
}

/** Resuming a running clock changes nothing. Throws RangeError when `at` lies before the pause began. */
export function resumeClock(clock: BudgetClock, at: number): BudgetClock {
  const last = clock.pauses.at(-1);
  if (last === undefined || last.to !== null) return clock;
  if (at < last.from) throw new RangeError('恢复时间早于暂停时间');
  return { ...clock, pauses: [...clock.pauses.slice(0, -1), { from: last.from, to: at }] };
}

/** Used up at instant `at`, in the clock's unit; may exceed the amount once the clock is late. */
export function consumedAt(clock: BudgetClock, calendar: Calendar, at: number, hours = DEFAULT_WORKING_HOURS): number {
  let used = clock.consumed;
  for (const stretch of stretches(clock, calendar, hours)) {
    if (stretch.from >= at) break;
    if (countsDays(clock.unit)) used += stretch.to <= at ? 1 : 0;
    else used += (Math.min(stretch.to, at) - stretch.from) / HOUR_MS;
  }
  return used;
}

/** What is left at instant `at`; negative once late. */
export function remainingAt(clock: BudgetClock, calendar: Calendar, at: number, hours = DEFAULT_WORKING_HOURS): number {
  return clock.amount - consumedAt(clock, calendar, at, hours);
}

/** When the budget runs out. A clock that ran out before it was paused keeps its instant. */
export function dueAt(clock: BudgetClock, calendar: Calendar, hours = DEFAULT_WORKING_HOURS): DueInstant {
  const raw = instantOf(clock, calendar, clock.amount, hours);
  const first = civilDate(effectiveStart(clock));
  if (raw === null) return { at: null, on: null, provisional: spanIsProvisional(calendar, first, first) };
  const at = clock.endRule === 'next-working-day' ? movedToWorkingDay(calendar, raw) : raw;
  const on = lastDayBefore(at);
  // Natural time asks the calendar nothing but where the end rule moves its last day.
  const working = clock.unit.startsWith('working');
  const provisional = working
    ? spanIsProvisional(calendar, first, on)
    : clock.endRule === 'next-working-day' && spanIsProvisional(calendar, lastDayBefore(raw), on);
  return { at, on, provisional };
}

/**
 * When `fraction` (0 to 1) of the amount is used up, for a warning at a share of the budget; null while a pause keeps it
 * unknown. Part of a day is taken as that part of the 24 hours of the day in question.
 */
export function shareAt(
  clock: BudgetClock,
  fraction: number,
  calendar: Calendar,
  hours = DEFAULT_WORKING_HOURS,
): number | null {
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`份额须在0至1之间：${fraction}`);
  return instantOf(clock, calendar, clock.amount * fraction, hours);
}

function countsDays(unit: ClockUnit): boolean {
  return unit === 'working-days' || unit === 'natural-days';
}

function effectiveStart(clock: BudgetClock): number {
  return clock.startRule === 'next-day' ? endOfDayMs(civilDate(clock.startedAt)) : clock.startedAt;
}

/** 24:00 belongs to the day that it ends. */
function lastDayBefore(at: number): CivilDate {
  return civilDate(at - 1);
}

/** The first instant at which `target` of the unit is used up, before the end rule. */
function instantOf(clock: BudgetClock, calendar: Calendar, target: number, hours: WorkingHours): number | null {
  const start = effectiveStart(clock);
  let left = target - clock.consumed;
  if (left <= 0) return start;
  for (const stretch of stretches(clock, calendar, hours)) {
    const length = stretch.to - stretch.from;
    if (countsDays(clock.unit)) {
      // The share of a first day may lie before its receipt.
      if (left <= 1) return Math.max(start, stretch.from + Math.ceil(left * length));
      left -= 1;
    } else {
      // Whole milliseconds; the allowance keeps a rounding error of the division from pushing the end a period further.
      const need = Math.ceil(left * HOUR_MS - 1e-3);
      if (need <= length) return stretch.from + need;
      left -= length / HOUR_MS;
    }
  }
  return null;
}

/** The stretches of time that use up the budget, in order: for days one whole day each, ended only by an open pause. */
function* stretches(
  clock: BudgetClock,
  calendar: Calendar,
  hours: WorkingHours,
): Generator<{ from: number; to: number }> {
  const start = effectiveStart(clock);
  const openFrom = clock.pauses.at(-1)?.to === null ? (clock.pauses.at(-1)?.from ?? null) : null;
  let day = civilDate(start);
  for (let walked = 0; walked < LONGEST_WALK_DAYS; walked += 1) {
    const dayStart = startOfDayMs(day);
    if (openFrom !== null && dayStart >= openFrom) return;
    if (!clock.unit.startsWith('working') || isWorkingDay(calendar, day)) {
      if (countsDays(clock.unit)) {
        const end = dayStart + DAY_MS;
        if (!pausedAtEndOf(clock, end)) yield { from: dayStart, to: end };
      } else {
        for (const period of periodsOf(clock.unit, day, hours))
          yield* withoutPauses(clock, Math.max(period.from, start), period.to);
      }
    }
    day = addNaturalDays(day, 1);
  }
  throw new RangeError('期限无法推算：时钟或日历有误');
}

function pausedAtEndOf(clock: BudgetClock, end: number): boolean {
  return clock.pauses.some((pause) => pause.from < end && (pause.to === null || pause.to >= end));
}

function periodsOf(unit: ClockUnit, day: CivilDate, hours: WorkingHours): { from: number; to: number }[] {
  if (unit === 'natural-hours') return [{ from: startOfDayMs(day), to: endOfDayMs(day) }];
  return hours.map((period) => {
    if (timeOfDayMs(period.from) >= timeOfDayMs(period.to))
      throw new RangeError(`工作时段有误：${period.from}–${period.to}`);
    return { from: atTimeMs(day, period.from), to: atTimeMs(day, period.to) };
  });
}

function* withoutPauses(clock: BudgetClock, from: number, to: number): Generator<{ from: number; to: number }> {
  let open = from;
  for (const pause of clock.pauses) {
    const until = pause.to ?? Number.POSITIVE_INFINITY;
    if (until <= open || pause.from >= to) continue;
    if (pause.from > open) yield { from: open, to: pause.from };
    open = until;
  }
  if (open < to) yield { from: open, to };
}

/** End rule: days move to the end of the next working day, hours to the same time on it. */
function movedToWorkingDay(calendar: Calendar, at: number): number {
  const day = lastDayBefore(at);
  const moved = workingDayOnOrAfter(calendar, day);
  return moved === day ? at : at + (startOfDayMs(moved) - startOfDayMs(day));
}
