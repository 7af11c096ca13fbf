import { describe, expect, test } from 'vitest';
import type { SheetLine } from '../../../domain/papers/sheet-lines.ts';
import { readSheetTable, sheetTable, type SheetHead } from '../../../domain/papers/sheet-table.ts';
import type { ReadTable, TableRow } from '../../../domain/papers/table.ts';

const HEAD: SheetHead = { sheet: 'sheet-1', month: '2025-03', plan: '行动计划', department: '政策法规处' };

function line(task: string, change: Partial<SheetLine> = {}): SheetLine {
  return {
    task,
    number: `一${task}`,
    text: `任务${task}的内容`,
    due: '2025-06-30',
    indicators: [],
    last: null,
    entry: null,
    ...change,
  };
}

const LAST = { on: '2025-02-24', month: '2025-02', status: 'normal' as const, text: '已起草方案。', noProgress: false };
const LINES = [
  line('t1', { last: LAST }),
  line('t2', { indicators: [{ id: 'indicator-1', raw: '每人每年不少于60学时', unit: '学时' }] }),
];

/** What a person sends back: our own table, with their changes. */
function returned(lines: SheetLine[], change: (cells: string[][]) => void = () => undefined): ReadTable {
  const { layout, rows } = sheetTable(HEAD, lines);
  const cells = rows.map((row: TableRow) => row.map((cell) => (cell === null ? '' : String(cell))));
  change(cells);
  const first = [...(layout.lead ?? []).map((text) => [text]), layout.columns.map(({ header }) => header)];
  return {
    marks: { ...layout.marks },
    rows: [...first, ...cells].map((row, at) => ({ number: at + 1, cells: row, computed: [] })),
  };
}

/** Positions in a row of the table. */
const [ID, TASK, STATUS, PROGRESS, REASON, VALUE] = [0, 2, 5, 6, 7, 9];

function faultsOf(table: ReadTable, lines = LINES): { row: number | null; code: string }[] {
  const read = readSheetTable(HEAD, lines, table);
  if (!('faults' in read)) throw new Error('the table was taken');
  for (const { detail } of read.faults) expect(detail).toMatch(/[一-鿿]/);
  return read.faults.map(({ row, code }) => ({ row, code }));
}

test('the table carries ids hidden, the last word beside the one to write, and choices for the status', () => {
  const { layout, rows } = sheetTable(HEAD, LINES);
  expect(layout.columns[0]).toMatchObject({ hidden: true });
  expect(layout.columns.filter(({ editable }) => editable === true).map(({ header }) => header)).toEqual([
    '状态',
    '本月进展',
    '无新进展原因',
    '指标1数值',
  ]);
  expect(layout.columns[STATUS]).toMatchObject({ choices: ['正常', '滞后', '风险'] });
  expect(rows[0]).toEqual([
    't1',
    '一t1',
    '任务t1的内容',
    '2025年6月30日',
    '2025年2月24日　正常\n已起草方案。',
    '正常',
    '已起草方案。',
    '',
    '',
    null,
  ]);
  expect(rows[1]?.slice(STATUS)).toEqual(['', '', '', '每人每年不少于60学时', null]);
});

test('a draft goes out as it stands, not as the last word', () => {
  const entry = { task: 't1', status: 'risk' as const, text: '人手不足', noProgress: true, indicators: [] };
  const [row] = sheetTable(HEAD, [line('t1', { last: LAST, entry })]).rows;
  expect(row?.slice(STATUS, REASON + 1)).toEqual(['风险', '', '人手不足']);
});

test('a filled-in table comes back as entries; an untouched row of a task without a word stays empty', () => {
  const read = readSheetTable(
    HEAD,
    LINES,
    returned(LINES, (cells) => {
      cells[0]![PROGRESS] = '方案已印发。\n下一步组织培训。';
      cells[0]![STATUS] = '滞后';
    }),
  );
  expect(read).toEqual({
    entries: [
      { task: 't1', status: 'lagging', text: '方案已印发。\n下一步组织培训。', noProgress: false, indicators: [] },
    ],
  });
});

test('a reason makes it no progress, also where the last word was left standing', () => {
  const read = readSheetTable(
    HEAD,
    LINES,
    returned(LINES, (cells) => (cells[0]![REASON] = '等待上级批复')),
  );
  expect(read).toMatchObject({ entries: [{ task: 't1', text: '等待上级批复', noProgress: true }] });
});

