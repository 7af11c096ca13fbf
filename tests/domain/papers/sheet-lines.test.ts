import { expect, test } from 'vitest';
import { carriedOver, sheetFaults, type SheetEntry, type SheetLine } from '../../../domain/papers/sheet-lines.ts';

const lines: SheetLine[] = ['t1', 't2'].map((task) => ({
  task,
  number: task,
  text: task,
  due: null,
  indicators: [{ id: 'indicator-1', raw: '60学时', unit: '学时' }],
  last: null,
  entry: null,
}));

function entry(task: string, change: Partial<SheetEntry> = {}): SheetEntry {
  return { task, status: 'normal', text: '进展', noProgress: false, indicators: [], ...change };
}

const codes = (entries: SheetEntry[], complete: boolean): string[] =>
  sheetFaults(lines, entries, complete).map(({ task, code }) => `${task} ${code}`);

test('a draft may be half filled in; a sheet handed in may not', () => {
  const half = [entry('t1', { text: '  ' })];
  expect(codes(half, false)).toEqual([]);
  expect(codes(half, true)).toEqual(['t1 empty', 't2 missing']);
  expect(codes([entry('t1'), entry('t2')], true)).toEqual([]);
});

test('no progress needs its reason', () => {
  const [fault] = sheetFaults(lines, [entry('t1', { text: '', noProgress: true }), entry('t2')], true);
  expect(fault?.detail).toContain('请写明原因');
});

test('foreign tasks, repeated ones and unknown indicators are refused in drafts, too', () => {
  expect(codes([entry('t9')], false)).toEqual(['t9 not-owed']);
  expect(codes([entry('t1'), entry('t1')], false)).toEqual(['t1 twice']);
  expect(codes([entry('t1', { indicators: [{ id: 'indicator-2', value: 1 }] })], false)).toEqual([
    't1 unknown-indicator',
  ]);
});

test('the last progress is carried over, a last month without progress is not', () => {
  const last = { on: '2025-02-24', month: '2025-02', status: 'lagging' as const, text: '已起草', noProgress: false };
  expect(carriedOver({ ...lines[0]!, last })).toMatchObject({ status: 'lagging', text: '已起草' });
  expect(carriedOver({ ...lines[0]!, last: { ...last, noProgress: true } })).toBeNull();
  expect(carriedOver(lines[0]!)).toBeNull();
});
