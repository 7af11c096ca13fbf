import { expect, test } from 'vitest';
import type { SheetRow } from '../../../domain/sheet/sheet-state.ts';
import { coordinator, directorOffice, head } from '../task/fixture.ts';
import { DrivenSheet } from './fixture.ts';

const month = { department: 'law', month: '2024-06' };
const row = (task: string, change: Partial<SheetRow> = {}): SheetRow => ({
  task,
  status: 'normal',
  text: 't',
  noProgress: false,
  indicators: [],
  ...change,
});
const rows = [row('task-1'), row('task-2', { noProgress: true })];
const asked = () => new DrivenSheet().until('2024-06-20T10:00:00+08:00');

test('a sheet covers every owed task once, and no other', () => {
  const sheets = asked();
  const refusal = (given: SheetRow[]) => sheets.refused(coordinator('law'), 'submitSheet', { ...month, rows: given });
  expect(refusal(rows.slice(0, 1))).toMatchObject({ code: 'rows-missing', status: 422 });
  expect(refusal([...rows, row('task-1')]).code).toBe('task-twice');
  expect(refusal([...rows, row('task-9')]).code).toBe('task-not-owed');
  expect(sheets.refused(coordinator('cases'), 'submitSheet', { ...month, rows }).status).toBe(403);
  expect(sheets.refused(coordinator('law'), 'submitSheet', { ...month, month: '2024-07', rows }).code).toBe(
    'no-such-sheet',
  );
  sheets.do(coordinator('law'), 'submitSheet', { ...month, rows });
  expect(sheets.sent.at(-1)).toBe('2024-06-20T10:00 request law/head');
});

test('the head approves once, and not their own', () => {
  const sheets = asked();
  sheets.do(head('law'), 'submitSheet', { ...month, rows });
  expect(sheets.refused(head('law'), 'approveSheet', month).code).toBe('own-request');
  sheets.do(head('law'), 'withdrawSheet', month);
  sheets.do(coordinator('law'), 'submitSheet', { ...month, rows });
  expect(sheets.refused(coordinator('law'), 'approveSheet', month).status).toBe(403);
  sheets.do(head('law'), 'approveSheet', month);
  expect(sheets.refused(head('law'), 'approveSheet', month)).toMatchObject({ code: 'sheet-phase', status: 409 });
  sheets.until('2024-07-01T00:00:00+08:00');
  expect(sheets.types()).not.toContain('SheetBecameOverdue');
  expect(sheets.sent.filter((line) => line.includes('sheet-reminder'))).toEqual([]);
});

test('returned it is to be filled in again; what waits for the head at the due date is the head’s to hear of', () => {
  const sheets = asked();
  sheets.do(coordinator('law'), 'submitSheet', { ...month, rows });
  sheets.do(head('law'), 'returnSheet', { ...month, text: 't' });
  expect(sheets.state.months[0]).toMatchObject({ phase: 'requested', submittedAt: null });
  sheets.do(coordinator('law'), 'submitSheet', { ...month, rows });
  sheets.until('2024-06-25T10:00:00+08:00');
  expect(sheets.sent.at(-1)).toBe('2024-06-25T09:00 sheet-reminder law/head');
});

test('an approval on paper is entered with its date, and a date to come is refused', () => {
  const sheets = asked();
  sheets.do(coordinator('law'), 'submitSheet', { ...month, rows });
  const paper = { decidedBy: '部门负责人', decidedOn: '2024-06-20', file: 'scan' };
  expect(sheets.refused(directorOffice, 'approveSheet', month).status).toBe(403);
  expect(sheets.refused(directorOffice, 'approveSheet', month, { ...paper, decidedOn: '2024-06-21' }).code).toBe(
    'paper-date',
  );
  sheets.do(directorOffice, 'approveSheet', month, paper);
  const approved = sheets.events.at(-1);
  expect(approved).toMatchObject({ by: 'director-office', data: { by: '部门负责人', paper } });
});
