import { describe, expect, test } from 'vitest';
import { comparableName, proposedKind } from '../../../domain/plan-departments/proposed-kind.ts';
import { responsibilitiesOf } from '../../../domain/plan-departments/responsibilities.ts';

test.each([
  ['政策法规处', 'department'],
  ['各处室', 'group'],
  ['各支大队', 'group'],
  ['各地区', 'group'],
  ['局机关各处室', 'group'],
  ['其他有关部门', 'group'],
  ['应立尽立专班', 'task-force'],
  ['安全生产专项工作组', 'task-force'],
  ['文化和旅游部', 'department'],
])('%s is proposed as a %s', (name, kind) => {
  expect(proposedKind(name)).toBe(kind);
});

test('names are compared without regard to width and spaces', () => {
  expect(comparableName('市委编办（市规服办）')).toBe(comparableName('市委编办(市规 服办)'));
});

describe('who owes what', () => {
  const members: Record<string, string[]> = { 各处室: ['法规处', '人事处'] };
  const resolve = (name: string) => ({ department: name, members: members[name] ?? [] });
  const parts = (departments: string[], lead: string[] = []) => {
    const { responsibilities, closers } = responsibilitiesOf({ departments, lead }, resolve);
    return { parts: responsibilities.map(({ department, part, via }) => `${department} ${part} ${via}`), closers };
  };

  test('the first named leads where the text names no lead', () => {
    expect(parts(['法规处', '督察大队'])).toEqual({
      parts: ['法规处 lead null', '督察大队 support null'],
      closers: ['法规处'],
    });
  });

  test('a stated lead leads wherever it stands', () => {
    expect(parts(['法规处', '督察大队'], ['督察大队']).closers).toEqual(['督察大队']);
  });

  test('a leading group is answered for by each member, and closes when all have', () => {
    expect(parts(['各处室', '督察大队'])).toEqual({
      parts: ['法规处 lead 各处室', '人事处 lead 各处室', '督察大队 support null'],
      closers: ['法规处', '人事处'],
    });
  });

  test('a department named beside its group has one part, its own', () => {
    expect(parts(['督察大队', '各处室', '法规处'])).toEqual({
      parts: ['督察大队 lead null', '法规处 support null', '人事处 support 各处室'],
      closers: ['督察大队'],
    });
  });
});
