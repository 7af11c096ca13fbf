import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay } from '../../../domain/working-time/calendar.ts';
import {
  consume,
  consumedAt,
  dueAt,
  isPaused,
  pauseClock,
  remainingAt,
  resumeClock,
  shareAt,
  startClock,
  type BudgetClock,
  type ClockTerms,
  type ClockUnit,
} from '../../../domain/working-time/budget.ts';
import { civilDate, isoShanghai, parseInstant } from '../../../domain/working-time/instants.ts';
import { calendarThrough } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import { seededRandom } from './seeded-random.ts';

const calendar = calendarThrough(publishedSeedYears(), 2030, 'seed');
const MINUTE = 60_000;

function at(text: string): number {
  return parseInstant(`${text}:00+08:00`);
}

function terms(amount: number, unit: ClockUnit, more: Partial<ClockTerms> = {}): ClockTerms {
  return { amount, unit, startRule: unit.endsWith('days') ? 'next-day' : 'on-receipt', endRule: 'same-day', ...more };
}

function due(clock: BudgetClock): string | null {
  const { at: instant } = dueAt(clock, calendar);
  return instant === null ? null : isoShanghai(instant).slice(0, 16);
}

describe('a clock as a budget', () => {
  it.each([
    // 签收, 2 working hours, on the Friday before a make-up Sunday.
    [terms(2, 'working-hours'), '2025-09-26T16:30', '2025-09-28T10:00'],
    [terms(2, 'working-hours'), '2025-11-03T11:00', '2025-11-03T14:30'],
    [terms(3, 'working-hours'), '2025-11-03T09:00', '2025-11-03T12:00'],
    [terms(2, 'working-hours'), '2025-11-03T12:30', '2025-11-03T15:30'],
    [terms(2, 'working-hours'), '2025-11-03T20:00', '2025-11-04T11:00'],
    [terms(2, 'working-hours', { startRule: 'next-day' }), '2025-09-30T09:00', '2025-10-09T11:00'],
    [terms(7, 'working-hours'), '2025-09-30T17:00', '2025-10-09T17:00'],
    [terms(24, 'natural-hours'), '2025-10-01T15:00', '2025-10-02T15:00'],
    [terms(24, 'natural-hours', { startRule: 'next-day' }), '2025-10-01T15:00', '2025-10-03T00:00'],
    [terms(24, 'natural-hours', { endRule: 'next-working-day' }), '2025-10-01T15:00', '2025-10-09T15:00'],
    // 先行联系, 1 working day, on the eve of the long holiday; due means 24:00.
    [terms(1, 'working-days'), '2025-09-30T10:00', '2025-10-10T00:00'],
    [terms(5, 'working-days'), '2025-09-26T10:00', '2025-10-11T00:00'],
    [terms(5, 'working-days', { startRule: 'on-receipt' }), '2025-09-26T10:00', '2025-10-10T00:00'],
    [terms(1, 'working-days', { startRule: 'on-receipt' }), '2025-09-27T10:00', '2025-09-29T00:00'],
    // 信访, 60 natural days: the sixtieth is 1 October, the end rule moves it behind the holiday.
    [terms(60, 'natural-days'), '2025-08-02T10:00', '2025-10-02T00:00'],
    [terms(60, 'natural-days', { endRule: 'next-working-day' }), '2025-08-02T10:00', '2025-10-10T00:00'],
    [terms(1, 'natural-days', { startRule: 'on-receipt' }), '2025-08-02T10:00', '2025-08-03T00:00'],
    [terms(0, 'natural-hours'), '2025-08-02T10:00', '2025-08-02T10:00'],
  ])('%o from %s runs out at %s', (budget, from, expected) => {
    expect(due(startClock(budget, at(from)))).toBe(expected);
  });

  it('shows 24:00 under the day that it ends', () => {
    expect(dueAt(startClock(terms(5, 'working-days'), at('2025-09-26T10:00')), calendar).on).toBe('2025-10-10');
    expect(dueAt(startClock(terms(2, 'working-hours'), at('2025-09-26T16:30')), calendar).on).toBe('2025-09-28');
  });

  it('takes working hours from the policy', () => {
    const clock = startClock(terms(2, 'working-hours'), at('2025-11-03T09:30'));
    const result = dueAt(clock, calendar, [
      { from: '08:30', to: '10:00' },
      { from: '14:00', to: '18:00' },
    ]);
    expect(result.at).toBe(at('2025-11-03T15:30'));
    expect(() => dueAt(clock, calendar, [{ from: '18:00', to: '08:00' }])).toThrow(RangeError);
  });

  it('is provisional where an unpublished year decides the end', () => {
    const december = at('2026-12-29T10:00');
    const provisional = (budget: ClockTerms): boolean => dueAt(startClock(budget, december), calendar).provisional;
    expect(provisional(terms(2, 'working-days'))).toBe(false);
    expect(provisional(terms(3, 'working-days'))).toBe(true);
    expect(provisional(terms(40, 'working-hours'))).toBe(true);
    expect(provisional(terms(60, 'natural-days'))).toBe(false);
    expect(provisional(terms(60, 'natural-days', { endRule: 'next-working-day' }))).toBe(true);
    expect(provisional(terms(2, 'natural-days', { endRule: 'next-working-day' }))).toBe(false);
    // Begun in a year without a notice, ended in one with: only the end asks the calendar.
    const begunBefore = startClock(terms(60, 'natural-days', { endRule: 'next-working-day' }), at('2023-12-20T10:00'));
    const reachingBack = calendarThrough(publishedSeedYears(), 2026, 'seed', 2023);
    expect(dueAt(begunBefore, reachingBack)).toMatchObject({ on: '2024-02-18', provisional: false });
  });

  it('moves with the calendar, from the same clock', () => {
    const clock = startClock(terms(3, 'working-days'), at('2026-12-29T10:00'));
    const notice = {
      year: 2027,
      published: true,
      off: ['2027-01-01'],
      working: ['2027-01-02'],
      source: 'test',
      version: 1,
    };
    const entered = calendarThrough([...publishedSeedYears(), notice], 2030, 2);
    expect(dueAt(clock, calendar)).toMatchObject({ on: '2027-01-04', provisional: true });
    expect(dueAt(clock, entered)).toMatchObject({ on: '2027-01-02', provisional: false });
  });
});

