import chineseDays from 'chinese-days';
import { makeCalendar, type Calendar, type CalendarYear } from './calendar.ts';
import { addNaturalDays, datesFromTo, type CivilDate } from './civil-date.ts';

/**
 * Years beyond the last notice: weekends and the statutory holidays (DOMAIN 6). Not for workflow code: it pulls a
 * library into the bundle. Activities, API and commands call it and hand workflows the finished `Calendar`.
 *
 * Of `chinese-days` only the table of lunar month lengths is used. Its own conversions answer with the day before or
 * after under a western `TZ` (tried with America/New_York: 春节 2027 on 02-07, 清明 2027 on 04-04), so the counting
 * of days is done here.
 */
export type StatutoryHoliday = { name: string; dates: CivilDate[] };

// oxlint-disable-next-line import/no-named-as-default-member -- CommonJS: Node sees these functions on the default only
const { getYearLeapMonth, monthDays } = chineseDays;

const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;
const LUNAR_EPOCH_YEAR = 1900;
const LUNAR_EPOCH: CivilDate = '1900-01-31';

/**
 * The statutory holidays (《全国年节及纪念日放假办法》) on their own dates, without any shifting: 13 days from 2025
 * on (除夕 and 5 月 2 日 were added), 11 before. Throws RangeError outside 2000–2099.
 */
export function statutoryHolidays(year: number): StatutoryHoliday[] {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) {
    throw new RangeError(`年份须在${FIRST_YEAR}至${LAST_YEAR}之间：${year}`);
  }
  const since2025 = year >= 2025;
  const springFestival = lunarDate(year, 1, 1);
  return [
    { name: '元旦', dates: [`${year}-01-01`] },
    {
      name: '春节',
      dates: datesFromTo(addNaturalDays(springFestival, since2025 ? -1 : 0), addNaturalDays(springFestival, 2)),
    },
    { name: '清明节', dates: [qingming(year)] },
    { name: '劳动节', dates: since2025 ? [`${year}-05-01`, `${year}-05-02`] : [`${year}-05-01`] },
    { name: '端午节', dates: [lunarDate(year, 5, 5)] },
    { name: '中秋节', dates: [lunarDate(year, 8, 15)] },
    { name: '国庆节', dates: [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`] },
  ];
}

/** A computed year, marked 暂定: no make-up working weekends, because only a notice can order them. */
export function provisionalYear(year: number): CalendarYear {
  const dates = statutoryHolidays(year).flatMap((holiday) => holiday.dates);
  return {
    year,
    published: false,
    off: [...new Set(dates)].sort(),
    working: [],
    source: `暂定：国务院办公厅尚未公布或系统尚未录入${year}年放假安排，按双休日和法定节假日推算`,
    version: 0,
  };
}

/**
 * The entered years plus computed ones for every gap from `fromYear` (default: the first entered year) up to
 * `throughYear`: the calendar that entities are given. `version` is the stored calendar's; computed years do not change it.
 */
export function calendarThrough(
  entered: readonly CalendarYear[],
  throughYear: number,
  version: string | number,
  fromYear = Math.min(throughYear, ...entered.map((entry) => entry.year)),
): Calendar {
  const years = [...entered];
  const known = new Set(entered.map((entry) => entry.year));
  for (let year = fromYear; year <= throughYear; year += 1) if (!known.has(year)) years.push(provisionalYear(year));
  return makeCalendar(years, version);
}

/** The Gregorian date of a day in a regular (not leap) lunar month. */
function lunarDate(year: number, month: number, day: number): CivilDate {
  let days = day - 1;
  for (let lunarYear = LUNAR_EPOCH_YEAR; lunarYear < year; lunarYear += 1) days += daysBeforeMonth(lunarYear, 13);
  return addNaturalDays(LUNAR_EPOCH, days + daysBeforeMonth(year, month));
}

function daysBeforeMonth(lunarYear: number, month: number): number {
  const leap = getYearLeapMonth(lunarYear);
  let days = 0;
  for (let earlier = 1; earlier < month; earlier += 1) {
    days += monthDays(lunarYear, earlier);
    if (leap.leapMonth === earlier) days += leap.days;
  }
  return days;
}

/** 清明 falls on 4 or 5 April in this century; the usual formula for 2000–2099, held to the sun's longitude by a test. */
function qingming(year: number): CivilDate {
  const inCentury = year - 2000;
  const day = Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4);
  return `${year}-04-${String(day).padStart(2, '0')}`;
}
