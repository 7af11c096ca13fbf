import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BUREAU } from '../../domain/decider.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedSheet } from './rig/seed-sheet.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let coordinator: Person;
let colleague: Person;
let head: Person;
let foreign: Person;
let office: Person;
let plan: string;
let tasks: string[];
let sheet: Awaited<ReturnType<typeof seedSheet>>;

beforeAll(async () => {
  rig = await startApi();
  coordinator = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  colleague = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  head = await rig.signIn({ department: 'dep-a', role: 'head' });
  foreign = await rig.signIn({ department: 'dep-b', role: 'coordinator' });
  office = await rig.signIn({ department: BUREAU, role: 'supervising-office' });
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.pool.query('truncate plans, entities, sheet_drafts, http_results cascade');
  const seeded = await seedTasks(rig, [
    { text: '建立健全违法建筑巡查机制', departments: ['dep-a', 'dep-b'], due: '2025-06-30' },
    { text: '开展执法培训，每人每年不少于60学时', departments: ['dep-a'], due: '2025-10-31' },
  ]);
  ({ plan, tasks } = seeded);
  const indicators = [{ raw: '每人每年不少于60学时', quantity: 60, unit: '学时', per: '每人每年' }];
  await rig.pool.query('update task_texts set indicators = $2 where task_id = $1', [
    tasks[1],
    JSON.stringify(indicators),
  ]);
  sheet = await seedSheet(rig, { plan, department: 'dep-a', owed: tasks });
});

const row = (at: number, change: object = {}): object => ({
  task: tasks[at],
  status: 'normal',
  text: `第${at + 1}项的进展`,
  noProgress: false,
  indicators: [],
  ...change,
});

function upload(person: Person, bytes: Uint8Array, query = '') {
  const boundary = 'bihuan-test-boundary';
  return rig.app.inject({
    method: 'POST',
    url: `${sheet.url}/xlsx${query}`,
    headers: {
      cookie: person.cookie,
      'idempotency-key': `upload-${Math.random()}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="yuebao.xlsx"\r\n\r\n`),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  });
}