describe('pauses', () => {
  const week = startClock(terms(5, 'working-days'), at('2025-11-03T10:00'));

  it('give back the days on whose end the clock stood still', () => {
    expect(due(week)).toBe('2025-11-11T00:00');
    const paused = pauseClock(week, at('2025-11-05T10:00'));
    expect(due(resumeClock(paused, at('2025-11-07T09:00')))).toBe('2025-11-13T00:00');
    expect(due(resumeClock(paused, at('2025-11-05T17:00')))).toBe('2025-11-11T00:00');
  });

  it('take midnight for the end of the day before', () => {
    const resumedAtMidnight = resumeClock(pauseClock(week, at('2025-11-05T10:00')), at('2025-11-06T00:00'));
    expect(due(resumedAtMidnight)).toBe('2025-11-12T00:00');
    const pausedAtMidnight = resumeClock(pauseClock(week, at('2025-11-06T00:00')), at('2025-11-07T09:00'));
    expect(due(pausedAtMidnight)).toBe('2025-11-12T00:00');
  });

  it('give back working hours to the minute', () => {
    const clock = pauseClock(startClock(terms(4, 'working-hours'), at('2025-11-03T09:00')), at('2025-11-03T10:15'));
    // 1 h 15 min used; resumed at 16:00 there are 1 h 30 min of the day left, so 1 h 15 min remain for the next.
    expect(due(resumeClock(clock, at('2025-11-03T16:00')))).toBe('2025-11-04T10:15');
    expect(due(resumeClock(clock, at('2025-11-08T23:00')))).toBe('2025-11-10T11:45');
  });

  it('leave the end unknown while they last, unless the budget had run out before', () => {
    const paused = pauseClock(week, at('2025-11-05T10:00'));
    expect([isPaused(week), isPaused(paused)]).toEqual([false, true]);
    expect(dueAt(paused, calendar)).toMatchObject({ at: null, on: null });
    expect(shareAt(paused, 0.2, calendar)).toBe(at('2025-11-05T00:00'));
    expect(shareAt(paused, 0.8, calendar)).toBeNull();
    expect(due(pauseClock(week, at('2025-11-12T10:00')))).toBe('2025-11-11T00:00');
  });

  it('change nothing when said twice, and cannot run backwards', () => {
    const paused = pauseClock(week, at('2025-11-05T10:00'));
    expect(pauseClock(paused, at('2025-11-06T10:00'))).toEqual(paused);
    expect(resumeClock(week, at('2025-11-06T10:00'))).toEqual(week);
    expect(() => resumeClock(paused, at('2025-11-05T09:00'))).toThrow(RangeError);
    const resumed = resumeClock(paused, at('2025-11-06T10:00'));
    expect(() => pauseClock(resumed, at('2025-11-05T09:00'))).toThrow(RangeError);
  });
});

