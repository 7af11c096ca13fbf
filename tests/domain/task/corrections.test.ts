import { expect, test } from 'vitest';
import { Driven, coordinator, head, office } from './fixture.ts';

const about = { department: 'law', period: 'once' };

function closed(): Driven {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  task.do(head('law'), 'approveSubmission', about);
  task.do(office, 'verify', { ...about, completedOn: null });
  return task;
}

test('更正 changes what counts and leaves the facts before it as they were', () => {
  const task = closed();
  const before = [...task.events];
  task.do(office, 'correct', { seq: 3, text: 't', period: 'once', completedOn: '2024-06-28' });
  expect(task.state.periods[0]).toMatchObject({ completedOn: '2024-06-28', phase: 'closed' });
  expect(task.events.slice(0, -1)).toEqual(before);
  expect(task.events.at(-1)?.type).toBe('FactCorrected');
});

test('only the date of what is closed can be corrected, by the supervising office, never into the future', () => {
  const task = closed();
  const correction = { seq: 3, text: 't', period: 'once', completedOn: '2024-07-02' };
  expect(task.refused(office, 'correct', correction).code).toBe('date-in-the-future');
  expect(task.refused(head('law'), 'correct', { ...correction, completedOn: null }).status).toBe(403);
  const open = new Driven().until('2024-07-01T10:00:00+08:00');
  expect(open.refused(office, 'correct', { ...correction, completedOn: '2024-06-28' }).code).toBe('period-not-closed');
});

test('a deadline is adjusted by a paper: versions rise, both dates and the number stay', () => {
  const task = new Driven().until('2024-08-15T10:00:00+08:00');
  const adjustment = { period: 'once', to: '2024-12-31', documentNumber: '浦城〔2024〕6号', text: 't' };
  expect(task.refused(office, 'adjustDeadline', { ...adjustment, documentNumber: '  ' }).code).toBe(
    'document-number-required',
  );
  expect(task.refused(office, 'adjustDeadline', { ...adjustment, to: '2024-08-31' }).code).toBe('no-change');
  expect(task.refused(office, 'adjustDeadline', { ...adjustment, to: '9999-12-31' }).code).toBe('bad-date');
  task.do(office, 'adjustDeadline', adjustment);
  expect(task.state.periods[0]).toMatchObject({
    originalDue: '2024-08-31',
    due: '2024-12-31',
    version: 2,
    adjustments: [{ from: '2024-08-31', to: '2024-12-31', documentNumber: '浦城〔2024〕6号' }],
  });
  task.until('2024-09-30T10:00:00+08:00');
  expect(task.types()).not.toContain('PeriodBecameOverdue');
});

test('late, then moved: the lateness stays an event beside the new date', () => {
  const task = new Driven().until('2024-09-03T10:00:00+08:00');
  task.do(office, 'adjustDeadline', { period: 'once', to: '2024-10-31', documentNumber: '六号', text: 't' });
  task.until('2024-11-01T00:00:00+08:00');
  expect(task.state.periods[0]?.overdue.map((each) => each.version)).toEqual([1, 2]);
});