/** The month's workbook as a person changes it in their own program. */
async function changed(change: (tab: ExcelJS.Worksheet) => void, url = sheet.url): Promise<Uint8Array> {
  const response = await coordinator.get(`${url}/month.xlsx`);
  expect(response.statusCode).toBe(200);
  const workbook = new ExcelJS.Workbook();
  const bytes = new Uint8Array(response.rawPayload);
  await workbook.xlsx.load(bytes.buffer);
  const [tab] = workbook.worksheets;
  change(tab!);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function notOwed(month: string) {
  const year = Number(month.slice(0, 4)) - 1;
  return ['01', '02'].map((each) => ({ type: 'SheetNotOwed', data: { month: `${year}-${each}` } }));
}

describe('the list of sheets', () => {
  test('shows the office every department and who is missing, a department only itself', async () => {
    await seedSheet(rig, { plan, department: 'dep-b', owed: tasks.slice(0, 1) });
    await rig.pool.query("update sheet_months set overdue_at = 1 where department = 'dep-b'");
    const all = (await office.get('/api/sheets')).json();
    expect(all.items.map((item: { department: { name: string } }) => item.department.name).sort()).toEqual([
      '部门dep-a',
      '部门dep-b',
    ]);
    expect(all.counts).toEqual({ requested: 2, submitted: 0, approved: 0, notOwed: 0, late: 1, missing: 1 });
    const late = (await office.get('/api/sheets?late=true')).json();
    expect(late.items).toHaveLength(1);
    const own = (await coordinator.get('/api/sheets')).json();
    expect(own.items).toMatchObject([
      {
        id: sheet.id,
        month: sheet.month,
        plan: { id: plan },
        owed: 2,
        dueOn: sheet.dueOn,
        actions: ['fill', 'submit'],
      },
    ]);
    expect(own.counts.requested).toBe(1);
    expect((await coordinator.get('/api/sheets?department=dep-b')).json().items).toEqual([]);
  });

  test('filters by plan, month and phase, and goes on where a page ended', async () => {
    const other = await seedSheet(rig, { plan, department: 'dep-b', owed: tasks.slice(0, 1), earlier: notOwed });
    const first = (await office.get('/api/sheets?limit=3')).json();
    const rest = (await office.get(`/api/sheets?limit=3&cursor=${encodeURIComponent(first.nextCursor)}`)).json();
    const months = [...first.items, ...rest.items].map(
      (item: { id: string; month: string }) => `${item.month} ${item.id}`,
    );
    expect(months).toHaveLength(4);
    expect(new Set(months).size).toBe(4);
    expect(months.map((name) => name.slice(0, 7))).toEqual(
      months
        .map((name) => name.slice(0, 7))
        .toSorted()
        .toReversed(),
    );
    expect(rest.nextCursor).toBeNull();
    const ids = async (query: string): Promise<string[]> =>
      (await office.get(`/api/sheets?${query}`)).json().items.map((item: { id: string }) => item.id);
    expect(await ids('phase=not-owed')).toEqual([other.id, other.id]);
    expect(await ids(`month=${sheet.month}&department=dep-a`)).toEqual([sheet.id]);
    expect(await ids('plan=plan-none')).toEqual([]);
    expect(await ids('mine=true')).toEqual([]);
  });
});

describe('the sheet of a month', () => {
  test('has a line for every owed task, in the plan’s order, with indicators', async () => {
    const page = (await coordinator.get(sheet.url)).json();
    expect(page).toMatchObject({ phase: 'requested', version: 0, savedAt: null, returned: null });
    expect(page.lines).toMatchObject([
      { task: tasks[0], number: '一1', due: '2025-06-30', last: null, entry: null, basis: 'none', indicators: [] },
      { task: tasks[1], indicators: [{ id: 'indicator-1', raw: '每人每年不少于60学时', unit: '学时' }] },
    ]);
  });

  test('is not found by another department, nor for a month that was not asked for', async () => {
    expect((await foreign.get(sheet.url)).statusCode).toBe(404);
    expect((await coordinator.get(`/api/sheets/${sheet.id}/months/2020-01`)).statusCode).toBe(404);
    expect((await coordinator.get(`/api/sheets/${sheet.id}/months/2020-13`)).statusCode).toBe(400);
    expect((await office.get(sheet.url)).statusCode).toBe(200);
  });

  test('carries the last progress over until somebody writes', async () => {
    const text = await savedText('已起草方案。');
    await rig.pool.query(
      `update task_responsibilities set last_report_at = $2, last_report_status = 'lagging', last_report_text = $3
       where task_id = $1 and department = 'dep-a'`,
      [tasks[0], rig.clock.at, text],
    );
    const [line] = (await coordinator.get(sheet.url)).json().lines;
    expect(line).toMatchObject({
      basis: 'carried-over',
      last: { month: null, status: 'lagging', text: '已起草方案。' },
      entry: { status: 'lagging', text: '已起草方案。' },
    });
    await coordinator.send('PUT', `${sheet.url}/draft`, { version: 0, rows: [row(0, { text: '已起草方案。' })] });
    expect((await coordinator.get(sheet.url)).json().lines[0].basis).toBe('unchanged');
    await coordinator.send('PUT', `${sheet.url}/draft`, { version: 1, rows: [row(0)] });
    expect((await coordinator.get(sheet.url)).json().lines[0].basis).toBe('written');
  });
});

async function savedText(text: string): Promise<string> {
  const id = `text-${Math.random().toString(36).slice(2)}`;
  await rig.pool.query('insert into texts (id, sealed, by, created_at, kept) values ($1, $2, $3, 0, true)', [
    id,
    rig.app.vault.seal(Buffer.from(text), id),
    coordinator.id,
  ]);
  return id;
}

describe('a draft', () => {
  test('is saved by version; who saw an older one is told and overwrites nothing', async () => {
    const save = (person: Person, version: number, text: string) =>
      person.send('PUT', `${sheet.url}/draft`, { version, rows: [row(0, { text })] });
    expect((await save(coordinator, 0, '甲')).json()).toMatchObject({ version: 1 });
    expect((await save(colleague, 1, '乙')).json()).toMatchObject({ version: 2 });
    const late = await save(coordinator, 1, '丙');
    expect(late.statusCode).toBe(409);
    expect(late.json().code).toBe('stale');
    expect((await save(coordinator, 0, '丙')).statusCode).toBe(409);
    const page = (await coordinator.get(sheet.url)).json();
    expect(page).toMatchObject({ version: 2, savedBy: { name: colleague.name } });
    expect(page.lines[0].entry.text).toBe('乙');
  });

  test('is the department’s own until it is handed in, and stands sealed in the database', async () => {
    await coordinator.send('PUT', `${sheet.url}/draft`, { version: 0, rows: [row(0, { text: '内部讨论稿' })] });
    const seen = (await office.get(sheet.url)).json();
    expect(seen).toMatchObject({ version: 0, actions: [] });
    expect(seen.lines[0].entry).toBeNull();
    const { rows } = await rig.pool.query('select sealed from sheet_drafts');
    expect(rows[0].sealed.includes(Buffer.from('内部讨论稿'))).toBe(false);
  });

  test('takes only rows of its own tasks and indicators, and only from its own people', async () => {
    const put = (person: Person, rows: object[]) => person.send('PUT', `${sheet.url}/draft`, { version: 0, rows });
    const wrong = await put(coordinator, [
      row(0, { task: 'task-x' }),
      row(1, { indicators: [{ id: 'nope', value: 1 }] }),
    ]);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.json()).toMatchObject({
      code: 'sheet-rows-wrong',
      faults: [{ code: 'not-owed' }, { task: tasks[1], code: 'unknown-indicator' }],
    });
    expect((await put(office, [row(0)])).statusCode).toBe(403);
    expect((await put(foreign, [row(0)])).statusCode).toBe(404);
    expect((await coordinator.get(sheet.url)).json().version).toBe(0);
  });

  test('needs the version that was seen', async () => {
    const response = await coordinator.send('PUT', `${sheet.url}/draft`, { rows: [] });
    expect(response.json().code).toBe('version-required');
  });

  test('cannot be handed in half filled: every missing line is named', async () => {
    await coordinator.send('PUT', `${sheet.url}/draft`, { version: 0, rows: [row(0, { text: ' ' })] });
    const response = await coordinator.send('POST', `${sheet.url}/submit`, { version: 1 });
    expect(response.statusCode).toBe(422);
    expect(response.json().faults).toMatchObject([
      { task: tasks[0], code: 'empty' },
      { task: tasks[1], code: 'missing' },
    ]);
    const stale = await coordinator.send('POST', `${sheet.url}/submit`, { version: 0 });
    expect(stale.json().code).toBe('stale');
  });
});

