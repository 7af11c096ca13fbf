import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedCalendars } from '../../db/calendars.ts';
import { BUREAU } from '../../domain/decider.ts';
import { parseInstant } from '../../domain/working-time/instants.ts';
import { readPlanFile } from '../../stack/read-plan-file.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';

const SEED = new URL('../../../shared/documents/pudong-action-plan-2024-47.txt', import.meta.url);
const SAMPLE = new URL('../../samples/plan.txt', import.meta.url);

let rig: ApiRig;
let office: Person;
let reader: Person;
let keys = 0;

beforeAll(async () => {
  rig = await startApi();
  rig.deps.readPlanFile = readPlanFile;
  await seedCalendars(rig.deps.db);
  office = await rig.signIn({ department: BUREAU, role: 'supervising-office' });
  reader = await rig.signIn({ department: 'd-x', role: 'coordinator' });
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.pool.query('truncate plans, entities, outbox, notifications, http_results, department_names cascade');
  // Departments that a publication made, not those of the people signed in.
  await rig.pool.query("delete from departments where id like 'dept-%'");
});

function upload(person: Person, bytes: Buffer | string, filename = 'plan.txt', key = `upload-${(keys += 1)}`) {
  const boundary = 'bihuan-test-boundary';
  const payload = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\n\r\n`),
    Buffer.from(bytes),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return rig.app.inject({
    method: 'POST',
    url: '/api/plans',
    headers: {
      cookie: person.cookie,
      'idempotency-key': key,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload,
  });
}

async function sampleDraft(): Promise<string> {
  rig.clock.at = parseInstant('2026-11-22T10:00:00+08:00');
  const response = await upload(office, await readFile(SAMPLE));
  expect(response.statusCode).toBe(201);
  return response.json().id;
}

async function published(): Promise<string> {
  const id = await sampleDraft();
  await office.send('POST', `/api/plans/${id}/publish`, { confirmAssumptions: true });
  return id;
}

async function signals(): Promise<{ name: string; payload: Record<string, unknown>; tasks: number }[]> {
  const { rows } = await rig.pool.query(
    `select payload #>> '{args,0,name}' as name, payload #> '{args,0,payload}' as payload, count(*)::int as tasks
     from outbox where op = 'signal' group by 1, 2 order by 1, 2::text`,
  );
  return rows;
}

describe('the reference plan', () => {
  test('51 tasks, 15 names, 76 responsibilities, 32 periods at go-live 2024-06-04, three due before issue', async () => {
    rig.clock.at = parseInstant('2024-06-04T08:00:00+08:00');
    const { id } = (await upload(office, await readFile(SEED))).json();
    const plan = (await reader.get(`/api/plans/${id}?goLive=2024-06-04`)).json();
    expect(plan).toMatchObject({
      documentNumber: '浦城执法〔2024〕47号',
      issuedOn: '2024-06-04',
      horizon: { from: '2023-01-01', to: '2025-12-31' },
      evaluations: [
        { kind: 'mid-term', dueOn: '2024-10-31' },
        { kind: 'final', dueOn: '2025-10-31' },
      ],
      counts: {
        tasks: 51,
        names: 15,
        responsibilities: 76,
        expandedResponsibilities: 76,
        byDeadlineKind: { date: 26, recurring: 16, ongoing: 0, 'declared-done': 9, none: 0 },
        periods: 32,
        byIntake: { timed: 55, 'before-issue': 3, 'before-go-live': 0, 'declared-done': 9, ongoing: 0 },
      },
    });
    const published = await office.send('POST', `/api/plans/${id}/publish`, {
      goLive: '2024-06-04',
      confirmAssumptions: true,
    });
    expect(published.json()).toMatchObject({ tasks: 51, departments: 15, evaluations: 2 });
    const overview = (await reader.get(`/api/plans/${id}/overview`)).json();
    expect(overview.total).toMatchObject({ tasks: 51, closed: 0, late: 0 });
    expect(overview.sections.map((section: { section: string }) => section.section)).toHaveLength(6);
    expect(overview.evaluations.map((each: { dueOn: string }) => each.dueOn)).toEqual(['2024-10-31', '2025-10-31']);
  });

  test('goes live without accepting anything unseen, once a person has confirmed all of it', async () => {
    rig.clock.at = parseInstant('2024-06-04T08:00:00+08:00');
    const { id } = (await upload(office, await readFile(SEED))).json();
    const before = (await office.get(`/api/plans/${id}`)).json();
    const codes = before.unresolved.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['repaired', 'lead-assumed', 'department-unknown', 'deadline-repaired']),
    );
    await office.send('POST', `/api/plans/${id}/confirm`, {});
    const departments = before.departments.map(({ name, kind }: { name: string; kind: string }) => ({ name, kind }));
    await office.send('PUT', `/api/plans/${id}/departments`, { departments });
    expect((await office.get(`/api/plans/${id}`)).json().unresolved).toEqual([]);
    expect((await office.send('POST', `/api/plans/${id}/publish`)).json()).toMatchObject({ tasks: 51 });
  });

  test('taken over today it has no timed clock in the past', async () => {
    rig.clock.at = parseInstant('2026-11-22T10:00:00+08:00');
    const { id } = (await upload(office, await readFile(SEED))).json();
    await office.send('POST', `/api/plans/${id}/publish`, { confirmAssumptions: true });
    const { counts, goLive } = (await reader.get(`/api/plans/${id}`)).json();
    expect(goLive).toBe('2026-11-22');
    expect(counts.byIntake).toEqual({
      timed: 0,
      'before-issue': 3,
      'before-go-live': 55,
      'declared-done': 9,
      ongoing: 0,
    });
    const summaries = await rig.pool.query(
      "select count(*)::int as n from notifications where kind = 'takeover-summary'",
    );
    expect(summaries.rows).toEqual([{ n: 15 }]);
  });
});

describe('handing a plan in', () => {
  test('the same file again is the same plan, and the sender is told', async () => {
    const id = await sampleDraft();
    const again = await upload(office, await readFile(SAMPLE), 'other-name.txt');
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual({ id, status: 'draft', created: false });
    expect((await reader.get('/api/plans')).json().items).toHaveLength(1);
  });

  test('the same key again gives the first answer', async () => {
    const first = await upload(office, await readFile(SAMPLE), 'plan.txt', 'one-key');
    const second = await upload(office, await readFile(SAMPLE), 'plan.txt', 'one-key');
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
  });

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 415],
    ['damaged bytes', Buffer.from('504b0304ffffffffffffffff', 'hex'), 422],
    ['nothing', Buffer.alloc(0), 422],
    ['a text without annotations', '关于开展工作的通知\n\n请各单位认真执行。\n', 422],
  ])('%s is refused with a reason', async (_name, bytes, status) => {
    const response = await upload(office, bytes, 'x.txt');
    expect(response.statusCode).toBe(status);
    expect(response.json().detail).toMatch(/\p{Script=Han}/u);
    expect((await reader.get('/api/plans')).json().items).toEqual([]);
  });

  test('JSON instead of a file is 415', async () => {
    expect((await office.send('POST', '/api/plans', { file: 'x' })).statusCode).toBe(415);
  });

  test('who may not import is refused before anything is read', async () => {
    expect((await upload(reader, await readFile(SAMPLE))).statusCode).toBe(403);
  });
});

describe('review and publication', () => {
  test('publishing is refused with the list until the assumptions are confirmed', async () => {
    const id = await sampleDraft();
    const refused = await office.send('POST', `/api/plans/${id}/publish`);
    expect(refused.statusCode).toBe(409);
    expect(refused.headers['content-type']).toMatch('application/problem+json');
    expect(refused.json()).toMatchObject({ code: 'unresolved-problems' });
    expect(refused.json().unresolved.length).toBeGreaterThan(10);
    expect((await reader.get(`/api/plans/${id}`)).json().unresolved).toEqual(refused.json().unresolved);
  });

  test('a correction needs the version that was seen; the second of two people is told', async () => {
    const id = await sampleDraft();
    const [item] = (await office.get(`/api/plans/${id}`)).json().items;
    const url = `/api/plans/${id}/items/${item.id}`;
    expect((await office.send('PATCH', url, { text: '新写法。' })).json()).toMatchObject({ code: 'version-required' });
    const first = await office.send('PATCH', url, { version: 1, deadline: '2027年一季度', text: '新写法。' });
    expect(first.json()).toMatchObject({
      version: 2,
      text: '新写法。',
      deadline: { kind: 'date', date: '2027-03-31' },
      parsed: { text: item.text },
    });
    const second = await office.send('PATCH', url, { version: 1, text: '另一种。' });
    expect([second.statusCode, second.json().code]).toEqual([409, 'stale']);
  });

  test('confirming everything and naming the departments clears the list', async () => {
    const id = await sampleDraft();
    const before = (await office.get(`/api/plans/${id}`)).json();
    expect((await office.send('POST', `/api/plans/${id}/confirm`, {})).json()).toEqual({ confirmed: 15 });
    const names = before.departments.map(({ name }: { name: string }) => ({ name, kind: 'department' }));
    await office.send('PUT', `/api/plans/${id}/departments`, { departments: names });
    expect((await office.get(`/api/plans/${id}`)).json().unresolved).toEqual([]);
    expect((await office.send('POST', `/api/plans/${id}/publish`, {})).statusCode).toBe(200);
  });

  test('publishing twice with one key starts every task once; another key is told', async () => {
    const id = await sampleDraft();
    const body = { confirmAssumptions: true };
    const first = await office.send('POST', `/api/plans/${id}/publish`, body, 'publish-once');
    const same = await office.send('POST', `/api/plans/${id}/publish`, body, 'publish-once');
    expect(same.json()).toEqual(first.json());
    const other = await office.send('POST', `/api/plans/${id}/publish`, body);
    expect([other.statusCode, other.json().code]).toEqual([409, 'not-a-draft']);
    const { rows } = await rig.pool.query("select count(*)::int as n from entities where kind = 'task'");
    expect(rows).toEqual([{ n: 15 }]);
  });

  test('go-live may lie in the past, but not before the issue date', async () => {
    const id = await sampleDraft();
    const early = await office.send('POST', `/api/plans/${id}/publish`, {
      goLive: '2026-10-11',
      confirmAssumptions: true,
    });
    expect([early.statusCode, early.json().code]).toEqual([422, 'go-live-before-issue']);
    const past = await office.send('POST', `/api/plans/${id}/publish`, {
      goLive: '2026-10-12',
      confirmAssumptions: true,
    });
    expect(past.json()).toMatchObject({ goLive: '2026-10-12' });
  });

  test('a coordinator may not publish', async () => {
    const id = await sampleDraft();
    expect((await reader.send('POST', `/api/plans/${id}/publish`, {})).statusCode).toBe(403);
    expect((await reader.send('POST', `/api/plans/${id}/confirm`, {})).statusCode).toBe(403);
  });

  test('an unknown plan is 404', async () => {
    expect((await reader.get('/api/plans/plan-x')).statusCode).toBe(404);
    expect((await office.send('POST', '/api/plans/plan-x/publish', {})).statusCode).toBe(404);
  });
});

describe('after publication', () => {
  test('withdrawing tells every task, with the ground kept', async () => {
    const id = await published();
    const response = await office.send('POST', `/api/plans/${id}/withdraw`, { ground: '发错了版本' });
    expect(response.json()).toEqual({ tasks: 15 });
    expect(await signals()).toMatchObject([
      { name: 'changePhase', payload: { phase: 'withdrawn' }, tasks: 15 },
      // The plan's two evaluations rest as well.
      { name: 'withdraw', tasks: 2 },
    ]);
    expect((await reader.get(`/api/plans/${id}`)).json()).toMatchObject({
      status: 'withdrawn',
      withdrawnGround: '发错了版本',
    });
    expect((await office.send('POST', `/api/plans/${id}/withdraw`, { ground: '再来' })).statusCode).toBe(409);
  });

  test('a revised plan shows its difference, keeps the tasks and tells them what changed', async () => {
    const id = await published();
    const revised = (await readFile(SAMPLE, 'utf8'))
      .replace('完成时间：2027年3月底前', '完成时间：2027年5月底前')
      .replace('责任部门：督察大队；完成时间：每月', '责任部门：督察大队、综合协调处；完成时间：每月')
      .replace(/坚持服务、管理、执法相结合.*?长期坚持）\n/u, '')
      .replace(
        '完善基础数据。\n',
        '完善基础数据。\n\n编制数据目录并每半年更新。（责任部门：信息指挥中心；完成时间：2027年8月底前）\n',
      );
    const upload2 = await upload(office, revised, 'revised.txt');
    const draft = upload2.json().id;
    const difference = (await reader.get(`/api/plans/${draft}/difference?with=${id}`)).json();
    expect(difference.added.map((item: { text: string }) => item.text)).toEqual(['编制数据目录并每半年更新。']);
    expect(difference.dropped).toHaveLength(1);
    expect(difference.changed).toHaveLength(2);
    expect(difference.unchanged).toBe(12);

    const before = await rig.pool.query("select id from entities where kind = 'task' order by id");
    const body = { confirmAssumptions: true, revises: { plan: id, documentNumber: '示执〔2026〕20号' } };
    const response = await office.send('POST', `/api/plans/${draft}/publish`, body);
    expect(response.json()).toMatchObject({
      revision: { runningPlan: id, continued: 14, added: 1, dropped: 1, merged: 0 },
    });
    const after = await rig.pool.query("select id from entities where kind = 'task' order by id");
    expect(after.rows).toHaveLength(16);
    expect(after.rows.map((row) => row.id)).toEqual(expect.arrayContaining(before.rows.map((row) => row.id)));
    expect((await signals()).map(({ name, payload, tasks }) => [name, payload['documentNumber'], tasks])).toEqual([
      ['adjustDeadline', '示执〔2026〕20号', 1],
      ['changeDepartments', '示执〔2026〕20号', 1],
      ['changePhase', '示执〔2026〕20号', 1],
    ]);
    const overview = (await reader.get(`/api/plans/${draft}/overview`)).json();
    expect(overview.plan.id).toBe(id);
    expect(overview.total.tasks).toBe(16);
    const withdrawn = await office.send('POST', `/api/plans/${draft}/withdraw`, { ground: '撤回修订' });
    expect([withdrawn.statusCode, withdrawn.json().code]).toEqual([409, 'is-a-revision']);
  });

  test('a task ordered by a leader runs beside the plan and is announced', async () => {
    await published();
    const { rows } = await rig.pool.query("select id from departments where name = '督察大队'");
    const body = {
      text: '核查夜间施工扰民。',
      departments: [rows[0].id],
      deadline: '2027年1月底前',
      basis: '局长办公会纪要第3号',
    };
    const added = await office.send('POST', '/api/tasks', body);
    expect(added.statusCode).toBe(201);
    const sent = await rig.pool.query(`select kind, to_department, to_role from notifications where entity_id = $1`, [
      added.json().id,
    ]);
    expect(sent.rows).toEqual([{ kind: 'assignment', to_department: rows[0].id, to_role: 'coordinator' }]);
    for (const wrong of [{ deadline: '2020年1月底前' }, { deadline: '看情况' }, { departments: ['d-none'] }])
      expect((await office.send('POST', '/api/tasks', { ...body, ...wrong })).statusCode).toBe(422);
  });

  test('several rehearsals at once are all answered', async () => {
    const id = await sampleDraft();
    const url = `/api/plans/${id}/rehearsal?from=2026-11-23&to=2026-12-31`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => reader.get(url)));
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  });

  test('the rehearsal lists what will be sent, in order, inside both ends', async () => {
    const id = await sampleDraft();
    const response = await reader.get(`/api/plans/${id}/rehearsal?from=2026-11-23&to=2027-03-31`);
    const { items } = response.json();
    expect(items.length).toBeGreaterThan(50);
    const instants = items.map((item: { at: string }) => item.at);
    expect(instants).toEqual(instants.toSorted());
    expect(instants.every((at: string) => at >= '2026-11-23' && at < '2027-04-01')).toBe(true);
    const kinds = new Set(items.map((item: { kind: string }) => item.kind));
    for (const kind of ['reminder', 'sheet-request', 'escalation', 'evaluation', 'takeover-summary'])
      expect(kinds).toContain(kind);
    const onTime = (await reader.get(`/api/plans/${id}/rehearsal?from=2026-11-23&to=2027-03-31&assume=on-time`)).json();
    expect(onTime.items.some((item: { kind: string }) => item.kind === 'escalation')).toBe(false);
    expect((await reader.get(`/api/plans/${id}/rehearsal?from=2026-11-23&to=2026-11-01`)).statusCode).toBe(422);
  });
});
