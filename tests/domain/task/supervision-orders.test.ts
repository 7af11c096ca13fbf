import { expect, test } from 'vitest';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { Driven, coordinator, deputy, directorOffice, head, office } from './fixture.ts';

/** Due on Saturday 31 August; the order is drafted on 10 September. */
const drafted = () => new Driven().until('2024-09-10T10:00:00+08:00');

test('seven working days after the deadline an order is drafted, a leader signs it, and its reply has a limit', () => {
  const task = drafted();
  expect(task.state.orders).toMatchObject([{ id: 'order-1', period: 'once', signedAt: null }]);
  expect(
    task.refused(coordinator('law'), 'replyToOrder', { order: 'order-1', department: 'law', text: 't' }).code,
  ).toBe('not-signed');
  expect(task.refused(office, 'signOrder', { order: 'order-1' }).status).toBe(403);
  task.do(deputy, 'signOrder', { order: 'order-1' });
  // Five working days across the working Saturday of 14 September and Mid-Autumn.
  expect(task.state.orders[0]?.reply?.on).toBe('2024-09-18');
  task.until('2024-09-20T10:00:00+08:00');
  const reply = task
    .notices()
    .filter((notice) => JSON.stringify(notice.data).includes('order/order-1'))
    .map((notice) => `${isoShanghai(notice.at).slice(0, 10)} ${notice.to.department}/${notice.to.role}`);
  expect(reply).toEqual(['2024-09-14 law/head', '2024-09-19 bureau/director']);
  expect(task.state.orders[0]?.replyOverdueAt).not.toBeNull();
});

test('an answered order is closed by the supervising office, and answered once', () => {
  const task = drafted();
  task.do(deputy, 'signOrder', { order: 'order-1' });
  expect(task.refused(office, 'closeOrder', { order: 'order-1' }).code).toBe('not-replied');
  const reply = { order: 'order-1', department: 'law', text: 't' };
  task.do(head('law'), 'replyToOrder', reply);
  expect(task.refused(head('law'), 'replyToOrder', reply).code).toBe('already-replied');
  task.do(office, 'closeOrder', { order: 'order-1' });
  expect(task.refused(deputy, 'signOrder', { order: 'order-1' }).code).toBe('order-closed');
  task.until('2024-10-30T10:00:00+08:00');
  expect(task.types()).not.toContain('SupervisionReplyBecameOverdue');
});

test('signed on paper, the order keeps who signed and the scan', () => {
  const task = drafted();
  const paper = { decidedBy: 'leader-1', decidedOn: '2024-09-10', file: 'scan' };
  expect(task.refused(directorOffice, 'signOrder', { order: 'order-1' }).code).toBe('paper-required');
  expect(task.refused(directorOffice, 'signOrder', { order: 'order-1' }, { ...paper, file: '' }).code).toBe(
    'paper-required',
  );
  task.do(directorOffice, 'signOrder', { order: 'order-1' }, paper);
  expect(task.state.orders[0]).toMatchObject({ signedBy: 'leader-1', paper });
});

test('one order at a time for a period, whether a person or the ladder drafts it', () => {
  const task = new Driven().until('2024-09-03T10:00:00+08:00');
  task.do(office, 'draftOrder', { period: 'once' });
  expect(task.refused(office, 'draftOrder', { period: 'once' }).code).toBe('order-open');
  task.until('2024-09-12T10:00:00+08:00');
  expect(task.state.orders).toHaveLength(1);
  expect(task.notices('supervision-order')).toHaveLength(1);
});

test('a draft that is not needed is closed unsigned; none is drafted for a period that has not begun', () => {
  const task = drafted();
  task.do(office, 'closeOrder', { order: 'order-1' });
  expect(task.state.orders[0]).toMatchObject({ signedAt: null, closedAt: task.now });
  const yearly = new Driven({ deadline: { kind: 'recurring', date: null, every: 'year', soft: false } });
  expect(yearly.refused(office, 'draftOrder', { period: '2025' }).code).toBe('period-not-open');
});
