import { expect, test } from 'vitest';
import { Driven, coordinator, deputy, head, office } from './fixture.ts';

const about = { department: 'law', period: 'once' };
const declared = () =>
  new Driven({ deadline: { kind: 'declared-done', date: null, every: null, soft: false } }).until(
    '2024-06-10T10:00:00+08:00',
  );
const proof = { ...about, completedOn: '2024-01-08', text: 't', evidence: ['f'] };

test('it owes dated evidence within twenty working days, is reminded like any deadline and late when silent', () => {
  const task = declared();
  expect(task.refused(coordinator('law'), 'submit', { ...proof, evidence: [] }).code).toBe('evidence-required');
  expect(task.refused(coordinator('law'), 'submit', { ...proof, completedOn: null }).code).toBe(
    'completion-date-required',
  );
  task.until('2024-07-04T00:00:00+08:00');
  expect(task.state.periods[0]?.overdue).toHaveLength(1);
});

test('evidence from after the issue does not prove it: the department says 未完成, and the deputy sets the date', () => {
  const task = declared();
  expect(task.refused(coordinator('law'), 'submit', { ...proof, completedOn: '2024-06-05' }).detail).toContain(
    '未完成',
  );
  task.do(coordinator('law'), 'reportUnfinished', { ...about, to: '2024-08-30', text: 't' });
  task.do(deputy, 'decideNewDate', { ...about, outcome: 'approved' });
  expect(task.state.periods[0]).toMatchObject({ intake: 'timed', due: '2024-08-30', dueLimit: null, overdue: [] });
  task.until('2024-08-01T10:00:00+08:00');
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  task.do(head('law'), 'approveSubmission', about);
  task.do(office, 'verify', { ...about, completedOn: null });
  expect(task.state.periods[0]).toMatchObject({ phase: 'closed', completedOn: '2024-08-01' });
});

test('evidence that proves nothing is returned, and a paper sets a date that then counts', () => {
  const task = declared();
  task.do(coordinator('law'), 'submit', proof);
  task.do(head('law'), 'approveSubmission', about);
  expect(task.refused(office, 'verify', { ...about, completedOn: '2024-06-06' }).code).toBe('evidence-after-issue');
  task.do(office, 'returnSubmission', { ...about, text: 't' });
  expect(task.state.periods[0]?.phase).toBe('returned');
  task.do(office, 'adjustDeadline', { period: 'once', to: '2024-09-30', documentNumber: '浦城〔2024〕5号', text: 't' });
  expect(task.state.periods[0]).toMatchObject({ intake: 'timed', due: '2024-09-30', version: 2 });
  task.until('2024-07-10T10:00:00+08:00');
  expect(task.types()).not.toContain('PeriodBecameOverdue');
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  expect(task.state.periods[0]?.submissions[0]?.completedOn).toBe('2024-07-10');
});