test('values of indicators may be written as people write them', () => {
  const read = readSheetTable(
    HEAD,
    LINES,
    returned(LINES, (cells) => {
      cells[1]![STATUS] = '正常';
      cells[1]![PROGRESS] = '已完成三期。';
      cells[1]![VALUE] = '１，２３４.5%';
    }),
  );
  expect(read).toMatchObject({ entries: [{ task: 't1' }, { indicators: [{ id: 'indicator-1', value: 1234.5 }] }] });
});

test('rows may stand in another order and programs may change line ends', () => {
  const lines = [line('t1', { text: '第一段\n第二段' }), line('t2')];
  const table = returned(lines, (cells) => {
    for (const row of cells) [row[STATUS], row[PROGRESS]] = ['正常', '有进展'];
    cells[0]![TASK] = '第一段\r\n第二段 ';
    cells.reverse();
  });
  expect(readSheetTable(HEAD, lines, table)).toMatchObject({ entries: [{ task: 't2' }, { task: 't1' }] });
});

const filled = (cells: string[][]): void => {
  for (const row of cells) [row[STATUS], row[PROGRESS]] = ['正常', '有新的进展'];
};

describe('a table is refused as a whole, with what is wrong in each row', () => {
  const wrong = (change: (cells: string[][]) => void): ReadTable =>
    returned(LINES, (cells) => {
      filled(cells);
      change(cells);
    });

  test.each<[string, ReadTable, { row: number | null; code: string }[]]>([
    ['another file', { marks: {}, rows: [] }, [{ row: null, code: 'wrong-file' }]],
    [
      'a sheet of another department',
      { ...returned(LINES), marks: { format: 'bihuan-sheet-1', sheet: 'sheet-2', month: '2025-03' } },
      [{ row: null, code: 'other-department' }],
    ],
    [
      'another month',
      { ...returned(LINES), marks: { format: 'bihuan-sheet-1', sheet: 'sheet-1', month: '2025-02' } },
      [{ row: null, code: 'other-month' }],
    ],
    [
      'a changed id',
      wrong((cells) => (cells[0]![ID] = 't9')),
      [
        { row: 4, code: 'id-changed' },
        { row: null, code: 'row-missing' },
      ],
    ],
    [
      'ids exchanged between rows',
      wrong((cells) => ([cells[0]![ID], cells[1]![ID]] = ['t2', 't1'])),
      [
        { row: 4, code: 'task-changed' },
        { row: 5, code: 'task-changed' },
      ],
    ],
    ['a row twice', wrong((cells) => cells.push([...cells[0]!])), [{ row: 6, code: 'row-twice' }]],
    ['a deleted row', wrong((cells) => cells.pop()), [{ row: null, code: 'row-missing' }]],
    ['an unknown status', wrong((cells) => (cells[1]![STATUS] = '顺利')), [{ row: 5, code: 'unknown-status' }]],
    ['no status', wrong((cells) => (cells[1]![STATUS] = '')), [{ row: 5, code: 'unknown-status' }]],
    ['progress and a reason', wrong((cells) => (cells[0]![REASON] = '又说没有')), [{ row: 4, code: 'both-filled' }]],
    ['a value that is no number', wrong((cells) => (cells[1]![VALUE] = '约六十')), [{ row: 5, code: 'not-a-number' }]],
    [
      'a value without a word',
      wrong((cells) => ([cells[1]![PROGRESS], cells[1]![VALUE]] = ['', '60'])),
      [{ row: 5, code: 'progress-missing' }],
    ],
    [
      'too long a text',
      wrong((cells) => (cells[0]![PROGRESS] = '长'.repeat(5_001))),
      [{ row: 4, code: 'text-too-long' }],
    ],
    [
      'several faults at once',
      wrong((cells) => ([cells[0]![STATUS], cells[1]![VALUE]] = ['好', '多'])),
      [
        { row: 4, code: 'unknown-status' },
        { row: 5, code: 'not-a-number' },
      ],
    ],
  ])('%s', (_name, table, faults) => {
    expect(faultsOf(table)).toEqual(faults);
  });

  test('a formula in a cell to fill in', () => {
    const table = wrong(() => undefined);
    table.rows[3]!.computed = [PROGRESS];
    table.rows[3]!.cells[PROGRESS] = '';
    expect(faultsOf(table)).toEqual([{ row: 4, code: 'formula' }]);
  });

  test('a header that lost a column', () => {
    const table = wrong(() => undefined);
    table.rows[2]!.cells[STATUS] = '情况';
    expect(faultsOf(table)).toEqual([{ row: null, code: 'columns-missing' }]);
  });
});
