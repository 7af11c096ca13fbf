import { addNaturalDays, dayNumber, fromDayNumber, isWeekendDay, yearOf, type CivilDate } from './civil-date.ts';

/**
 * The working-day calendar (DOMAIN 6). Plain JSON with exception dates only, because it travels in workflow payloads:
 * whoever starts an entity hands it the years it touches, already including computed years beyond the last notice.
 */
export type CalendarYear = {
  year: number;
  /** True when the State Council's notice for this year has been entered; false means 暂定 (provisional). */
  published: boolean;
  /** Days off named by the notice, weekends among them included; may reach into the neighbouring year (2022-12-31). */
  off: CivilDate[];
  /** Make-up working weekends (调休上班). */
  working: CivilDate[];
  source: string;
  /** Counts amendments within the year: an amendment is a new version, never an edit. */
  version: number;
};

export type Calendar = {
  version: string | number;
  years: CalendarYear[];
  /** Last year of the first unbroken run of published years; 0 when none is. Years before that run do not count. */
  publishedThrough: number;
};

export type WorkingDate = { date: CivilDate; provisional: boolean };

/** Longest search for a working day, in days: a calendar that closes a whole year is damaged, not long. */
const LONGEST_CLOSURE = 400;
/** Longest working-day distance that anything in this domain asks for; refuses typing errors before they loop. */
const LONGEST_DISTANCE = 20_000;

/** Sorts the years, refuses a year given twice, and derives the published horizon. */
export function makeCalendar(years: readonly CalendarYear[], version: string | number): Calendar {
  const sorted = [...years].sort((a, b) => a.year - b.year);
  let publishedThrough = 0;
  for (const [index, entry] of sorted.entries()) {
    if (index > 0 && sorted[index - 1]?.year === entry.year) throw new RangeError(`日历年份重复：${entry.year}`);
    const follows = publishedThrough === 0 || publishedThrough === entry.year - 1;
    if (entry.published && follows) publishedThrough = entry.year;
  }
  return { version, years: sorted, publishedThrough };
}

/**
 * Only the years from `fromYear` to `toYear` and their neighbours, whose notices may name days of the year asked for
 * (元旦 of the next year can turn a Saturday of this December into a working day). Keeps payloads small.
 */
export function calendarForYears(calendar: Calendar, fromYear: number, toYear: number): Calendar {
  const years = calendar.years.filter((entry) => entry.year >= fromYear - 1 && entry.year <= toYear + 1);
  return { version: calendar.version, years, publishedThrough: calendar.publishedThrough };
}

/**
 * A day off or a working day by the notices; where a year is not held at all, weekends and the holidays with fixed
 * dates still count as off, so a calendar that lags behind cannot turn 1 January into a working day in silence.
 */
export function isWorkingDay(calendar: Calendar, date: CivilDate): boolean {
  return isOpen(calendar, dayNumber(date), date);
}

function isOpen(calendar: Calendar, day: number, date: CivilDate): boolean {
  const year = yearOf(date);
  const month = date.slice(5, 7);
  let held = false;
  for (const entry of calendar.years) {
    const distance = entry.year - year;
    // A notice reaches at most into the December before its year and the January after it.
    if (distance !== 0 && !(distance === 1 && month === '12') && !(distance === -1 && month === '01')) continue;
    if (entry.working.includes(date)) return true;
    if (entry.off.includes(date)) return false;
    if (distance === 0) held = true;
  }
  if (isWeekendDay(day)) return false;
  return held || !hasFixedHoliday(date);
}

function hasFixedHoliday(date: CivilDate): boolean {
  const monthAndDay = date.slice(5);
  if (monthAndDay === '05-02') return yearOf(date) >= 2025;
  return ['01-01', '05-01', '10-01', '10-02', '10-03'].includes(monthAndDay);
}

/** True when no published notice covers the date's year: what is computed there is 暂定 and will be computed again. */
export function isProvisional(calendar: Calendar, date: CivilDate): boolean {
  const year = yearOf(date);
  return !calendar.years.some((entry) => entry.year === year && entry.published);
}

/** True when any day from `from` to `to`, both included, in either order, is provisional. */
export function spanIsProvisional(calendar: Calendar, from: CivilDate, to: CivilDate): boolean {
  const first = Math.min(yearOf(from), yearOf(to));
  const last = Math.max(yearOf(from), yearOf(to));
  for (let year = first; year <= last; year += 1) {
    if (isProvisional(calendar, `${String(year).padStart(4, '0')}-01-01`)) return true;
  }
  return false;
}

/**
 * The `n`th working day after `from`; `from` itself is never counted, whether it is a working day or not.
 * Negative `n` counts back in the same way (DOMAIN 5: evaluation starts at due − 40 working days); 0 is `from` itself,
 * unchanged even when it is a day off. `provisional` when any day of the way lies in a year without a notice.
 * Throws RangeError for a bad date, a fraction, or a distance beyond 20,000.
 */
export function addWorkingDays(calendar: Calendar, from: CivilDate, n: number): WorkingDate {
  if (!Number.isInteger(n)) throw new RangeError(`工作日数须为整数：${n}`);
  if (Math.abs(n) > LONGEST_DISTANCE) throw new RangeError(`工作日数过大：${n}`);
  const step = n < 0 ? -1 : 1;
  let day = dayNumber(from);
  for (let left = Math.abs(n); left > 0; left -= 1) day = seekOpenDay(calendar, day + step, step);
  const date = fromDayNumber(day);
  return { date, provisional: spanIsProvisional(calendar, from, date) };
}

/**
 * Working days after `from` up to and including `to`, so that `workingDaysBetween(d, addWorkingDays(d, n).date)` is `n`.
 * With `to` before `from` it is the negative count of working days from `to` up to the day before `from`.
 */
export function workingDaysBetween(calendar: Calendar, from: CivilDate, to: CivilDate): number {
  const start = dayNumber(from);
  const end = dayNumber(to);
  let count = 0;
  if (end >= start) {
    for (let day = start + 1; day <= end; day += 1) if (isOpen(calendar, day, fromDayNumber(day))) count += 1;
    return count;
  }
  for (let day = end; day < start; day += 1) if (isOpen(calendar, day, fromDayNumber(day))) count += 1;
  return count === 0 ? 0 : -count;
}

/** The first working day after `date`. */
export function nextWorkingDay(calendar: Calendar, date: CivilDate): CivilDate {
  return seekWorkingDay(calendar, addNaturalDays(date, 1), 1);
}

/** The last working day before `date`. */
export function previousWorkingDay(calendar: Calendar, date: CivilDate): CivilDate {
  return seekWorkingDay(calendar, addNaturalDays(date, -1), -1);
}

/** `date` when it is a working day, else the next one. */
export function workingDayOnOrAfter(calendar: Calendar, date: CivilDate): CivilDate {
  return seekWorkingDay(calendar, date, 1);
}

/** `date` when it is a working day, else the one before. */
export function workingDayOnOrBefore(calendar: Calendar, date: CivilDate): CivilDate {
  return seekWorkingDay(calendar, date, -1);
}

function seekWorkingDay(calendar: Calendar, from: CivilDate, step: 1 | -1): CivilDate {
  return fromDayNumber(seekOpenDay(calendar, dayNumber(from), step));
}

function seekOpenDay(calendar: Calendar, from: number, step: 1 | -1): number {
  for (let offset = 0; offset < LONGEST_CLOSURE; offset += 1) {
    const day = from + offset * step;
    if (isOpen(calendar, day, fromDayNumber(day))) return day;
  }
  throw new RangeError(`日历有误：${fromDayNumber(from)}前后一年内没有工作日`);
}
