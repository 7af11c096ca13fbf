import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureAdministrator } from '../../api/administrator.ts';
import { startApi, type ApiRig } from './rig/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApi();
  await ensureAdministrator(rig.pool, { name: '管理员', password: 'correct horse', now: rig.wallClock.at });
});
afterAll(() => rig.close());

function login(name: string, password: string, headers: Record<string, string> = {}) {
  return rig.app.inject({ method: 'POST', url: '/api/session', payload: { name, password }, headers });
}

function cookieOf(response: { cookies: { name: string; value: string }[] }): string {
  const cookie = response.cookies.find(({ name }) => name === 'bihuan_session');
  return `bihuan_session=${cookie?.value ?? ''}`;
}

test('a person signs in, is known, and signs out for good', async () => {
  const signedIn = await login('管理员', 'correct horse');
  expect(signedIn.statusCode).toBe(200);
  expect(signedIn.json()).toMatchObject({
    user: { name: '管理员' },
    posts: [{ department: 'bureau', role: 'administrator' }],
  });
  expect(signedIn.headers['set-cookie']).toMatch(/HttpOnly/);
  expect(signedIn.headers['set-cookie']).toMatch(/SameSite=Lax/);
  const cookie = cookieOf(signedIn);

  const me = await rig.app.inject({ url: '/api/session', headers: { cookie } });
  expect(me.json()).toMatchObject({ user: { name: '管理员' } });
  expect(me.json().permissions).toContain('people.administer');

  const out = await rig.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } });
  expect(out.statusCode).toBe(204);
  expect((await rig.app.inject({ url: '/api/session', headers: { cookie } })).statusCode).toBe(401);
});

test('the token itself is nowhere in the database', async () => {
  const token = cookieOf(await login('管理员', 'correct horse')).split('=')[1];
  const { rows } = await rig.pool.query('select token_hash from sessions');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map((row: { token_hash: string }) => row.token_hash)).not.toContain(token);
});

test('a wrong password and an unknown name are refused in the same words', async () => {
  const wrong = await login('管理员', 'wrong');
  const unknown = await login('没有此人', 'wrong');
  expect(wrong.statusCode).toBe(401);
  expect(wrong.json()).toMatchObject({ code: 'wrong-credentials', detail: '姓名或密码不对。' });
  expect(unknown.json()).toEqual(wrong.json());
  expect(wrong.headers['content-type']).toContain('application/problem+json');
});

test('after five wrong passwords the name must wait, and the right one no longer helps until then', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await login('张三', 'wrong')).statusCode).toBe(401);
  const limited = await login('张三', 'right or wrong');
  expect(limited.statusCode).toBe(429);
  expect(limited.json()).toMatchObject({ code: 'too-many-attempts' });
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  expect((await login('管理员', 'correct horse')).statusCode).toBe(200);
  rig.wallClock.at += 16 * 60_000;
  expect((await login('张三', 'wrong')).statusCode).toBe(401);
});

test('many attempts at once cannot slip past the limit together', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => login('李四', 'guess')));
  expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(5);
  expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(7);
});

test('a session ends when it has been idle, and in any case at its absolute end', async () => {
  const idle = cookieOf(await login('管理员', 'correct horse'));
  rig.wallClock.at += rig.deps.config.sessionIdleMs + 1;
  expect((await rig.app.inject({ url: '/api/session', headers: { cookie: idle } })).statusCode).toBe(401);

  const busy = cookieOf(await login('管理员', 'correct horse'));
  const end = rig.wallClock.at + rig.deps.config.sessionAbsoluteMs;
  while (rig.wallClock.at + rig.deps.config.sessionIdleMs / 2 < end) {
    rig.wallClock.at += rig.deps.config.sessionIdleMs / 2;
    expect((await rig.app.inject({ url: '/api/session', headers: { cookie: busy } })).statusCode).toBe(200);
  }
  rig.wallClock.at = end + 1;
  expect((await rig.app.inject({ url: '/api/session', headers: { cookie: busy } })).statusCode).toBe(401);
});

test('a page of another site cannot sign anybody in', async () => {
  const foreign = await login('管理员', 'correct horse', { origin: 'https://evil.example' });
  expect(foreign.statusCode).toBe(403);
  expect(foreign.json()).toMatchObject({ code: 'cross-origin' });
  const own = await login('管理员', 'correct horse', { origin: 'http://localhost:80', host: 'localhost:80' });
  expect(own.statusCode).toBe(200);
});

test('without a given password a one-time link makes the first administrator, once', async () => {
  const other = await startApi();
  try {
    const first = await ensureAdministrator(other.pool, { now: other.wallClock.at });
    const second = await ensureAdministrator(other.pool, { now: other.wallClock.at });
    if (first.kind !== 'setup-link' || second.kind !== 'setup-link') throw new Error('expected two links');
    const payload = { name: '首任', password: 'long enough' };
    const use = (token: string, body: object = payload) =>
      other.app.inject({ method: 'POST', url: `/api/setup/${token}`, payload: body });
    expect((await use(first.token)).statusCode).toBe(410);
    expect((await use(second.token, { password: 'long enough' })).json()).toMatchObject({ field: 'name' });
    expect((await use(second.token)).json()).toEqual({ name: '首任' });
    expect((await use(second.token)).statusCode).toBe(410);
    expect(await ensureAdministrator(other.pool, { now: other.wallClock.at })).toEqual({ kind: 'exists' });
    const signedIn = await other.app.inject({ method: 'POST', url: '/api/session', payload });
    expect(signedIn.json().permissions).toContain('operations.read');
  } finally {
    await other.close();
  }
});