describe('a share of the budget', () => {
  it.each([
    [terms(4, 'working-hours'), '2025-11-03T09:00', 0.5, '2025-11-03T11:00'],
    [terms(4, 'working-hours'), '2025-11-03T09:00', 0.75, '2025-11-03T12:00'],
    [terms(5, 'working-days'), '2025-11-03T09:00', 0.8, '2025-11-08T00:00'],
    [terms(5, 'working-days'), '2025-11-03T09:00', 0.5, '2025-11-06T12:00'],
    [terms(10, 'natural-days'), '2025-11-03T09:00', 1, '2025-11-14T00:00'],
    [terms(1, 'working-days', { startRule: 'on-receipt' }), '2025-11-03T15:00', 0.1, '2025-11-03T15:00'],
  ])('of %o from %s at %d is %s', (budget, from, share, expected) => {
    expect(isoShanghai(shareAt(startClock(budget, at(from)), share, calendar) ?? 0).slice(0, 16)).toBe(expected);
  });

  it('counts what was used up before', () => {
    const clock = consume(startClock(terms(4, 'working-hours'), at('2025-11-03T09:00')), 2.5);
    expect(due(clock)).toBe('2025-11-03T10:30');
    expect(due(consume(clock, 2))).toBe('2025-11-03T09:00');
    expect(remainingAt(clock, calendar, at('2025-11-03T10:00'))).toBe(0.5);
  });
});

