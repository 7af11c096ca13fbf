import { expect, test } from 'vitest';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { Driven, coordinator, head, office } from './fixture.ts';

const claimNotices = (task: Driven, department: string) =>
  task
    .notices()
    .filter((notice) => notice.to.department === department && JSON.stringify(notice.data).includes('"claim'))
    .map((notice) => `${isoShanghai(notice.at).slice(0, 16)} ${notice.kind} ${notice.to.role}`);

test('five working days to claim, across Dragon Boat; a claim ends the reminders of that department alone', () => {
  const task = new Driven();
  expect(task.state.claim).toMatchObject({ on: '2024-06-12', workingDays: 5 });
  task.until('2024-06-05T10:00:00+08:00').do(coordinator('law'), 'claim', { department: 'law' });
  task.until('2024-06-30T10:00:00+08:00');
  expect(claimNotices(task, 'law')).toEqual([]);
  expect(claimNotices(task, 'cases')).toEqual([
    '2024-06-11T09:00 reminder coordinator',
    '2024-06-13T09:00 escalation head',
  ]);
  expect(task.refused(coordinator('law'), 'claim', { department: 'law' }).code).toBe('already-claimed');
  // Late, and still to be claimed: the head may do it as well.
  task.do(head('cases'), 'claim', { department: 'cases' });
  expect(task.state.responsibilities.every((part) => part.claimedAt !== null)).toBe(true);
});

test('an objection stops the reminders until it is decided; rejected, the department has its days from the decision', () => {
  const task = new Driven().until('2024-06-05T10:00:00+08:00');
  task.do(coordinator('cases'), 'dispute', { department: 'cases', text: 't' });
  expect(task.refused(coordinator('cases'), 'dispute', { department: 'cases', text: 't' }).code).toBe(
    'already-disputed',
  );
  task.until('2024-06-20T10:00:00+08:00');
  expect(claimNotices(task, 'cases')).toEqual([]);
  task.do(office, 'decideDispute', { department: 'cases', outcome: 'rejected', to: null, documentNumber: null });
  task.until('2024-07-10T10:00:00+08:00');
  // Five working days from 20 June end on the 27th.
  expect(claimNotices(task, 'cases')).toEqual([
    '2024-06-26T09:00 reminder coordinator',
    '2024-06-28T09:00 escalation head',
  ]);
});

test('upheld for the lead, the part goes to another department by a paper, which claims it in days of its own', () => {
  const task = new Driven().until('2024-06-11T10:00:00+08:00');
  task.do(coordinator('law'), 'dispute', { department: 'law', text: 't' });
  const upheld = { department: 'law', outcome: 'upheld' as const, to: 'traffic', documentNumber: '沪浦城〔2024〕1号' };
  expect(task.refused(office, 'decideDispute', { ...upheld, documentNumber: ' ' }).code).toBe(
    'document-number-required',
  );
  expect(task.refused(office, 'decideDispute', { ...upheld, to: null }).code).toBe('lead-needed');
  expect(task.refused(office, 'decideDispute', { ...upheld, to: 'law' }).code).toBe('same-department');
  expect(task.refused(coordinator('law'), 'decideDispute', upheld).status).toBe(403);
  task.until('2024-06-14T10:00:00+08:00').do(office, 'decideDispute', upheld);
  expect(task.state.closers).toEqual(['traffic']);
  expect(task.state.responsibilities).toMatchObject([
    { department: 'traffic', part: 'lead', claimedAt: null, ownClaim: { limit: { on: '2024-06-21' } } },
    { department: 'cases' },
  ]);
  task.until('2024-06-30T10:00:00+08:00');
  expect(claimNotices(task, 'traffic')).toEqual([
    '2024-06-20T09:00 reminder coordinator',
    '2024-06-24T09:00 escalation head',
  ]);
  expect(task.refused(coordinator('law'), 'claim', { department: 'law' }).status).toBe(403);
});

test('upheld in favour of a department that has a part already, the weightier part remains', () => {
  const task = new Driven().until('2024-06-05T10:00:00+08:00');
  task.do(coordinator('law'), 'dispute', { department: 'law', text: 't' });
  task.do(office, 'decideDispute', { department: 'law', outcome: 'upheld', to: 'cases', documentNumber: '一号' });
  expect(task.state.responsibilities).toMatchObject([{ department: 'cases', part: 'lead' }]);
  expect(task.state.closers).toEqual(['cases']);
});

test('a supporting department whose objection is upheld is let go; who has claimed cannot object any more', () => {
  const task = new Driven().until('2024-06-05T10:00:00+08:00');
  task.do(coordinator('law'), 'claim', { department: 'law' });
  expect(task.refused(coordinator('law'), 'dispute', { department: 'law', text: 't' }).code).toBe('already-claimed');
  task.do(coordinator('cases'), 'dispute', { department: 'cases', text: 't' });
  task.do(office, 'decideDispute', { department: 'cases', outcome: 'upheld', to: null, documentNumber: '一号' });
  expect(task.state.responsibilities.map((part) => part.department)).toEqual(['law']);
  expect(
    task.refused(office, 'decideDispute', { department: 'law', outcome: 'rejected', to: null, documentNumber: null })
      .code,
  ).toBe('not-disputed');
});
