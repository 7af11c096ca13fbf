import { expect, test } from 'vitest';
import { DrivenSheet } from './fixture.ts';

test('asked at nine on the first working day from the 20th, due by the 25th or the working day before, reminded, counted', () => {
  const sheets = new DrivenSheet({ goLive: '2025-01-06' }, '2025-01-06T08:00:00+08:00');
  sheets.until('2025-03-01T00:00:00+08:00');
  expect(sheets.sent).toEqual([
    '2025-01-06T08:00 takeover-summary law/coordinator',
    // 25 January 2025 is a Saturday off, the working Sunday of the 26th comes after it.
    '2025-01-20T09:00 sheet-request law/coordinator',
    '2025-01-24T09:00 sheet-reminder law/coordinator',
    '2025-01-26T09:00 sheet-reminder law/head',
    '2025-02-20T09:00 sheet-request law/coordinator',
    '2025-02-25T09:00 sheet-reminder law/coordinator',
    '2025-02-26T09:00 sheet-reminder law/head',
  ]);
  expect(sheets.state.months).toMatchObject([
    { month: '2025-01', dueOn: '2025-01-24', phase: 'requested', overdueAt: Date.parse('2025-01-25T00:00:00+08:00') },
    { month: '2025-02', dueOn: '2025-02-25', phase: 'requested', overdueAt: Date.parse('2025-02-26T00:00:00+08:00') },
  ]);
});

test('within the Spring Festival of 2026 it is asked for on the first day back and due on the next', () => {
  const sheets = new DrivenSheet({ goLive: '2026-02-02' }, '2026-02-02T08:00:00+08:00');
  sheets.until('2026-02-27T00:00:00+08:00');
  expect(sheets.sent.slice(1)).toEqual([
    '2026-02-24T09:00 sheet-request law/coordinator',
    '2026-02-25T09:00 sheet-reminder law/coordinator',
    '2026-02-26T09:00 sheet-reminder law/head',
  ]);
});

test('a plan that goes live after the asking of its month is first asked in the next', () => {
  expect(new DrivenSheet({ goLive: '2024-06-21' }, '2024-06-21T08:00:00+08:00').state.nextMonth).toBe('2024-07');
  expect(new DrivenSheet({ goLive: '2024-06-04' }, '2024-06-20T09:30:00+08:00').state.nextMonth).toBe('2024-07');
  expect(new DrivenSheet({ goLive: '2024-06-04' }, '2024-06-20T08:30:00+08:00').state.nextMonth).toBe('2024-06');
});

test('not owed where nothing is open, and over when no task runs any more', () => {
  const sheets = new DrivenSheet();
  sheets.facts = { owed: [], running: 1, unanswered: 0 };
  sheets.until('2024-06-30T00:00:00+08:00');
  expect(sheets.state.months).toMatchObject([{ month: '2024-06', phase: 'not-owed', overdueAt: null }]);
  sheets.facts = { owed: [], running: 0, unanswered: 0 };
  sheets.until('2024-07-31T00:00:00+08:00');
  expect(sheets.types().at(-1)).toBe('SheetsEnded');
  expect(sheets.sent).toHaveLength(1);
});

test('the window for entries is told of once, to the head, and only where something is unanswered', () => {
  const entry = { from: '2024-06-04', workingDays: 10, on: '2024-06-19', provisional: false };
  const told = new DrivenSheet({ entry });
  told.facts = { owed: ['task-1'], running: 2, unanswered: 3 };
  told.until('2024-08-01T00:00:00+08:00');
  expect(told.sent.filter((line) => line.includes('escalation'))).toEqual(['2024-06-20T09:00 escalation law/head']);
  const answered = new DrivenSheet({ entry }).until('2024-08-01T00:00:00+08:00');
  expect(answered.sent.filter((line) => line.includes('escalation'))).toEqual([]);
  expect(answered.types().filter((type) => type === 'HandoverUnanswered')).toHaveLength(1);
});
