import { describe, expect, test } from 'vitest';
import { deadlineWords } from '../../../domain/papers/deadline-words.ts';
import {
  extensionPaper,
  handoverPaper,
  numberText,
  orderPaper,
  type ExtensionRequestRecord,
  type WordedTask,
} from '../../../domain/papers/task-papers.ts';
import { freshPart } from '../../../domain/task/decide-duties.ts';
import type { TaskOpening } from '../../../domain/task/open-task.ts';
import type { TaskState } from '../../../domain/task/task-state.ts';
import { parseInstant } from '../../../domain/working-time/instants.ts';
import { Driven } from '../task/fixture.ts';

const PLAN = { title: '行动计划', documentNumber: null };
const nameOf = (id: string): string => `名${id}`;
const about = { plan: PLAN, nameOf, issuer: '综合协调处' };

function opened(deadline: Partial<TaskOpening['deadline']>): TaskState {
  const changes: Partial<TaskOpening> = {
    deadline: { kind: 'date', date: null, every: null, soft: false, ...deadline },
    responsibilities: [freshPart('d1', 'support'), freshPart('d2', 'lead'), freshPart('d3', 'support')],
    closers: ['d2'],
    goLive: '2024-07-01',
  };
  return new Driven(changes, '2024-07-01T08:00:00+08:00').state;
}

function worded(state: TaskState): WordedTask {
  return { state, path: ['二', '(一)', '1', '¶2'], text: '内容', deadlineRaw: '' };
}

test('a task is numbered as the plan numbers it', () => {
  expect(numberText(['二', '(一)', '1', '¶2'])).toBe('二（一）1第2段');
});

describe('deadlines in words', () => {
  test.each<[string, TaskState, string, string]>([
    ['a date', opened({ date: '2025-06-30' }), '2025年6月', '2025年6月30日'],
    ['a soft date', opened({ date: '2025-06-30', soft: true }), '', '原则上2025年6月30日'],
    ['every year', opened({ kind: 'recurring', every: 'year' }), '每年', '每年：2024年12月31日、2025年12月31日'],
    ['ongoing', opened({ kind: 'ongoing' }), '长期坚持', '长期坚持，按月报告'],
  ])('%s', (_name, state, raw, words) => {
    expect(deadlineWords(state, raw)).toBe(words);
  });

  test('many periods are counted', () => {
    expect(deadlineWords(opened({ kind: 'recurring', every: 'month' }), '每月')).toMatch(
      /^每月：共19期，2024年6月30日起，2025年12月31日止$/,
    );
  });

  test('what was due before issue or go-live, and what is declared done, names its window', () => {
    expect(deadlineWords(opened({ date: '2024-03-31' }), '')).toBe(
      '2024年3月31日；已过期限，于2024年7月15日前补录完成情况',
    );
    expect(deadlineWords(opened({ date: '2024-06-30' }), '')).toContain('已过期限，于2024年');
    expect(deadlineWords(opened({ kind: 'declared-done' }), '已建立')).toMatch(/^已建立；于2024年7月\d+日前报送佐证$/);
  });
});

test('the handover says each part and names the others, leads first', () => {
  const state = opened({ date: '2025-06-30' });
  const paper = handoverPaper(about, 'd3', [worded(state)]);
  expect(paper).toMatchObject({
    department: '名d3',
    issuedOn: '2024-07-01',
    claimBy: state.claim?.on,
    tasks: [{ part: 'support', others: ['名d2', '名d1'], deadline: '2025年6月30日' }],
  });
  expect(handoverPaper(about, 'd9', [worded(state)])).toBeNull();
});

describe('the order', () => {
  const state = opened({ date: '2024-07-31' });
  const order = {
    id: 'order-1',
    period: 'once',
    draftedAt: parseInstant('2024-08-09T09:00:00+08:00'),
    signedAt: null,
    signedBy: null,
    paper: null,
    reply: null,
    repliedAt: null,
    replyOverdueAt: null,
    fired: [],
    closedAt: null,
  };
  const words = { order: 'order-1', today: '2024-08-12', lastWord: null, reply: null };

  test('a draft counts lateness up to today and goes to those who must close the task', () => {
    const paper = orderPaper(about, worded({ ...state, orders: [order] }), words);
    expect(paper).toMatchObject({ departments: ['名d2'], daysLate: 12, signedOn: null, replyBy: null });
  });

  test('a signed one keeps the day of its signature for ever', () => {
    const signed = {
      ...order,
      signedAt: parseInstant('2024-08-10T10:00:00+08:00'),
      reply: { from: '2024-08-10', workingDays: 5, on: '2024-08-16', provisional: false },
    };
    const paper = orderPaper(about, worded({ ...state, orders: [signed] }), { ...words, today: '2025-01-01' });
    expect(paper).toMatchObject({ daysLate: 10, signedOn: '2024-08-10', replyBy: '2024-08-16' });
  });

  test('an unknown order is none', () => {
    expect(orderPaper(about, worded(state), words)).toBeNull();
  });
});

describe('the extension form', () => {
  const state = opened({ date: '2024-07-31' });
  const request: ExtensionRequestRecord = {
    department: 'd2',
    on: '2024-07-20',
    to: '2024-09-30',
    reason: '理由',
    level: 'deputy',
    decision: null,
  };

  test('a pending request stands beside the deadline that counts', () => {
    expect(extensionPaper(about, worded(state), { period: 'once', request })).toMatchObject({
      department: '名d2',
      due: '2024-07-31',
      level: '分管局领导',
      earlier: [],
      decision: null,
    });
  });

  test('a granted request is not its own predecessor: the form shows the date that it moved', () => {
    const [period] = state.periods;
    const granted = {
      ...state,
      periods: [
        {
          ...period!,
          due: '2024-09-30',
          extensions: [
            {
              from: '2024-07-31',
              to: '2024-09-30',
              decidedAt: parseInstant('2024-07-22T10:00:00+08:00'),
              level: 'deputy' as const,
            },
          ],
        },
      ],
    };
    const decision = { outcome: 'approved' as const, on: '2024-07-22', minutes: null };
    const paper = extensionPaper(about, worded(granted), { period: 'once', request: { ...request, decision } });
    expect(paper).toMatchObject({ due: '2024-07-31', earlier: [], decision });
  });

  test('without a request it names who would decide first; an unknown period is none', () => {
    const blank = extensionPaper(about, worded(state), { period: 'once', request: null });
    expect(blank).toMatchObject({ request: null, level: '分管局领导', department: '名d2' });
    expect(extensionPaper(about, worded(state), { period: '2031', request: null })).toBeNull();
  });
});
