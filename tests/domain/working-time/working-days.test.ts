import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  isProvisional,
  isWorkingDay,
  makeCalendar,
  nextWorkingDay,
  previousWorkingDay,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  workingDaysBetween,
} from '../../../domain/working-time/calendar.ts';
import { addNaturalDays, datesFromTo } from '../../../domain/working-time/civil-date.ts';
import { calendarThrough } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import { seededRandom } from './seeded-random.ts';

const calendar = calendarThrough(publishedSeedYears(), 2030, 'seed');

describe('working days', () => {
  it.each([
    // The example of DOMAIN 6: weekday logic says 10-03, holiday-only logic 10-13.
    ['2025-09-26', 5, '2025-10-10'],
    ['2025-09-26', 1, '2025-09-28'],
    ['2025-09-27', 1, '2025-09-28'],
    ['2025-10-10', 1, '2025-10-11'],
    ['2025-10-11', 1, '2025-10-13'],
    ['2024-02-02', 1, '2024-02-04'],
    ['2024-02-09', 1, '2024-02-18'],
    ['2024-09-27', 3, '2024-10-08'],
    ['2024-12-31', 1, '2025-01-02'],
    ['2025-12-31', 1, '2026-01-04'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-02-27', 1, '2026-02-28'],
    ['2025-10-10', -5, '2025-09-26'],
    ['2025-10-08', -1, '2025-09-30'],
    ['2026-01-05', -2, '2025-12-31'],
    // DOMAIN 5: the mid-term evaluation starts 40 working days before 2024-10-31.
    ['2024-10-31', -40, '2024-08-30'],
  ])('%s and %i more is %s', (from, n, expected) => {
    expect(addWorkingDays(calendar, from, n)).toEqual({ date: expected, provisional: false });
  });

  it('leaves the date alone for no days at all, even on a day off', () => {
    expect(addWorkingDays(calendar, '2025-10-04', 0)).toEqual({ date: '2025-10-04', provisional: false });
  });

  it('is provisional as soon as the way touches a year without a notice', () => {
    expect(addWorkingDays(calendar, '2026-12-30', 1)).toEqual({ date: '2026-12-31', provisional: false });
    // 2027-01-01 is a Friday and a statutory holiday.
    expect(addWorkingDays(calendar, '2026-12-31', 1)).toEqual({ date: '2027-01-04', provisional: true });
    expect(addWorkingDays(calendar, '2027-01-05', -3)).toEqual({ date: '2026-12-30', provisional: true });
    expect(addWorkingDays(calendar, '2027-02-04', 1)).toEqual({ date: '2027-02-09', provisional: true });
  });

  it('moves when the notice of the year is entered', () => {
    const notice = {
      year: 2027,
      published: true,
      off: [...datesFromTo('2027-01-01', '2027-01-03'), '2028-01-03'],
      working: ['2026-12-26'],
      source: 'test',
      version: 1,
    };
    const published = calendarThrough([...publishedSeedYears(), notice], 2030, 2);
    expect(published.publishedThrough).toBe(2027);
    expect(addWorkingDays(published, '2026-12-25', 1)).toEqual({ date: '2026-12-26', provisional: false });
    expect(addWorkingDays(published, '2026-12-31', 1)).toEqual({ date: '2027-01-04', provisional: false });
    // A notice may name days of the neighbouring years: a Saturday before, a Monday after.
    expect([isWorkingDay(calendar, '2028-01-03'), isWorkingDay(published, '2028-01-03')]).toEqual([true, false]);
  });

  it.each(['2024-02-04', '2024-09-29', '2025-01-26', '2026-01-04', '2026-02-14', '2026-02-28'])(
    'works on the make-up weekend %s',
    (date) => expect(isWorkingDay(calendar, date)).toBe(true),
  );

  it.each(['2024-02-12', '2024-06-10', '2025-06-02', '2025-10-08', '2026-01-02', '2026-02-23', '2026-09-25'])(
    'rests on %s, a weekday named by the notice',
    (date) => expect(isWorkingDay(calendar, date)).toBe(false),
  );

  it('never takes a fixed holiday for a working day in a year that it does not hold', () => {
    const short = makeCalendar(publishedSeedYears(), 'seed');
    for (const date of ['2029-01-01', '2029-05-01', '2029-05-02', '2029-10-01', '2029-10-02', '2029-10-03']) {
      expect(isWorkingDay(short, date)).toBe(false);
      expect(isProvisional(short, date)).toBe(true);
    }
    expect(isWorkingDay(short, '2029-01-02')).toBe(true);
    const empty = makeCalendar([], 'none');
    expect([isWorkingDay(empty, '2024-05-02'), isWorkingDay(empty, '2025-05-02')]).toEqual([true, false]);
    // 5 月 2 日 became a statutory holiday in 2025.
    expect(isWorkingDay(short, '2023-05-02')).toBe(true);
  });

  it('finds the neighbours of a long holiday', () => {
    expect(nextWorkingDay(calendar, '2025-09-30')).toBe('2025-10-09');
    expect(previousWorkingDay(calendar, '2025-10-09')).toBe('2025-09-30');
    expect(workingDayOnOrAfter(calendar, '2025-10-01')).toBe('2025-10-09');
    expect(workingDayOnOrAfter(calendar, '2025-10-09')).toBe('2025-10-09');
    expect(workingDayOnOrBefore(calendar, '2025-10-08')).toBe('2025-09-30');
    expect(workingDayOnOrBefore(calendar, '2025-09-28')).toBe('2025-09-28');
  });

  it('counts between dates what adding counts, whatever the dates', () => {
    const random = seededRandom(20251010);
    for (let round = 0; round < 500; round += 1) {
      const from = addNaturalDays('2024-01-01', random.int(0, 2200));
      const n = random.int(-60, 60);
      const { date } = addWorkingDays(calendar, from, n);
      expect({ from, n, counted: workingDaysBetween(calendar, from, date) }).toEqual({ from, n, counted: n });
      expect(n === 0 || isWorkingDay(calendar, date)).toBe(true);
    }
  });

  it('adds in two steps what it adds in one', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 300; round += 1) {
      const from = addNaturalDays('2024-01-01', random.int(0, 2200));
      const [first, second] = [random.int(1, 30), random.int(0, 30)];
      const stepped = addWorkingDays(calendar, addWorkingDays(calendar, from, first).date, second).date;
      expect({ from, first, second, date: stepped }).toEqual({
        from,
        first,
        second,
        date: addWorkingDays(calendar, from, first + second).date,
      });
    }
  });

  it('survives a trip through JSON, as a workflow payload makes it', () => {
    const travelled: typeof calendar = JSON.parse(JSON.stringify(calendar));
    expect(travelled).toEqual(calendar);
    expect(addWorkingDays(travelled, '2025-09-26', 5).date).toBe('2025-10-10');
  });

  it.each(['2025-02-29', '2025-13-01', '25-01-01', '2025-1-1', '', '2025-01-01T00:00:00Z'])(
    'refuses the date %j',
    (date) => {
      expect(() => addWorkingDays(calendar, date, 1)).toThrow(RangeError);
    },
  );

  it('refuses a fraction of a day, an endless distance and a calendar without working days', () => {
    expect(() => addWorkingDays(calendar, '2025-01-01', 1.5)).toThrow(RangeError);
    expect(() => addWorkingDays(calendar, '2025-01-01', 1e9)).toThrow(RangeError);
    const closed = [2025, 2026].map((year) => ({
      year,
      published: true,
      off: datesFromTo(`${year}-01-01`, `${year}-12-31`),
      working: [],
      source: 'test',
      version: 1,
    }));
    expect(() => nextWorkingDay(makeCalendar(closed, 1), '2025-01-01')).toThrow(RangeError);
  });
});