describe('whatever the clock', () => {
  const units: ClockUnit[] = ['working-hours', 'working-days', 'natural-hours', 'natural-days'];
  const random = seededRandom(61);

  /** A clock with up to three closed pauses, and the instants of the pauses. */
  function anyClock(unit: ClockUnit): BudgetClock {
    const from = at('2025-01-20T00:00') + random.int(0, 300 * 24 * 60) * MINUTE;
    const startRule = random.pick(['on-receipt', 'next-day'] as const);
    let clock = startClock(terms(random.int(1, 20), unit, { startRule }), from);
    let instant = from;
    for (let pauses = random.int(0, 3); pauses > 0; pauses -= 1) {
      instant += random.int(1, 4 * 24 * 60) * MINUTE;
      clock = pauseClock(clock, instant);
      instant += random.int(0, 6 * 24 * 60) * MINUTE;
      clock = resumeClock(clock, instant);
    }
    return clock;
  }

  it.each(units)('%s: exactly the amount is used up when it is due, and less a minute before', (unit) => {
    for (let round = 0; round < 100; round += 1) {
      const clock = anyClock(unit);
      const end = dueAt(clock, calendar).at ?? Number.NaN;
      expect(consumedAt(clock, calendar, end)).toBeCloseTo(clock.amount, 6);
      expect(consumedAt(clock, calendar, end - MINUTE)).toBeLessThan(clock.amount);
    }
  });

  it.each(units)('%s: nothing is used up in a pause, and the rest is what it was', (unit) => {
    for (let round = 0; round < 100; round += 1) {
      const clock = anyClock(unit);
      for (const { from, to } of clock.pauses) {
        expect(consumedAt(clock, calendar, to ?? from)).toBeCloseTo(consumedAt(clock, calendar, from), 9);
      }
    }
  });

  it.each(units)('%s: use adds up over neighbouring stretches and never falls', (unit) => {
    for (let round = 0; round < 100; round += 1) {
      const clock = anyClock(unit);
      const instants = [0, 1, 2, 3]
        .map(() => clock.startedAt + random.int(0, 40 * 24 * 60) * MINUTE)
        .sort((a, b) => a - b);
      const used = instants.map((instant) => consumedAt(clock, calendar, instant));
      expect(used).toEqual([...used].sort((a, b) => a - b));
      expect(remainingAt(clock, calendar, instants[0] ?? 0) + (used[0] ?? 0)).toBeCloseTo(clock.amount, 9);
    }
  });

  it('working-hours: the same as looking at every minute', () => {
    for (let round = 0; round < 15; round += 1) {
      const clock = { ...anyClock('working-hours'), startRule: 'on-receipt' as const };
      const end = dueAt(clock, calendar).at ?? Number.NaN;
      let minutes = 0;
      for (let instant = clock.startedAt; instant < end; instant += MINUTE) {
        const minuteOfDay = Math.floor((instant + 8 * 60 * MINUTE) / MINUTE) % 1440;
        const open = (minuteOfDay >= 540 && minuteOfDay < 720) || (minuteOfDay >= 810 && minuteOfDay < 1050);
        const paused = clock.pauses.some((pause) => pause.from <= instant && instant < (pause.to ?? 0));
        if (open && !paused && isWorkingDay(calendar, civilDate(instant))) minutes += 1;
      }
      expect(minutes).toBe(clock.amount * 60);
    }
  });

  it('working-days: the same as adding working days, when nothing pauses', () => {
    for (let round = 0; round < 200; round += 1) {
      const from = at('2025-01-20T00:00') + random.int(0, 900 * 24 * 60) * MINUTE;
      const amount = random.int(1, 60);
      const { on, provisional } = dueAt(startClock(terms(amount, 'working-days'), from), calendar);
      const expected = addWorkingDays(calendar, civilDate(from), amount);
      expect({ from, amount, date: on }).toEqual({ from, amount, date: expected.date });
      expect(provisional).toBe(expected.provisional);
    }
  });

  it.each(units)('%s: survives a trip through JSON', (unit) => {
    const clock = pauseClock(anyClock(unit), at('2026-06-01T10:00'));
    const travelled: BudgetClock = JSON.parse(JSON.stringify(clock));
    expect(travelled).toEqual(clock);
    expect(dueAt(travelled, calendar)).toEqual(dueAt(clock, calendar));
  });
});

describe('terms', () => {
  it('refuse what no policy can mean', () => {
    for (const amount of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => startClock(terms(amount, 'working-hours'), 0)).toThrow(RangeError);
    }
    expect(() => startClock(terms(1.5, 'working-days'), 0)).toThrow(RangeError);
    const clock = startClock(terms(1, 'working-hours'), 0);
    expect(() => consume(clock, -1)).toThrow(RangeError);
    expect(() => shareAt(clock, 1.1, calendar)).toThrow(RangeError);
    expect(() => dueAt(clock, calendar, [])).toThrow(RangeError);
  });
});
