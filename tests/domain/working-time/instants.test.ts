import { describe, expect, it } from 'vitest';
import {
  addMonths,
  addNaturalDays,
  datesFromTo,
  lastDayOfMonth,
  naturalDaysBetween,
  weekdayOf,
} from '../../../domain/working-time/civil-date.ts';
import {
  atTimeMs,
  civilDate,
  endOfDayMs,
  isoShanghai,
  parseInstant,
  startOfDayMs,
} from '../../../domain/working-time/instants.ts';
import { seededRandom } from './seeded-random.ts';

describe('civil dates and instants', () => {
  it('takes 00:00 in Shanghai as 16:00 UTC of the day before', () => {
    expect(new Date(startOfDayMs('2025-10-10')).toISOString()).toBe('2025-10-09T16:00:00.000Z');
    expect(new Date(atTimeMs('2025-10-10', '09:00')).toISOString()).toBe('2025-10-10T01:00:00.000Z');
    expect(endOfDayMs('2025-12-31')).toBe(startOfDayMs('2026-01-01'));
    expect(atTimeMs('2025-12-31', '24:00')).toBe(startOfDayMs('2026-01-01'));
  });

  it('gives midnight to the day that begins', () => {
    const midnight = startOfDayMs('2025-03-01');
    expect([civilDate(midnight - 1), civilDate(midnight)]).toEqual(['2025-02-28', '2025-03-01']);
  });

  it('writes instants with their offset', () => {
    expect(isoShanghai(atTimeMs('2024-06-04', '08:00'))).toBe('2024-06-04T08:00:00+08:00');
    expect(isoShanghai(startOfDayMs('2024-06-04') + 5)).toBe('2024-06-04T00:00:00.005+08:00');
  });

  it('comes back to the same instant and date from text, whatever the instant', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 500; round += 1) {
      const ms = random.int(0, 4_000_000) * 1_000_000 + random.int(0, 999_999);
      expect(parseInstant(isoShanghai(ms))).toBe(ms);
      expect(isoShanghai(ms).slice(0, 10)).toBe(civilDate(ms));
      expect(startOfDayMs(civilDate(ms)) <= ms && ms < endOfDayMs(civilDate(ms))).toBe(true);
    }
  });

  it('reads other offsets, and refuses an instant without one', () => {
    expect(parseInstant('2025-10-10T01:00:00Z')).toBe(atTimeMs('2025-10-10', '09:00'));
    for (const text of ['2025-10-10T09:00:00', '2025-10-10', '', 'now'])
      expect(() => parseInstant(text)).toThrow(RangeError);
  });

  it.each(['9:00', '09:60', '24:01', '25:00', '', '09:00:00'])('refuses the time %j', (time) => {
    expect(() => atTimeMs('2025-10-10', time)).toThrow(RangeError);
  });

  it('knows weekdays, leap years and month ends', () => {
    expect([weekdayOf('2025-09-26'), weekdayOf('2024-02-04'), weekdayOf('1969-12-31')]).toEqual([5, 0, 3]);
    expect([lastDayOfMonth(2024, 2), lastDayOfMonth(2025, 2), lastDayOfMonth(2025, 12)]).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2025-12-31',
    ]);
    expect([addMonths('2025-01-31', 1), addMonths('2024-12-15', 2), addMonths('2025-03-31', -1)]).toEqual([
      '2025-02-28',
      '2025-02-15',
      '2025-02-28',
    ]);
    expect(addNaturalDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(naturalDaysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(datesFromTo('2025-01-02', '2025-01-01')).toEqual([]);
  });
});
