import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { safeCell } from '../../api/spreadsheet.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let person: Person;
/** More than two batches of the export and than any page of the list. */
const MANY = 1_203;

beforeAll(async () => {
  rig = await startApi();
  person = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  const seeds = Array.from({ length: MANY }, (_, index) => ({
    text: index === 0 ? '=HYPERLINK("http://evil.example","点我")' : `第${index}项，含“引号”,逗号\n和换行`,
    departments: index % 2 === 0 ? ['dep-a'] : ['dep-b', 'dep-a'],
    due: '2025-06-30',
  }));
  await seedTasks(rig, seeds);
});
afterAll(() => rig.close());

/** The records of a CSV, by RFC 4180. */
function records(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const match of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push((match[1]?.replaceAll('""', '"') ?? match[2]) || '');
    if (match[3] === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

test('CSV holds every task, opens in Excel as Chinese, and calculates nothing', async () => {
  const answer = await person.get('/api/tasks.csv');
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toContain(encodeURIComponent('任务清单-2025-03-03.csv'));
  expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, ...rows] = records(answer.body.replace(/^\uFEFF/, ''));
  expect(head?.slice(0, 5)).toEqual(['计划', '编号', '标题', '任务', '牵头部门']);
  expect(rows).toHaveLength(MANY);
  expect(rows[0]?.[3]).toBe(`'=HYPERLINK("http://evil.example","点我")`);
  expect(rows[1]?.slice(3, 6)).toEqual(['第1项，含“引号”,逗号\n和换行', '部门dep-b', '部门dep-a']);
  expect(new Set(rows.map((row) => row.at(-1))).size).toBe(MANY);
});

test('XLSX holds every task as text', async () => {
  const answer = await person.get('/api/tasks.xlsx');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(answer.rawPayload as unknown as ArrayBuffer);
  const sheet = workbook.getWorksheet('任务');
  expect(sheet?.rowCount).toBe(MANY + 1);
  const cell = sheet?.getRow(2).getCell(4);
  expect(cell?.value).toBe('=HYPERLINK("http://evil.example","点我")');
  expect(cell?.formula).toBeUndefined();
});

test('exports take the filters of the list', async () => {
  const answer = await person.get(`/api/tasks.csv?department=dep-b&q=${encodeURIComponent('第1项')}`);
  expect(records(answer.body)).toHaveLength(2);
  const wrong = await person.get('/api/tasks.csv?limit=5');
  expect([wrong.statusCode, wrong.json().field]).toEqual([400, 'limit']);
  expect(wrong.headers['content-type']).toContain('application/problem+json');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '＋1', '－1', '＠1'])(
  '%j is made text',
  (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  },
);

test.each(['一、=', '2025-06-30', '', 12, null])('%j stays', (cell) => {
  expect(safeCell(cell)).toBe(cell);
});
