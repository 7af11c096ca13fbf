import { expect, test } from 'vitest';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { Driven, coordinator, office } from './fixture.ts';

function claimed(): Driven {
  const task = new Driven().until('2024-06-05T10:00:00+08:00');
  for (const department of ['law', 'cases']) task.do(coordinator(department), 'claim', { department });
  return task;
}

const plan = (milestones: { on: string; text: string }[]) => ({
  department: 'law',
  text: 'measures',
  measures: 3,
  milestones,
});

test('a breakdown follows the claim, and its milestones have clocks of their own', () => {
  const fresh = new Driven().until('2024-06-05T10:00:00+08:00');
  expect(fresh.refused(coordinator('law'), 'breakDown', plan([])).code).toBe('not-claimed');
  const task = claimed();
  expect(task.refused(coordinator('law'), 'breakDown', plan([{ on: '2024-02-30', text: 'm' }])).code).toBe('bad-date');
  task.do(coordinator('law'), 'breakDown', plan([{ on: '2024-07-15', text: 'm1' }]));
  task.until('2024-07-20T10:00:00+08:00');
  const milestone = task
    .notices()
    .filter((notice) => JSON.stringify(notice.data).includes('sub/item-1'))
    .map((notice) => `${isoShanghai(notice.at).slice(0, 16)} ${notice.to.department}/${notice.to.role}`);
  expect(milestone).toEqual([
    '2024-07-08T09:00 law/coordinator',
    '2024-07-15T09:00 law/coordinator',
    '2024-07-16T09:00 law/head',
  ]);
  expect(task.state.subItems[0]).toMatchObject({ doneOn: null, overdueAt: expect.any(Number) });
  expect(task.state.periods[0]?.overdue).toEqual([]);
});

test('a new breakdown replaces open milestones and keeps the ones reached', () => {
  const task = claimed();
  task.do(
    coordinator('law'),
    'breakDown',
    plan([
      { on: '2024-07-15', text: 'm1' },
      { on: '2024-08-15', text: 'm2' },
    ]),
  );
  expect(
    task.refused(coordinator('cases'), 'completeSubItem', { department: 'cases', item: 'item-1', on: '2024-06-05' })
      .code,
  ).toBe('not-your-department');
  task.do(coordinator('law'), 'completeSubItem', { department: 'law', item: 'item-1', on: '2024-06-05' });
  task.do(coordinator('law'), 'breakDown', plan([{ on: '2024-08-20', text: 'm3' }]));
  expect(task.state.subItems.map(({ id, text, doneOn }) => ({ id, text, doneOn }))).toEqual([
    { id: 'item-1', text: 'm1', doneOn: '2024-06-05' },
    { id: 'item-3', text: 'm3', doneOn: null },
  ]);
  expect(
    task.refused(coordinator('law'), 'completeSubItem', { department: 'law', item: 'item-1', on: '2024-06-05' }).code,
  ).toBe('already-done');
});

test('a deadline inside the sentence gets a clock once the supervising office confirms it, and only once', () => {
  const task = claimed();
  const item = { origin: 'text' as const, text: '7月底前', due: '2024-07-31', soft: false };
  expect(task.refused(coordinator('law'), 'confirmSubItem', item).status).toBe(403);
  task.do(office, 'confirmSubItem', item);
  expect(task.refused(office, 'confirmSubItem', item).code).toBe('sub-item-exists');
  task.until('2024-08-05T10:00:00+08:00');
  expect(task.state.subItems[0]?.overdueAt).not.toBeNull();
  const heads = task.notices('escalation').filter((notice) => JSON.stringify(notice.data).includes('sub/item-1'));
  expect(heads.map((notice) => notice.to.department)).toEqual(['law', 'cases']);
});

test('a milestone that had passed before it was set is history: neither reminded nor late', () => {
  const task = claimed();
  task.do(coordinator('law'), 'breakDown', plan([{ on: '2024-06-04', text: 'm1' }]));
  task.until('2024-06-12T10:00:00+08:00');
  expect(task.state.subItems[0]?.overdueAt).toBeNull();
  expect(task.notices().filter((notice) => JSON.stringify(notice.data).includes('sub/'))).toEqual([]);
});

test('every responsible department reports, the latest word stays on its part', () => {
  const task = claimed();
  const report = {
    department: 'cases',
    status: 'lagging' as const,
    text: 'r1',
    indicators: [{ id: 'i', value: 12.5 }],
  };
  const [fact] = task.do(coordinator('cases'), 'reportProgress', report);
  expect(fact?.data).toEqual(report);
  expect(task.state.responsibilities[1]?.lastReport).toMatchObject({ status: 'lagging', text: 'r1' });
  expect(task.refused(coordinator('cases'), 'reportProgress', { ...report, department: 'law' }).status).toBe(403);
});

test('evidence is dated in the past, belongs to a period that exists, and may follow the closing', () => {
  const task = claimed();
  const file = { department: 'law', file: 'f', on: '2024-06-05', period: 'once' };
  expect(task.refused(coordinator('law'), 'attachEvidence', { ...file, on: '2024-06-06' }).code).toBe(
    'date-in-the-future',
  );
  expect(task.refused(coordinator('law'), 'attachEvidence', { ...file, period: 'twice' }).code).toBe('no-such-period');
  task.do(coordinator('law'), 'attachEvidence', file);
  expect(task.types()).toContain('EvidenceAttached');
});
