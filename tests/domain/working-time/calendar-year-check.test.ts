import { describe, expect, it } from 'vitest';
import type { CalendarYear } from '../../../domain/working-time/calendar.ts';
import { validateCalendarYear } from '../../../domain/working-time/calendar-year-check.ts';
import { provisionalYear } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';

const year2025 = publishedSeedYears().find(({ year }) => year === 2025);
if (year2025 === undefined) throw new Error('the seed lacks 2025');

const changed = (change: Partial<CalendarYear>): CalendarYear => ({ ...year2025, ...change });

describe('a year before it is published', () => {
  it('passes as the notices have it', () => {
    for (const year of publishedSeedYears()) expect(validateCalendarYear(year)).toEqual([]);
  });

  it.each([
    ['working-not-weekend', true, changed({ working: ['2025-01-26', '2025-02-10'] })],
    ['off-and-working', true, changed({ working: [...year2025.working, '2025-02-01'] })],
    ['duplicate-date', true, changed({ off: [...year2025.off, '2025-10-01'] })],
    ['duplicate-date', true, changed({ working: [...year2025.working, '2025-10-11'] })],
    ['outside-year', true, changed({ off: [...year2025.off, '2026-05-01'] })],
    ['bad-date', true, changed({ off: [...year2025.off, '2025-02-29'] })],
    ['holiday-missing', true, changed({ off: year2025.off.filter((date) => date !== '2025-01-28') })],
    ['source-missing', true, changed({ source: ' ' })],
    ['unbalanced', false, changed({ working: year2025.working.slice(1) })],
    ['bad-year', true, changed({ year: 20255 })],
  ])('%s is found', (code, blocking, year) => {
    expect(validateCalendarYear(year).map((problem) => [problem.code, problem.blocking])).toContainEqual([
      code,
      blocking,
    ]);
  });

  it('lets 元旦 begin in the December before', () => {
    const year = changed({
      off: ['2024-12-30', '2024-12-31', ...year2025.off],
      working: [...year2025.working, '2024-12-28', '2024-12-29'],
    });
    expect(validateCalendarYear(year)).toEqual([]);
  });

  it('names the holiday and its days in Chinese', () => {
    const [problem] = validateCalendarYear({
      ...provisionalYear(2027),
      off: provisionalYear(2027).off.filter((date) => date !== '2027-06-09'),
    });
    expect(problem?.detail).toBe('端午节的法定假日未列入放假：2027-06-09');
  });
});
