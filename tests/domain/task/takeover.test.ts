import { expect, test } from 'vitest';
import { endOfDayMs } from '../../../domain/working-time/instants.ts';
import { Driven, coordinator, deputy, head, office } from './fixture.ts';

const about = { department: 'law', period: 'once' };
/** Issued on 4 June, live on 2 September: 31 August lies between. */
const between = { goLive: '2024-09-02' };
const taken = () => new Driven(between, '2024-09-02T08:00:00+08:00');

function entered(task: Driven, completedOn: string): void {
  task.do(coordinator('law'), 'submit', { ...about, completedOn, text: 't', evidence: ['f'] });
  task.do(head('law'), 'approveSubmission', about);
}

test('due between issue and go-live it waits to be entered, without a reminder and without a claim', () => {
  const task = taken();
  expect(task.state).toMatchObject({ claim: null, periods: [{ intake: 'before-go-live', phase: 'awaiting-entry' }] });
  task.until('2024-09-14T10:00:00+08:00');
  expect(task.notices()).toEqual([]);
});

test('entered and proved in time it was never late, with the date of the evidence as the verifier confirms it', () => {
  const task = taken().until('2024-09-05T10:00:00+08:00');
  entered(task, '2024-08-20');
  expect(task.state.periods[0]?.phase).toBe('entry-review');
  task.do(office, 'verify', { ...about, completedOn: '2024-08-25' });
  expect(task.state.periods[0]).toMatchObject({ phase: 'closed', completedOn: '2024-08-25', overdue: [] });
});

test('proved with a date after its deadline it was late, from that deadline', () => {
  const task = taken().until('2024-09-05T10:00:00+08:00');
  entered(task, '2024-09-01');
  task.do(office, 'verify', { ...about, completedOn: null });
  const late = task.events.find((event) => event.type === 'PeriodBecameOverdue');
  expect(late?.data).toMatchObject({ due: '2024-08-31', dueAt: endOfDayMs('2024-08-31'), soft: false });
  expect(task.state.periods[0]).toMatchObject({ phase: 'closed', completedOn: '2024-09-01' });
});

test('unproved when the window closes it is late, once; returned afterwards it is not late twice', () => {
  const task = taken();
  // Ten working days from 2 September, across Mid-Autumn with its working Saturday.
  expect(task.state.periods[0]?.entry?.on).toBe('2024-09-14');
  task.until('2024-09-15T00:00:00+08:00');
  expect(task.types()).toEqual(['TaskAssigned', 'EntryWindowClosed', 'PeriodBecameOverdue']);
  task.until('2024-09-20T10:00:00+08:00');
  entered(task, '2024-09-19');
  task.do(office, 'returnSubmission', { ...about, text: 't' });
  expect(task.state.periods[0]?.phase).toBe('awaiting-entry');
  entered(task, '2024-09-18');
  task.do(office, 'verify', { ...about, completedOn: null });
  expect(task.types().filter((type) => type === 'PeriodBecameOverdue')).toHaveLength(1);
});

test('handed in within the window and returned after it, it is late at once', () => {
  const task = taken().until('2024-09-05T10:00:00+08:00');
  entered(task, '2024-08-20');
  task.until('2024-09-20T10:00:00+08:00');
  expect(task.types()).not.toContain('EntryWindowClosed');
  task.do(office, 'returnSubmission', { ...about, text: 't' });
  task.until('2024-09-20T10:00:01+08:00');
  expect(task.types().slice(-2)).toEqual(['EntryWindowClosed', 'PeriodBecameOverdue']);
});

test('due before issue and unanswered: the window closes, and there is no lateness whatever comes later', () => {
  const task = new Driven({ deadline: { kind: 'date', date: '2024-05-31', every: null, soft: false } });
  expect(task.state.periods[0]?.entry?.on).toBe('2024-06-19');
  task.until('2024-07-01T10:00:00+08:00');
  entered(task, '2024-06-15');
  task.do(office, 'verify', { ...about, completedOn: null });
  expect(task.types()).not.toContain('PeriodBecameOverdue');
  expect(task.state.periods[0]).toMatchObject({ completedOn: '2024-06-15', originalDue: '2024-05-31' });
});

test('未完成 is an answer in time: the window waits for the deputy, and closes when the new date is refused', () => {
  const task = new Driven({ deadline: { kind: 'date', date: '2024-03-31', every: null, soft: false } });
  task.until('2024-06-18T10:00:00+08:00');
  const unfinished = { ...about, to: '2024-09-30', text: 't' };
  task.do(coordinator('law'), 'reportUnfinished', unfinished);
  expect(task.refused(coordinator('law'), 'reportUnfinished', unfinished).code).toBe('new-date-pending');
  task.until('2024-06-25T10:00:00+08:00');
  expect(task.types()).not.toContain('EntryWindowClosed');
  task.do(deputy, 'decideNewDate', { ...about, outcome: 'refused' });
  task.until('2024-06-25T10:00:01+08:00');
  expect(task.types()).toContain('EntryWindowClosed');
  task.do(coordinator('law'), 'reportUnfinished', unfinished);
  task.until('2024-10-08T10:00:00+08:00');
  expect(task.refused(deputy, 'decideNewDate', { ...about, outcome: 'approved' }).code).toBe('date-in-the-past');
});

test('a new date for what was missed before go-live counts from then on, and the miss stays recorded', () => {
  const task = taken().until('2024-09-05T10:00:00+08:00');
  task.do(coordinator('law'), 'reportUnfinished', { ...about, to: '2024-10-31', text: 't' });
  expect(task.refused(coordinator('law'), 'decideNewDate', { ...about, outcome: 'approved' }).status).toBe(403);
  task.do(deputy, 'decideNewDate', { ...about, outcome: 'approved' });
  expect(task.state.periods[0]).toMatchObject({
    intake: 'timed',
    phase: 'in-progress',
    originalDue: '2024-08-31',
    due: '2024-10-31',
    version: 2,
    overdue: [{ version: 1 }],
  });
  // Nobody asked for a claim of what was handed over for entry, so none is missing now.
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  expect(task.state.periods[0]?.submissions[0]?.completedOn).toBe('2024-09-05');
});
