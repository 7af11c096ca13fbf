import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';

const documents = new URL('../../../../shared/documents/', import.meta.url);

function document(name: string): string | null {
  try {
    return readFileSync(new URL(name, documents), 'utf8');
  } catch {
    return null;
  }
}

const seed = document('pudong-action-plan-2024-47.txt');

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

// The source documents lie beside the checkout and are not part of it: without them there is nothing to hold this to.
describe.runIf(seed !== null)('the reference plan', () => {
  const reading = readPlan({ text: seed ?? '' });

  it('holds 51 tasks, 15 names and 76 responsibilities', () => {
    const names = reading.tasks.flatMap((task) => task.departments);
    expect([reading.tasks.length, new Set(names).size, names.length]).toEqual([51, 15, 76]);
  });

  it('holds 16 yearly, 9 declared done and 26 dated tasks, although every 年 was lost', () => {
    expect(tally(reading.tasks.map((task) => task.deadline.kind))).toEqual({
      recurring: 16,
      'declared-done': 9,
      date: 26,
    });
    expect(tally(reading.tasks.flatMap((task) => task.deadline.date ?? []))).toEqual({
      '2024-03-31': 2,
      '2024-05-31': 1,
      '2024-06-30': 3,
      '2024-08-31': 1,
      '2024-10-31': 1,
      '2024-12-31': 1,
      '2025-06-30': 6,
      '2025-10-31': 11,
    });
    expect(tally(reading.tasks.flatMap((task) => task.deadline.every ?? []))).toEqual({ year: 16 });
  });

  it('lists every repair with its line', () => {
    const repaired = reading.tasks.filter((task) => task.deadline.repaired);
    const listed = reading.problems.filter((problem) => problem.code === 'deadline-repaired');
    expect(listed).toHaveLength(repaired.length);
    expect(reading.problems).toContainEqual(expect.objectContaining({ line: 23, code: 'issue-date-repaired' }));
  });

  it('takes the head of the plan, not of the notice', () => {
    expect(reading).toMatchObject({
      title: '关于浦东城管执法局贯彻落实《提升行政执法质量三年行动计划(2023-2025年)》的意见',
      documentNumber: '浦城执法〔2024〕47号',
      issuedOn: '2024-06-04',
      horizon: { from: '2023-01-01', to: '2025-12-31' },
      evaluations: [
        { kind: 'mid-term', dueOn: '2024-10-31' },
        { kind: 'final', dueOn: '2025-10-31' },
      ],
    });
    expect(reading.goals).toHaveLength(1);
  });

  it('reads an unnumbered heading as no task, and numbers the tasks below it', () => {
    const below = reading.tasks.filter((task) => task.path.includes('(五)'));
    expect(below.map((task) => task.path)).toEqual([
      ['二', '(五)', '¶1'],
      ['二', '(五)', '¶2'],
    ]);
    expect(below.map((task) => task.heading)).toEqual(Array(2).fill('深化统一综合执法系统数字化、智能化建设'));
  });

  it('keeps deadline and target of the sentence beside a yearly annotation', () => {
    const task = reading.tasks.find((candidate) => candidate.source.line === 49);
    expect(task?.deadline.kind).toBe('recurring');
    expect(task?.textDeadlines).toEqual([
      { raw: '原则上于20246月前', date: '2024-06-30', soft: true, repaired: true, alternative: '2024-05-31' },
    ]);
    expect(task?.indicators).toContainEqual(expect.objectContaining({ quantity: 60, unit: '学时', per: '每人每年' }));
  });
});

describe.runIf(seed !== null)('documents without annotations', () => {
  it.each([
    'jiading-rule-of-law-report-2020.txt',
    'mohurd-enforcement-service-2025-12.txt',
    'pudong-standardisation-opinion-2023-42.txt',
    'shanghai-pudong-support-2022-63.txt',
  ])('%s is refused', (name) => {
    const reading = readPlan({ text: document(name) ?? '' });
    expect(reading.tasks).toEqual([]);
    expect(reading.problems.map((problem) => problem.code)).toEqual(['no-annotation']);
  });
});

/** Breaks every line at a width and puts a page number after each 22 lines, as text out of a PDF comes. */
function paged(text: string, width: number): string {
  const lines = text
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : (line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])));
  return lines.map((line, i) => ((i + 1) % 22 === 0 ? `${line}\n\n— ${(i + 1) / 22} —\n` : line)).join('\n');
}

const LAYOUTS: Record<string, (text: string) => string> = {
  'pages of 28 characters a line': (text) => paged(text, 28),
  'pages of 35 characters a line': (text) => paged(text, 35),
  'one line': (text) => text.replaceAll(/\s*\n\s*/gu, ' '),
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'full-width punctuation': (text) =>
    text.replaceAll(/[():;,]/gu, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'square brackets': (text) => text.replaceAll(/\((责任部门[^)]*)\)/gu, '【$1】'),
  'no brackets': (text) => text.replaceAll(/\((责任部门[^)]*)\)/gu, '$1。'),
  'labels on lines of their own': (text) => text.replaceAll(/\((责任部门[^;]*);(完成时间[^)]*)\)/gu, '\n$1\n$2'),
  'spaces inside words': (text) => text.replaceAll('责任部门', '责任 部门').replaceAll('完成时间', '完 成时间'),
};

describe.runIf(seed !== null)('the reference plan laid out otherwise', () => {
  it.each(Object.keys(LAYOUTS))('%s: the same tasks', (name) => {
    const { tasks } = readPlan({ text: LAYOUTS[name]?.(seed ?? '') ?? '' });
    const straight = readPlan({ text: seed ?? '' }).tasks;
    const essence = (list: typeof tasks): unknown[] =>
      list.map(({ path, departments, deadline }) => [
        path.map((label) => label.normalize('NFKC')),
        departments,
        deadline.kind,
        deadline.date,
      ]);
    expect(essence(tasks)).toEqual(essence(straight));
  });
});
