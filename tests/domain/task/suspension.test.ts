import { expect, test } from 'vitest';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { taskDecider } from '../../../domain/task/task-decider.ts';
import { Driven, coordinator, head, office } from './fixture.ts';

const paper = { documentNumber: '浦城〔2024〕7号', text: null, into: [] };
const change = (phase: 'suspended' | 'running' | 'stopped' | 'merged' | 'withdrawn') => ({ ...paper, phase });

test('a suspended task has no clocks, refuses its departments, and lets a paper set its date right', () => {
  const task = new Driven().until('2024-06-06T10:00:00+08:00');
  expect(task.refused(office, 'changePhase', { ...change('suspended'), documentNumber: '' }).code).toBe(
    'document-number-required',
  );
  task.do(office, 'changePhase', change('suspended'));
  expect(taskDecider.timers(task.state)).toEqual([]);
  expect(task.refused(coordinator('law'), 'claim', { department: 'law' }).detail).toContain('中止');
  task.do(office, 'adjustDeadline', { period: 'once', to: '2024-12-31', documentNumber: '八号', text: 't' });
  expect(task.state.periods[0]?.due).toBe('2024-12-31');
});

test('resumed, it sends no storm of what came due meanwhile, and goes on from there', () => {
  const task = new Driven().until('2024-06-06T10:00:00+08:00');
  task.do(office, 'changePhase', change('suspended'));
  task.until('2024-08-26T10:00:00+08:00');
  const before = task.notices('reminder').length;
  task.do(office, 'changePhase', change('running'));
  task.until('2024-08-26T23:00:00+08:00');
  expect(task.notices('reminder')).toHaveLength(before);
  // Four of the five days to claim were left, 6 June among them; 26 August is the first of them again.
  expect(task.state.claim).toMatchObject({ on: '2024-08-29', workingDays: 4 });
  task.until('2024-09-03T10:00:00+08:00');
  const told = task.notices().filter((notice) => notice.to.department === 'law' && notice.at > task.state.phaseSince);
  expect(told.map((notice) => `${isoShanghai(notice.at).slice(0, 10)} ${notice.to.role}`)).toEqual([
    '2024-08-28 coordinator',
    '2024-08-30 head',
    '2024-08-30 coordinator',
    '2024-09-02 head',
  ]);
});

test('a verification that was running goes on with the days that it had left', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  const about = { department: 'law', period: 'once' };
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  task.do(head('law'), 'approveSubmission', about);
  expect(task.state.periods[0]?.submissions[0]?.verify?.on).toBe('2024-07-08');
  task.until('2024-07-04T10:00:00+08:00').do(office, 'changePhase', change('suspended'));
  task.until('2024-08-01T10:00:00+08:00').do(office, 'changePhase', change('running'));
  // Three working days were left: the 4th, the 5th and the 8th of July.
  expect(task.state.periods[0]?.submissions[0]?.verify?.on).toBe('2024-08-05');
  task.until('2024-08-05T23:59:00+08:00');
  expect(task.types()).not.toContain('VerificationBecameOverdue');
  task.until('2024-08-06T00:00:00+08:00');
  expect(task.types()).toContain('VerificationBecameOverdue');
});

test('a date that passed while suspended and was not moved is late when the task goes on', () => {
  const task = new Driven().until('2024-08-01T10:00:00+08:00');
  task.do(office, 'changePhase', change('suspended'));
  task.until('2024-10-08T10:00:00+08:00');
  expect(task.state.periods[0]?.overdue).toEqual([]);
  task.do(office, 'changePhase', change('running'));
  task.until('2024-10-08T10:00:01+08:00');
  expect(task.state.periods[0]?.overdue).toHaveLength(1);
});

test.each(['stopped', 'merged', 'withdrawn'] as const)(
  '%s is an end: by a paper, told to all, open to corrections for a month',
  (phase) => {
    const task = new Driven().until('2024-07-01T10:00:00+08:00');
    const into = phase === 'merged' ? ['task-2'] : [];
    task.do(office, 'changePhase', { ...change(phase), into });
    expect(task.notices('decision').map((notice) => notice.to.department)).toEqual(['law', 'cases']);
    expect(task.refused(office, 'changePhase', change('running')).code).toBe('phase-not-allowed');
    expect(taskDecider.timers(task.state).map((timer) => timer.key)).toEqual(['retire']);
    task.do(office, 'correct', { seq: 1, text: 't', period: null, completedOn: null });
    task.until('2024-08-01T10:00:00+08:00');
    expect(taskDecider.finished(task.state)).toBe(true);
    expect(task.refused(office, 'correct', { seq: 1, text: 't', period: null, completedOn: null }).code).toBe(
      'task-finished',
    );
  },
);

test('merging names the task that goes on with the work', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  expect(task.refused(office, 'changePhase', change('merged')).code).toBe('merge-target-required');
  const [fact] = task.do(office, 'changePhase', { ...change('merged'), into: ['task-2'] });
  expect(fact?.data).toMatchObject({ phase: 'merged', into: ['task-2'] });
});
