import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUREAU } from '../../domain/decider.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let admin: Person;

beforeAll(async () => {
  rig = await startApi();
  admin = await rig.signIn({ department: BUREAU, role: 'administrator' });
  await rig.pool.query("update users set password_hash = 'scrypt$' where id = $1", [admin.id]);
});
afterAll(() => rig.close());

async function make(name: string, kind = 'department') {
  const answer = await admin.send('POST', '/api/departments', { name, kind });
  expect(answer.statusCode).toBe(201);
  return answer.json() as { id: string; version: number; name: string };
}

test('the same key makes one department and answers the same; another body is refused', async () => {
  const body = { name: '法制处', kind: 'department' };
  const first = await admin.send('POST', '/api/departments', body, 'key-1');
  const second = await admin.send('POST', '/api/departments', { kind: 'department', name: '法制处' }, 'key-1');
  expect([second.statusCode, second.json()]).toEqual([201, first.json()]);
  const other = await admin.send('POST', '/api/departments', { ...body, name: '他处' }, 'key-1');
  expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
  const names = (await admin.get('/api/departments')).json().items.map((item: { name: string }) => item.name);
  expect(names.filter((name: string) => name === '法制处')).toHaveLength(1);
});

test('one key used many times at once is one effect', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, () =>
      admin.send('POST', '/api/departments', { name: '督察大队', kind: 'department' }, 'key-2'),
    ),
  );
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  expect(answers.map((answer) => answer.statusCode)).toEqual(Array(6).fill(201));
});

test('a refused write stores nothing, so its key is free for the corrected one', async () => {
  await make('办公室');
  const taken = await admin.send('POST', '/api/departments', { name: '办公室', kind: 'department' }, 'key-3');
  expect([taken.statusCode, taken.json().code, taken.json().field]).toEqual([409, 'name-taken', 'name']);
  const corrected = await admin.send('POST', '/api/departments', { name: '局办公室', kind: 'department' }, 'key-3');
  expect(corrected.statusCode).toBe(201);
});

test('a renamed department keeps the name of the time, and a stale change is refused', async () => {
  const department = await make('宣教中心');
  rig.clock.at += 86_400_000;
  const change = { version: department.version, name: '教育培训中心', documentNumber: '沪编〔2025〕3号' };
  const renamed = await admin.send('PATCH', `/api/departments/${department.id}`, change);
  expect(renamed.json()).toMatchObject({ name: '教育培训中心', version: department.version + 1 });
  const page = (await admin.get(`/api/departments/${department.id}`)).json();
  expect(page.names).toMatchObject([
    { name: '教育培训中心', until: null, documentNumber: '沪编〔2025〕3号' },
    { name: '宣教中心' },
  ]);
  expect(page.names[1].until).toBe(page.names[0].since);
  const stale = await admin.send('PATCH', `/api/departments/${department.id}`, { ...change, name: '又改' });
  expect([stale.statusCode, stale.json().code]).toEqual([409, 'stale']);
});

test('an alias is a decision that keeps who took it, and no name stands for two departments', async () => {
  const department = await make('执法培训中心');
  const other = await make('机关党委');
  const added = await admin.send('POST', `/api/departments/${department.id}/aliases`, { alias: '城管学校' });
  expect(added.json().aliases).toEqual(['城管学校']);
  const twice = await admin.send('POST', `/api/departments/${other.id}/aliases`, { alias: '城管学校' });
  expect(twice.json().code).toBe('name-taken');
  const { rows } = await rig.pool.query('select decided_by from department_aliases where alias = $1', ['城管学校']);
  expect(rows).toEqual([{ decided_by: admin.id }]);
  const url = `/api/departments/${department.id}/aliases/${encodeURIComponent('城管学校')}`;
  expect((await admin.send('DELETE', url)).json().aliases).toEqual([]);
  expect((await admin.send('DELETE', url)).statusCode).toBe(404);
});

function setMembers(id: string, version: number, members: string[]) {
  return admin.send('PUT', `/api/departments/${id}/members`, { version, members });
}

test('a group holds members and never itself, however deep', async () => {
  const outer = await make('各支大队', 'group');
  const inner = await make('各中队', 'group');
  const member = await make('一中队');
  expect((await setMembers(outer.id, 1, [inner.id, member.id])).json().members).toHaveLength(2);
  expect((await setMembers(inner.id, 1, [outer.id])).json().code).toBe('group-in-itself');
  expect((await setMembers(inner.id, 1, ['dep-none'])).json().code).toBe('unknown-department');
  expect((await setMembers(member.id, 1, [])).json().code).toBe('not-a-group');
});

