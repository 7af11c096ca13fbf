import { expect, test } from 'vitest';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { Driven, coordinator, deputy, director, head } from './fixture.ts';

const sent = (task: Driven, kinds: string[]) =>
  task
    .notices()
    .filter((notice) => kinds.includes(notice.kind))
    .map((notice) => `${isoShanghai(notice.at).slice(0, 16)} ${notice.to.department}/${notice.to.role}`);

test('a silent task is reminded before its deadline, escalated after it, and each rung falls on a working morning', () => {
  const task = new Driven().until('2024-12-31T00:00:00+08:00');
  expect(sent(task, ['reminder', 'escalation', 'supervision-order'])).toEqual([
    // Five working days from 4 June 2024 end on 12 June: the 10th is Dragon Boat.
    '2024-06-11T09:00 law/coordinator',
    '2024-06-11T09:00 cases/coordinator',
    '2024-06-13T09:00 law/head',
    '2024-06-13T09:00 cases/head',
    // Due on Saturday 31 August: 30 days before is 1 August, 7 days before Saturday 24 moves to Friday 23.
    '2024-08-01T09:00 law/coordinator',
    '2024-08-01T09:00 cases/coordinator',
    '2024-08-23T09:00 law/coordinator',
    '2024-08-23T09:00 cases/coordinator',
    // The day before and the day itself both move to Friday 30 and merge into one notice.
    '2024-08-30T09:00 law/coordinator',
    '2024-08-30T09:00 cases/coordinator',
    '2024-09-02T09:00 law/head',
    '2024-09-02T09:00 cases/head',
    '2024-09-10T09:00 bureau/supervising-office',
    // Fifteen working days after 31 August, across Mid-Autumn (15 to 17) and the make-up Saturday of 14 September.
    '2024-09-23T09:00 bureau/director',
  ]);
  const merged = task.notices('reminder').find((notice) => isoShanghai(notice.at).startsWith('2024-08-30'));
  expect((merged?.data as { rungs: { rung: string }[] } | undefined)?.rungs.map((rung) => rung.rung)).toEqual([
    'before-1',
    'due-day',
  ]);
  expect(task.types().filter((type) => type === 'PeriodBecameOverdue')).toHaveLength(1);
  expect(task.state.orders).toHaveLength(1);
});

test('rungs missed in an outage become one notice a mailbox, which says when each was due', () => {
  const task = new Driven().until('2024-07-01T00:00:00+08:00').sleepUntil('2024-09-05T10:00:00+08:00');
  const late = task.notices().filter((notice) => isoShanghai(notice.at).startsWith('2024-09-05'));
  expect(late.map((notice) => `${notice.to.department}/${notice.to.role}`).toSorted()).toEqual([
    'cases/coordinator',
    'cases/head',
    'law/coordinator',
    'law/head',
  ]);
  const law = late.find((notice) => notice.to.department === 'law' && notice.to.role === 'coordinator');
  expect(
    (law?.data as { rungs: { dueAt: number }[] } | undefined)?.rungs.map((rung) =>
      isoShanghai(rung.dueAt).slice(0, 10),
    ),
  ).toEqual(['2024-08-01', '2024-08-23', '2024-08-30', '2024-08-30']);
});

test('no rung older than go-live ever fires, and what was due before issue is neither reminded nor late', () => {
  const task = new Driven({ deadline: { kind: 'date', date: '2024-03-31', every: null, soft: false } });
  task.until('2026-01-01T00:00:00+08:00');
  expect(sent(task, ['reminder', 'escalation', 'supervision-order'])).toEqual([]);
  expect(task.types()).toEqual(['TaskAssigned', 'EntryWindowClosed']);
  expect(task.state.periods[0]?.intake).toBe('before-issue');
});

test('a granted extension is a new deadline version with its own rungs, none from before the decision', () => {
  const task = new Driven().until('2024-08-20T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', { department: 'law', period: 'once', to: '2024-09-10', text: 't1' });
  task.do(deputy, 'decideExtension', { department: 'law', period: 'once', outcome: 'approved', minutes: null });
  task.until('2024-09-11T12:00:00+08:00');
  const after = sent(task, ['reminder', 'escalation']).filter((line) => line >= '2024-08-20' && line.includes('law/'));
  expect(after).toEqual([
    '2024-09-03T09:00 law/coordinator',
    '2024-09-09T09:00 law/coordinator',
    '2024-09-10T09:00 law/coordinator',
    '2024-09-11T09:00 law/head',
  ]);
  expect(task.state.periods[0]).toMatchObject({ originalDue: '2024-08-31', due: '2024-09-10', version: 2 });
});

test('lateness waits while a timely request is undecided, rises to the next level, and counts from the original date when refused', () => {
  const task = new Driven().until('2024-08-30T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', { department: 'law', period: 'once', to: '2024-10-31', text: 't1' });
  task.until('2024-09-06T10:00:00+08:00');
  expect(task.types()).toContain('ExtensionRaised');
  expect(task.types()).not.toContain('PeriodBecameOverdue');
  expect(
    task.refused(deputy, 'decideExtension', { department: 'law', period: 'once', outcome: 'refused', minutes: null })
      .status,
  ).toBe(403);
  task.do(director, 'decideExtension', { department: 'law', period: 'once', outcome: 'refused', minutes: null });
  task.until('2024-09-06T10:00:01+08:00');
  const overdue = task.events.find((event) => event.type === 'PeriodBecameOverdue');
  expect(overdue?.data).toMatchObject({ due: '2024-08-31' });
});

test('what is handed in is not reminded; returned after the deadline it is late from that deadline', () => {
  const task = new Driven().until('2024-08-15T10:00:00+08:00');
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('law'), 'submit', {
    department: 'law',
    period: 'once',
    completedOn: null,
    text: 't1',
    evidence: [],
  });
  task.do(head('law'), 'approveSubmission', { department: 'law', period: 'once' });
  task.until('2024-09-02T08:00:00+08:00');
  expect(sent(task, ['reminder']).filter((line) => line >= '2024-08-15T12' && line.includes('law/'))).toEqual([]);
  expect(task.types()).not.toContain('PeriodBecameOverdue');
});
