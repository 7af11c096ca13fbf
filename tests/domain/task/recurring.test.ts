import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { openTask, type TaskOpening } from '../../../domain/task/open-task.ts';
import { Driven, coordinator, head, office, opening } from './fixture.ts';

const every = (each: 'year' | 'quarter' | 'month', dueInPeriod?: { month: number | null; day: number }) => ({
  deadline: {
    kind: 'recurring' as const,
    date: null,
    every: each,
    soft: false,
    ...(dueInPeriod ? { dueInPeriod } : {}),
  },
});
const dues = (changes: Partial<TaskOpening>) =>
  openTask(opening(changes)).periods.map(({ id, due, intake }) => `${id} ${due} ${intake}`);

test('quarters and months end on their last day; those that ended by the issue are not periods', () => {
  expect(dues({ ...every('quarter'), horizon: { from: '2023-01-01', to: '2024-12-31' } })).toEqual([
    '2024-Q2 2024-06-30 timed',
    '2024-Q3 2024-09-30 timed',
    '2024-Q4 2024-12-31 timed',
  ]);
  const months = dues({ ...every('month'), horizon: { from: '2024-01-01', to: '2025-12-31' } });
  expect(months).toHaveLength(19);
  expect(months[0]).toBe('2024-06 2024-06-30 timed');
  expect(dues({ ...every('year'), issuedOn: '2024-12-31', goLive: '2025-01-02' })).toEqual(['2025 2025-12-31 timed']);
});

test('a set day inside the year holds in every year, in February too', () => {
  expect(dues(every('year', { month: 11, day: 30 }))).toEqual(['2024 2024-11-30 timed', '2025 2025-11-30 timed']);
  expect(dues(every('year', { month: 2, day: 29 }))).toEqual(['2024 2024-02-29 before-issue', '2025 2025-02-28 timed']);
});

test('a set day in each month or quarter holds too, and a month too short for it ends earlier', () => {
  const span = { horizon: { from: '2025-01-01', to: '2025-03-31' }, issuedOn: '2024-12-20', goLive: '2024-12-20' };
  expect(dues({ ...every('month', { month: null, day: 30 }), ...span })).toEqual([
    '2025-01 2025-01-30 timed',
    '2025-02 2025-02-28 timed',
    '2025-03 2025-03-30 timed',
  ]);
  expect(dues({ ...every('quarter', { month: null, day: 25 }), ...span })).toEqual(['2025-Q1 2025-03-25 timed']);
});

test('taken over later, periods that were due by then are entered afterwards', () => {
  expect(
    dues({ ...every('quarter'), goLive: '2024-10-08', horizon: { from: '2024-01-01', to: '2024-12-31' } }),
  ).toEqual(['2024-Q2 2024-06-30 before-go-live', '2024-Q3 2024-09-30 before-go-live', '2024-Q4 2024-12-31 timed']);
});

test('by policy the last period is due at the final evaluation, unless its own day comes first', () => {
  const policy = { ...DEFAULT_POLICY, lastPeriodDue: 'final-evaluation' as const };
  expect(dues({ ...every('year'), policy })).toEqual(['2024 2024-12-31 timed', '2025 2025-10-31 timed']);
  expect(dues({ ...every('year', { month: 6, day: 30 }), policy })).toEqual([
    '2024 2024-06-30 timed',
    '2025 2025-06-30 timed',
  ]);
});

test('an absurd or missing horizon is refused when the task opens', () => {
  expect(() => dues({ ...every('month'), horizon: { from: '2024-01-01', to: '2190-12-31' } })).toThrow(RangeError);
  expect(() => dues({ ...every('year'), horizon: null })).toThrow(RangeError);
  expect(() => dues({ ...every('year'), horizon: { from: '2020-01-01', to: '2023-12-31' } })).toThrow(RangeError);
});

test('each period has submissions, lateness and closing of its own, and the task ends with the last', () => {
  const task = new Driven(every('year')).until('2024-12-02T10:00:00+08:00');
  task.do(coordinator('law'), 'claim', { department: 'law' });
  const finish = (period: string): void => {
    const about = { department: 'law', period };
    task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
    task.do(head('law'), 'approveSubmission', about);
    task.do(office, 'verify', { ...about, completedOn: null });
  };
  const next = { department: 'law', period: '2025', completedOn: null, text: 't', evidence: [] };
  expect(task.refused(coordinator('law'), 'submit', next).code).toBe('period-not-open');
  finish('2024');
  expect(task.state).toMatchObject({ phase: 'running', periods: [{ phase: 'closed' }, { phase: 'upcoming' }] });
  expect(task.refused(coordinator('law'), 'submit', { ...next, period: '2024' }).code).toBe('period-closed');
  task.until('2026-01-05T10:00:00+08:00');
  expect(task.state.periods.map((period) => period.overdue.length)).toEqual([0, 1]);
  finish('2025');
  expect(task.state.phase).toBe('closed');
  task.until('2026-03-01T10:00:00+08:00');
  expect(task.state.retired).toBe(true);
});
