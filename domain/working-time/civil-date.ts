/**
 * Civil dates as `YYYY-MM-DD` strings and whole-day arithmetic on them. A civil date has no time zone; only
 * `instants.ts` ties it to Asia/Shanghai. Everything here is integer arithmetic on `Date.UTC`, so it gives the same
 * answer in a workflow, in Node and under any `TZ`.
 */
export type CivilDate = string;

const DAY_MS = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True only for a day that exists: `2025-02-29` is refused although it has the right shape. */
export function isCivilDate(value: unknown): value is CivilDate {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false;
  const ms = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(ms) && fromDayNumber(ms / DAY_MS) === value;
}

/** Days since 1970-01-01. Throws RangeError for anything that is not an existing `YYYY-MM-DD` day. */
export function dayNumber(date: CivilDate): number {
  if (!isCivilDate(date)) throw new RangeError(`不是有效日期：${String(date)}`);
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
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
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

export function isWeekend(date: CivilDate): boolean {
  const weekday = weekdayOf(date);
  return weekday === 0 || weekday === 6;
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
