import type { CalendarYear } from './calendar.ts';
import { isCivilDate, isWeekend, yearOf, type CivilDate } from './civil-date.ts';
import { statutoryHolidays } from './provisional-year.ts';

export type CalendarYearProblem = {
  code:
    | 'bad-year'
    | 'bad-date'
    | 'duplicate-date'
    | 'outside-year'
    | 'working-not-weekend'
    | 'off-and-working'
    | 'holiday-missing'
    | 'unbalanced'
    | 'source-missing';
  /** True where the year must not be published; false where a person should look and may go on. */
  blocking: boolean;
  /** Chinese, for the administrator. */
  detail: string;
};

/**
 * Checks a year before it is published, whether read from a notice or typed in. Not for workflow code: the statutory
 * holidays need the lunar calendar.
 */
export function validateCalendarYear(year: CalendarYear): CalendarYearProblem[] {
  const problems: CalendarYearProblem[] = [];
  const report = (code: CalendarYearProblem['code'], blocking: boolean, detail: string): void => {
    problems.push({ code, blocking, detail });
  };
  if (!Number.isInteger(year.year) || year.year < 2000 || year.year > 2099) {
    report('bad-year', true, `年份须在2000至2099之间：${year.year}`);
    return problems;
  }
  if (year.source.trim() === '') report('source-missing', true, '未注明依据（通知名称或文号）');
  const bad = [...year.off, ...year.working].filter((date) => !isCivilDate(date));
  for (const date of bad) report('bad-date', true, `不是有效日期：${date}`);
  if (bad.length > 0) return problems;

  for (const [label, dates] of [
    ['放假', year.off],
    ['上班', year.working],
  ] as const) {
    for (const date of duplicates(dates)) report('duplicate-date', true, `${label}日期重复：${date}`);
    for (const date of dates)
      if (!nearYear(date, year.year)) report('outside-year', true, `${label}日期不在${year.year}年：${date}`);
  }
  for (const date of year.working) {
    if (!isWeekend(date)) report('working-not-weekend', true, `调休上班日须为周六或周日：${date}`);
    if (year.off.includes(date)) report('off-and-working', true, `${date}既放假又上班`);
  }
  for (const holiday of statutoryHolidays(year.year)) {
    const missing = holiday.dates.filter((date) => !year.off.includes(date));
    if (missing.length > 0)
      report('holiday-missing', true, `${holiday.name}的法定假日未列入放假：${missing.join('、')}`);
  }
  reportBalance(year, report);
  return problems;
}

// Make-up weekends pay back every weekday off beyond the statutory days, so the two differ by exactly those days. True of
// each notice of 2014–2026 but two: an extra or a prolonged holiday by special order (2015, 2020) breaks it, hence no refusal.
function reportBalance(
  year: CalendarYear,
  report: (code: 'unbalanced', blocking: false, detail: string) => void,
): void {
  const statutory = statutoryHolidays(year.year).flatMap((holiday) => holiday.dates).length;
  const weekdaysOff = year.off.filter((date) => !isWeekend(date)).length;
  const net = weekdaysOff - year.working.length;
  if (net !== statutory) {
    report(
      'unbalanced',
      false,
      `工作日放假${weekdaysOff}天、周末上班${year.working.length}天，净减少${net}天，与法定假日${statutory}天不符，请核对是否有遗漏`,
    );
  }
}

/** A notice may name the end of the December before (元旦 2023 from 2022-12-31) and the January after, nothing else. */
function nearYear(date: CivilDate, year: number): boolean {
  return yearOf(date) === year || date.startsWith(`${year - 1}-12-`) || date.startsWith(`${year + 1}-01-`);
}

function duplicates(dates: readonly CivilDate[]): CivilDate[] {
  return [...new Set(dates.filter((date, index) => dates.indexOf(date) !== index))];
}
