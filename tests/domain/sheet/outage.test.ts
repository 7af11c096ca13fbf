import { expect, test } from 'vitest';
import { DrivenSheet } from './fixture.ts';

test('after months of outage only the latest sheet is asked for, with a due date still to come', () => {
  const sheets = new DrivenSheet().sleepUntil('2024-10-10T10:00:00+08:00');
  expect(sheets.sent).toEqual([
    '2024-06-04T08:00 takeover-summary law/coordinator',
    '2024-10-10T10:00 sheet-request law/coordinator',
  ]);
  expect(sheets.state.months.map(({ month, phase, dueOn }) => `${month} ${phase} ${dueOn}`)).toEqual([
    '2024-06 not-owed 2024-06-25',
    '2024-07 not-owed 2024-07-25',
    '2024-08 not-owed 2024-08-23',
    '2024-09 requested 2024-10-11',
  ]);
  const missed = sheets.events.filter((event) => event.type === 'SheetNotOwed');
  expect(missed.map((event) => event.data)).toEqual(
    ['2024-06', '2024-07', '2024-08'].map((month) => ({ month, reason: 'not-asked' })),
  );
  sheets.until('2024-10-31T00:00:00+08:00');
  expect(sheets.sent.slice(2)).toEqual([
    '2024-10-11T09:00 sheet-reminder law/coordinator',
    '2024-10-12T09:00 sheet-reminder law/head',
    '2024-10-21T09:00 sheet-request law/coordinator',
    '2024-10-25T09:00 sheet-reminder law/coordinator',
    '2024-10-28T09:00 sheet-reminder law/head',
  ]);
  expect(new Set(sheets.keys).size).toBe(sheets.keys.length);
});

test('asked for a day late but before its due date, a sheet keeps that date', () => {
  const sheets = new DrivenSheet().sleepUntil('2024-06-21T10:00:00+08:00');
  expect(sheets.state.months).toMatchObject([{ month: '2024-06', phase: 'requested', dueOn: '2024-06-25' }]);
});

test('reminders of a sheet that was asked for before the outage become one notice a mailbox', () => {
  const sheets = new DrivenSheet().until('2024-06-21T00:00:00+08:00').sleepUntil('2024-07-05T10:00:00+08:00');
  expect(sheets.sent.slice(2)).toEqual([
    '2024-07-05T10:00 sheet-reminder law/coordinator',
    '2024-07-05T10:00 sheet-reminder law/head',
  ]);
  expect(sheets.state.months[0]?.overdueAt).toBe(sheets.now);
});
