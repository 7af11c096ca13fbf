import { describe, expect, it } from 'vitest';
import { isWorkingDay } from '../../../domain/working-time/calendar.ts';
import { addNaturalDays } from '../../../domain/working-time/civil-date.ts';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { calendarThrough } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import { rungInstant, sheetDates, type RungOffset } from '../../../domain/working-time/reminder-instant.ts';
import { seededRandom } from './seeded-random.ts';

const calendar = calendarThrough(publishedSeedYears(), 2029, 'seed');
const natural = (days: number): RungOffset => ({ unit: 'natural-days', days });
const working = (days: number): RungOffset => ({ unit: 'working-days', days });

describe('rungs of a ladder', () => {
  it.each([
    // Due Friday 2025-10-31: 30 days before is Wednesday 10-01, in the long holiday, so Tuesday 09-30.
    ['2025-10-31', natural(-30), '2025-09-30'],
    ['2025-10-31', natural(-7), '2025-10-24'],
    ['2025-10-31', natural(-1), '2025-10-30'],
    ['2025-10-31', natural(0), '2025-10-31'],
    ['2025-10-31', natural(1), '2025-11-03'],
    ['2025-10-31', working(7), '2025-11-11'],
    ['2025-10-31', working(15), '2025-11-21'],
    // Due Saturday 2024-08-31: the day's own reminder comes on Friday, never when it is late.
    ['2024-08-31', natural(0), '2024-08-30'],
    ['2024-08-31', natural(-1), '2024-08-30'],
    ['2024-08-31', natural(1), '2024-09-02'],
    // Due Sunday 2024-09-29, a make-up working day: nothing moves.
    ['2024-09-29', natural(0), '2024-09-29'],
    ['2024-09-29', natural(1), '2024-09-30'],
    ['2024-09-30', natural(1), '2024-10-08'],
  ])('due %s at %o comes on %s', (dueOn, offset, expected) => {
    const rung = rungInstant(calendar, dueOn, offset);
    expect({ on: rung.on, at: isoShanghai(rung.at), provisional: rung.provisional }).toEqual({
      on: expected,
      at: `${expected}T09:00:00+08:00`,
      provisional: false,
    });
  });

  it('is provisional only where an unpublished year decides the day', () => {
    expect(rungInstant(calendar, '2026-12-31', natural(0)).provisional).toBe(false);
    expect(rungInstant(calendar, '2026-12-31', natural(1))).toMatchObject({ on: '2027-01-04', provisional: true });
    expect(rungInstant(calendar, '2026-12-31', working(7)).provisional).toBe(true);
    // 30 days before 2027-01-15 lies in 2026, whose notice is known.
    expect(rungInstant(calendar, '2027-01-15', natural(-30))).toMatchObject({ on: '2026-12-16', provisional: false });
    expect(rungInstant(calendar, '2027-01-15', working(-10)).provisional).toBe(true);
  });

  it('always falls on a working day, earlier before and later after', () => {
    const random = seededRandom(99);
    for (let round = 0; round < 400; round += 1) {
      const dueOn = addNaturalDays('2024-01-01', random.int(0, 1400));
      const days = random.int(-40, 40);
      const { on } = rungInstant(calendar, dueOn, natural(days));
      const nominal = addNaturalDays(dueOn, days);
      expect({ dueOn, days, works: isWorkingDay(calendar, on) }).toEqual({ dueOn, days, works: true });
      expect(days > 0 ? on >= nominal : on <= nominal).toBe(true);
    }
  });

  it('takes another time of day from the policy', () => {
    expect(isoShanghai(rungInstant(calendar, '2025-10-31', natural(0), '14:30').at)).toBe('2025-10-31T14:30:00+08:00');
  });
});

describe('the monthly sheet', () => {
  it.each([
    ['2024-06', '2024-06-20', '2024-06-25'],
    // The 20th is a Saturday, the 25th a Thursday.
    ['2024-07', '2024-07-22', '2024-07-25'],
    ['2024-08', '2024-08-20', '2024-08-23'],
    ['2025-01', '2025-01-20', '2025-01-24'],
    // The 20th of September 2026 is a make-up working Sunday, the 25th 中秋.
    ['2026-09', '2026-09-20', '2026-09-24'],
    ['2026-02', '2026-02-24', '2026-02-25'],
  ])('of %s is asked on %s and due by %s', (month, askedOn, dueOn) => {
    const dates = sheetDates(calendar, month);
    expect(dates).toMatchObject({ askedOn, dueOn, provisional: false });
    expect(isoShanghai(dates.askedAt)).toBe(`${askedOn}T09:00:00+08:00`);
    expect(isoShanghai(dates.lateFrom)).toBe(`${addNaturalDays(dueOn, 1)}T00:00:00+08:00`);
  });

  it('is never due before it is asked, even when a holiday swallows the whole stretch', () => {
    const dates = sheetDates(calendar, '2026-02', { askFromDay: 15, dueDay: 20, askAt: '09:00' });
    expect(dates).toMatchObject({ askedOn: '2026-02-24', dueOn: '2026-02-25' });
    const oneDay = sheetDates(calendar, '2026-03', { askFromDay: 20, dueDay: 20, askAt: '09:00' });
    expect(oneDay).toMatchObject({ askedOn: '2026-03-20', dueOn: '2026-03-20' });
  });

  it('is provisional in a year without a notice', () => {
    expect(sheetDates(calendar, '2027-03').provisional).toBe(true);
  });
});
