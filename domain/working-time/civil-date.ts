/**
 * Civil dates as `YYYY-MM-DD` strings and whole-day arithmetic on them. A civil date has no time zone; only
 * `instants.ts` ties it to Asia/Shanghai. Everything here is integer arithmetic on `Date.UTC`, so it gives the same
 * answer in a workflow, in Node and under any `TZ`.
 */
export type CivilDate = string;

const DAY_MS = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** True only for a day that exists: `2025-02-29` is refused although it has the right shape. */
export function isCivilDate(value: unknown): value is CivilDate {
  return typeof value === 'string' && dayNumberOrNull(value) !== null;
}

/** Days since 1970-01-01. Throws RangeError for anything that is not an existing `YYYY-MM-DD` day. */
export function dayNumber(date: CivilDate): number {
  const day = dayNumberOrNull(date);
  if (day === null) throw new RangeError(`不是有效日期：${String(date)}`);
  return day;
}

function dayNumberOrNull(text: string): number | null {
  if (!SHAPE.test(text)) return null;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  // `Date.UTC` reads the years 0–99 as 1900–1999.
  if (year < 100 || month < 1 || month > 12 || day < 1) return null;
  const ms = Date.UTC(year, month - 1, day);
  return day > 28 && new Date(ms).getUTCDate() !== day ? null : ms / DAY_MS;
}

export function fromDayNumber(day: number): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Builds a date from its parts, or null when no such day exists (month 13, 31 June). */
export function civilDateOf(year: number, month: number, day: number): CivilDate | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCivilDate(text) ? text : null;
}

/** `n` natural days after `date`; negative goes back, 0 is the date itself. */
export function addNaturalDays(date: CivilDate, n: number): CivilDate {
  if (!Number.isInteger(n)) throw new RangeError(`天数须为整数：${n}`);
  return fromDayNumber(dayNumber(date) + n);
}

/** Natural days from `from` to `to`; negative when `to` is earlier. */
export function naturalDaysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Every date from `from` to `to`, both included; empty when `to` is earlier. */
export function datesFromTo(from: CivilDate, to: CivilDate): CivilDate[] {
  const first = dayNumber(from);
  const count = dayNumber(to) - first + 1;
  return count <= 0 ? [] : Array.from({ length: count }, (_, index) => fromDayNumber(first + index));
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(date: CivilDate): number {
  return weekdayOfDay(dayNumber(date));
}

export function isWeekend(date: CivilDate): boolean {
  return isWeekendDay(dayNumber(date));
}

/** The same for a day number: loops over many days need not go through text. */
export function isWeekendDay(day: number): boolean {
  const weekday = weekdayOfDay(day);
  return weekday === 0 || weekday === 6;
}

/** 1970-01-01 was a Thursday. */
function weekdayOfDay(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** The last day of a month; `month` counts from 1. */
export function lastDayOfMonth(year: number, month: number): CivilDate {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** `n` months after `date`; where that month is too short, its last day (31 January + 1 month is the end of February). */
export function addMonths(date: CivilDate, n: number): CivilDate {
  const months = yearOf(date) * 12 + Number(date.slice(5, 7)) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return civilDateOf(year, month, Number(date.slice(8, 10))) ?? lastDayOfMonth(year, month);
}
