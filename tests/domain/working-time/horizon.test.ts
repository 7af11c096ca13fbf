import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../../domain/working-time/calendar.ts';
import { horizonAlarm } from '../../../domain/working-time/horizon.ts';
import { calendarThrough, provisionalYear } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';

const calendar = calendarThrough(publishedSeedYears(), 2030, 'seed');

describe('the published horizon', () => {
  it.each([
    ['2026-06-01', 213, false],
    ['2026-10-31', 61, false],
    ['2026-11-01', 60, true],
    ['2026-12-31', 0, true],
    ['2027-01-01', -1, true],
  ])('on %s it ends in %i days', (today, daysLeft, alarm) => {
    expect(horizonAlarm(calendar, today)).toMatchObject({
      publishedThrough: 2026,
      endsOn: '2026-12-31',
      daysLeft,
      alarm,
    });
  });

  it('says which year to enter, and that it has passed', () => {
    expect(horizonAlarm(calendar, '2026-11-20').message).toContain('2027年');
    expect(horizonAlarm(calendar, '2026-12-31').message).toContain('还剩0天');
    expect(horizonAlarm(calendar, '2027-01-01').message).toContain('现已过期');
  });

  it('alarms at once when nothing is published', () => {
    expect(horizonAlarm(makeCalendar([provisionalYear(2026)], 0), '2026-01-01')).toMatchObject({
      endsOn: null,
      alarm: true,
    });
  });

  it('falls silent when the next notice is entered', () => {
    const entered = calendarThrough([...publishedSeedYears(), { ...provisionalYear(2027), published: true }], 2030, 2);
    expect(horizonAlarm(entered, '2026-12-31')).toMatchObject({ publishedThrough: 2027, daysLeft: 365, alarm: false });
  });
});
