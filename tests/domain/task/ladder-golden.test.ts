import { expect, test } from 'vitest';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { Driven, coordinator, office } from './fixture.ts';

/** Worked out by hand from the notices of DOMAIN 6; `+` joins rungs that meet in one notice. */
const GOLDEN: Record<string, { goLive: string; told: string[] }> = {
  // National Day follows: the day before is the working Sunday, and the head is told after seven days off.
  '2024-09-30': {
    goLive: '2024-06-04',
    told: [
      '2024-08-30 before-30',
      '2024-09-23 before-7',
      '2024-09-29 before-1',
      '2024-09-30 due-day',
      '2024-10-08 after-1',
      '2024-10-15 after-7',
      '2024-10-25 after-15',
    ],
  },
  '2024-12-31': {
    goLive: '2024-06-04',
    told: [
      '2024-11-29 before-30',
      '2024-12-24 before-7',
      '2024-12-30 before-1',
      '2024-12-31 due-day',
      '2025-01-02 after-1',
      '2025-01-10 after-7',
      '2025-01-22 after-15',
    ],
  },
  // Thirty days before is 1 October: told on 30 September.
  '2025-10-31': {
    goLive: '2024-06-04',
    told: [
      '2025-09-30 before-30',
      '2025-10-24 before-7',
      '2025-10-30 before-1',
      '2025-10-31 due-day',
      '2025-11-03 after-1',
      '2025-11-11 after-7',
      '2025-11-21 after-15',
    ],
  },
  // Within the Spring Festival of 2026 (15 to 23 February): the last working day before is Saturday the 14th.
  '2026-02-20': {
    goLive: '2026-01-05',
    told: [
      '2026-01-21 before-30',
      '2026-02-13 before-7',
      '2026-02-14 before-1+due-day',
      '2026-02-24 after-1',
      '2026-03-03 after-7',
      '2026-03-13 after-15',
    ],
  },
};

test.each(Object.entries(GOLDEN))('the ladder of a task due on %s', (date, { goLive, told }) => {
  const task = new Driven(
    {
      goLive,
      issuedOn: goLive,
      horizon: null,
      finalEvaluationOn: null,
      deadline: { kind: 'date', date, every: null, soft: false },
    },
    `${goLive}T08:00:00+08:00`,
  );
  task.until('2026-12-31T00:00:00+08:00');
  const lines = task.events.flatMap((event) => {
    if (event.type !== 'RungsFired') return [];
    const rungs = event.data.rungs.filter((rung) => rung.item === 'period/once').map((rung) => rung.rung);
    expect(isoShanghai(event.at).slice(11, 16)).toBe('09:00');
    return rungs.length === 0 ? [] : [`${isoShanghai(event.at).slice(0, 10)} ${rungs.join('+')}`];
  });
  expect(lines).toEqual(told);
});

test('a soft deadline is reminded up to its day and passes as 未达原则性时限, told to nobody above', () => {
  const task = new Driven({ deadline: { kind: 'date', date: '2024-08-30', every: null, soft: true } });
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('cases'), 'claim', { department: 'cases' });
  task.until('2024-12-31T00:00:00+08:00');
  expect(new Set(task.notices().map((notice) => notice.kind))).toEqual(new Set(['reminder']));
  const passed = task.events.filter((event) => event.type === 'PeriodBecameOverdue');
  expect(passed.map((event) => event.data)).toMatchObject([{ due: '2024-08-30', soft: true }]);
  expect(task.state.orders).toEqual([]);
});

test('an ongoing task has no due date and no lateness; a paper that gives it one starts its clock', () => {
  const task = new Driven({ deadline: { kind: 'ongoing', date: null, every: null, soft: false } });
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('cases'), 'claim', { department: 'cases' });
  task.until('2025-06-01T10:00:00+08:00');
  expect(task.notices()).toEqual([]);
  expect(task.state.periods[0]).toMatchObject({ intake: 'ongoing', due: null, phase: 'in-progress' });
  task.do(office, 'adjustDeadline', { period: 'once', to: '2025-06-30', documentNumber: '浦城〔2025〕1号', text: 't' });
  task.until('2025-07-01T00:00:00+08:00');
  expect(task.state.periods[0]).toMatchObject({ intake: 'timed', originalDue: null, overdue: [{ version: 2 }] });
  expect(task.notices('reminder').length).toBeGreaterThan(0);
});