test('a department with duties is merged, not closed: duties are told to its tasks, posts and names move', async () => {
  const from = await make('执法一大队');
  const into = await make('执法二大队');
  const person = await rig.signIn({ department: from.id, role: 'coordinator' });
  const { tasks } = await seedTasks(rig, [{ text: '巡查', departments: [from.id], due: '2025-09-30' }]);
  const closed = await admin.send('PATCH', `/api/departments/${from.id}`, { version: from.version, active: false });
  expect(closed.json().code).toBe('department-has-duties');
  const merge = { version: from.version, into: into.id, documentNumber: '沪编〔2025〕4号' };
  const merged = await admin.send('POST', `/api/departments/${from.id}/merge`, merge);
  expect(merged.json()).toMatchObject({ department: { active: false, mergedInto: into.id }, tasksMoved: 1 });
  const { rows } = await rig.pool.query<{ payload: unknown }>(
    "select payload from outbox where entity_id = $1 and op = 'signal'",
    [tasks[0]],
  );
  expect(rows).toMatchObject([
    { payload: { signal: 'revise', args: [{ name: 'renameDepartment', payload: { from: from.id, to: into.id } }] } },
  ]);
  expect((await person.get('/api/session')).json().posts).toMatchObject([
    { department: into.id, departmentName: '执法二大队' },
  ]);
  expect((await admin.get(`/api/departments/${into.id}`)).json().aliases).toEqual(['执法一大队']);
});

test('the bureau itself cannot be changed', async () => {
  const answer = await admin.send('PATCH', '/api/departments/bureau', { version: 1, active: false });
  expect(answer.json().code).toBe('bureau-is-fixed');
});

test('an invited person sets a password by a link that is shown once and stored nowhere', async () => {
  const posts = [{ department: BUREAU, role: 'director' }];
  const created = await admin.send('POST', '/api/users', { name: '某局领导', posts }, 'invite-1');
  const { user, setupToken } = created.json();
  expect(user).toMatchObject({ name: '某局领导', posts, hasPassword: false });
  expect((await admin.send('POST', '/api/users', { name: '某局领导', posts }, 'invite-1')).json()).toEqual(
    created.json(),
  );
  const { rows } = await rig.pool.query(
    'select row_to_json(t)::text as row from setup_tokens t union all select row_to_json(h)::text from http_results h',
  );
  expect(JSON.stringify(rows)).not.toContain(setupToken);
  const seen = await rig.app.inject(`/api/setup/${setupToken}`);
  expect(seen.json()).toEqual({ name: '某局领导', firstAdministrator: false });
  const set = await rig.app.inject({
    method: 'POST',
    url: `/api/setup/${setupToken}`,
    payload: { password: 'long enough' },
  });
  expect(set.statusCode).toBe(200);
  const login = await rig.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { name: '某局领导', password: 'long enough' },
  });
  expect(login.statusCode).toBe(200);
});

test('a person who is put out is out at once, and the last administrator stays', async () => {
  const person = await rig.signIn({ department: BUREAU, role: 'auditor' });
  const out = await admin.send('PATCH', `/api/users/${person.id}`, { version: 1, active: false });
  expect(out.json()).toMatchObject({ active: false });
  expect((await person.get('/api/tasks')).statusCode).toBe(401);
  const self = await admin.send('PATCH', `/api/users/${admin.id}`, { version: 1, posts: [] });
  expect([self.statusCode, self.json().code]).toEqual([409, 'last-administrator']);
  expect((await admin.get('/api/users')).statusCode).toBe(200);
});

test('people choose what comes by mail', async () => {
  const person = await rig.signIn({ department: 'dep-a', role: 'head' });
  expect((await person.get('/api/me/preferences')).json()).toMatchObject({ mode: 'digest', quietFrom: null });
  const wanted = { mode: 'single', kinds: ['reminder', 'escalation'], quietFrom: '22:00', quietUntil: '07:30' };
  expect((await person.send('PUT', '/api/me/preferences', wanted)).json()).toEqual(wanted);
  expect((await person.get('/api/me/preferences')).json()).toEqual(wanted);
  const half = await person.send('PUT', '/api/me/preferences', { ...wanted, quietUntil: null });
  expect(half.json()).toMatchObject({ code: 'validation-failed', field: 'quietUntil' });
  const odd = await person.send('PUT', '/api/me/preferences', { ...wanted, quietFrom: '25:00' });
  expect(odd.json()).toMatchObject({ code: 'validation-failed', field: 'quietFrom' });
});

async function loginCookie(password: string): Promise<string> {
  const payload = { name: '换密码者', password };
  const answer = await rig.app.inject({ method: 'POST', url: '/api/session', payload });
  return `bihuan_session=${answer.cookies[0]?.value ?? ''}`;
}

async function asked(cookie: string): Promise<number> {
  return (await rig.app.inject({ url: '/api/session', headers: { cookie } })).statusCode;
}

test('a new password ends the sessions elsewhere', async () => {
  const created = await admin.send('POST', '/api/users', { name: '换密码者', posts: [], password: 'old password' });
  expect(created.statusCode).toBe(201);
  const [here, elsewhere] = [await loginCookie('old password'), await loginCookie('old password')];
  const change = (current: string) =>
    rig.app.inject({
      method: 'PUT',
      url: '/api/me/password',
      headers: { cookie: here, 'idempotency-key': `change-${current.length}` },
      payload: { current, password: 'new password' },
    });
  expect((await change('wrong')).json().code).toBe('wrong-credentials');
  expect((await change('old password')).json()).toEqual({ changed: true });
  expect([await asked(here), await asked(elsewhere)]).toEqual([200, 401]);
  expect(await asked(await loginCookie('new password'))).toBe(200);
});