describe('the sheet as a workbook', () => {
  test('goes out under a Chinese name and comes back as a draft to look at', async () => {
    const out = await coordinator.get(`${sheet.url}/month.xlsx`);
    expect(out.headers['content-disposition']).toContain(
      `filename*=UTF-8''${encodeURIComponent(`部门dep-a${sheet.month}月报.xlsx`)}`,
    );
    const bytes = await changed((tab) => {
      tab.getCell('F4').value = '滞后';
      tab.getCell('G4').value = '=方案已印发';
      tab.getCell('F5').value = '正常';
      tab.getCell('H5').value = '教材尚未到位';
      tab.getCell('J5').value = 42;
    });
    const response = await upload(coordinator, bytes);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ phase: 'requested', version: 1, savedBy: { name: coordinator.name } });
    const { rows: answers } = await rig.pool.query('select body::text as body from http_results');
    expect(answers.filter(({ body }) => body.includes('方案已印发'))).toEqual([]);
    const page = (await coordinator.get(sheet.url)).json();
    expect(page.lines.map((line: { entry: object }) => line.entry)).toEqual([
      { task: tasks[0], status: 'lagging', text: '=方案已印发', noProgress: false, indicators: [] },
      {
        task: tasks[1],
        status: 'normal',
        text: '教材尚未到位',
        noProgress: true,
        indicators: [{ id: 'indicator-1', value: 42 }],
      },
    ]);
  });

  test('with one wrong row nothing is saved, and every fault names its row', async () => {
    await coordinator.send('PUT', `${sheet.url}/draft`, { version: 0, rows: [row(0, { text: '原有的' })] });
    const bytes = await changed((tab) => {
      tab.getCell('F4').value = '顺利';
      tab.getCell('G4').value = '新的进展';
      tab.getCell('A5').value = 'task-changed';
    });
    const response = await upload(coordinator, bytes);
    expect(response.statusCode).toBe(422);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      code: 'sheet-table-wrong',
      faults: [
        { row: 4, column: '状态', code: 'unknown-status', detail: expect.stringContaining('第4行') },
        { row: 5, code: 'id-changed' },
        { row: null, code: 'row-missing' },
      ],
    });
    const page = (await coordinator.get(sheet.url)).json();
    expect(page).toMatchObject({ version: 1 });
    expect(page.lines[0].entry.text).toBe('原有的');
  });

  test('of another department is refused', async () => {
    const other = await seedSheet(rig, { plan, department: 'dep-b', owed: tasks.slice(0, 1) });
    const bytes = await foreign.get(`${other.url}/month.xlsx`);
    const response = await upload(coordinator, new Uint8Array(bytes.rawPayload));
    expect(response.json()).toMatchObject({ faults: [{ code: 'other-department' }] });
  });

  test('that is no workbook, or a foreign one, is refused with a sentence', async () => {
    const garbage = await upload(coordinator, Buffer.from('并不是表格'));
    expect(garbage.statusCode).toBe(422);
    expect(garbage.json().detail).toMatch(/[一-鿿]/);
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('甲').addRow(['乙']);
    const foreignBook = await upload(coordinator, new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect(foreignBook.json()).toMatchObject({ faults: [{ row: null, code: 'wrong-file' }] });
  });

  test('over a draft that changed since it was seen is refused', async () => {
    await coordinator.send('PUT', `${sheet.url}/draft`, { version: 0, rows: [row(0)] });
    const bytes = await changed(() => undefined);
    expect((await upload(coordinator, bytes, '?version=0')).statusCode).toBe(409);
    expect((await upload(coordinator, bytes, '?version=1')).json().version).toBe(2);
  });
});

test('while nobody serves workflows a sheet is kept and the outcome is asked for again', async () => {
  await coordinator.send('PUT', `${sheet.url}/draft`, { version: 0, rows: [row(0), row(1)] });
  await rig.pool.query('update outbox set done_at = now()');
  const response = await coordinator.send('POST', `${sheet.url}/submit`, { version: 1 });
  expect(response.statusCode).toBe(503);
  expect(response.json().code).toBe('outcome-unknown');
  expect((await coordinator.get(sheet.url)).json().version).toBe(1);
  expect((await head.send('POST', `${sheet.url}/approve`)).statusCode).toBe(503);
});
