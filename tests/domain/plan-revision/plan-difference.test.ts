import { expect, test } from 'vitest';
import { planDifference, type ComparableItem } from '../../../domain/plan-revision/plan-difference.ts';

function item(id: string, text: string, change: Partial<ComparableItem> = {}): ComparableItem {
  return {
    id,
    path: ['一', id],
    text,
    departments: ['法规处'],
    lead: ['法规处'],
    deadline: { kind: 'date', date: '2025-06-30', every: null },
    ...change,
  };
}

const TRAINING = '定期开展局系统各级领导干部法治专题培训，加强党组织建设。';
const RECORDS = '全面落实执法全过程记录制度，每季度抽查一次记录的完整性。';
const CREDIT = '完善以信用为基础的监管机制，规范涉企行政检查。';

test('equal plans have no difference, whatever the numbers of their items', () => {
  const before = [item('a', TRAINING), item('b', RECORDS)];
  const after = [item('x', RECORDS, { path: ['二'] }), item('y', TRAINING, { path: ['三'] })];
  const { matched, added, dropped, merged } = planDifference(before, after);
  expect(
    matched.map(({ from, to, textChanged, deadline, departments }) => ({
      from,
      to,
      textChanged,
      deadline,
      departments,
    })),
  ).toEqual([
    { from: 'a', to: 'y', textChanged: false, deadline: null, departments: null },
    { from: 'b', to: 'x', textChanged: false, deadline: null, departments: null },
  ]);
  expect({ added, dropped, merged }).toEqual({ added: [], dropped: [], merged: [] });
});

test('a reworded task with a moved date and another lead is the same task', () => {
  const moved = item('x', TRAINING.replace('定期', '每半年').replace('，加强党组织建设', ''), {
    departments: ['政治处', '法规处'],
    lead: ['政治处'],
    deadline: { kind: 'date', date: '2025-12-31', every: null },
  });
  const { matched } = planDifference([item('a', TRAINING)], [moved]);
  expect(matched).toMatchObject([
    {
      from: 'a',
      to: 'x',
      textChanged: true,
      deadline: { from: { date: '2025-06-30' }, to: { date: '2025-12-31' } },
      departments: { added: ['政治处'], removed: [], leadFrom: ['法规处'], leadTo: ['政治处'] },
    },
  ]);
});

test('what has no like is added or dropped', () => {
  const { matched, added, dropped } = planDifference([item('a', TRAINING)], [item('x', CREDIT)]);
  expect({ matched, added, dropped }).toEqual({ matched: [], added: ['x'], dropped: ['a'] });
});

test('a task whose words stand inside another one is merged into it', () => {
  const { matched, dropped, merged } = planDifference(
    [item('a', TRAINING), item('b', RECORDS)],
    [item('x', `${RECORDS}${TRAINING}`)],
  );
  expect(matched.map(({ to }) => to)).toEqual(['x']);
  expect(merged).toHaveLength(1);
  expect(merged[0]?.into).toBe('x');
  expect(new Set([matched[0]?.from, merged[0]?.from])).toEqual(new Set(['a', 'b']));
  expect(dropped).toEqual([]);
});

test('of two like tasks each finds its own', () => {
  const one = '组织第一批街镇中队开展规范化试点，形成可推广的做法。';
  const two = '组织第二批街镇中队开展规范化试点，形成可推广的做法。';
  const { matched } = planDifference([item('a', one), item('b', two)], [item('x', two), item('y', one)]);
  expect(matched.map(({ from, to }) => `${from}→${to}`)).toEqual(['a→y', 'b→x']);
});

test('an empty plan drops everything or adds everything', () => {
  expect(planDifference([item('a', TRAINING)], []).dropped).toEqual(['a']);
  expect(planDifference([], [item('x', TRAINING)]).added).toEqual(['x']);
});
