import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { operationsOf, QUESTIONS, type OpenApiDocument, type Operation } from './rig/openapi.ts';

/** All that may be asked without a session. A route that is missing here is guarded, or the test fails. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'POST /api/session',
  'DELETE /api/session',
  'GET /api/setup/{token}',
  'POST /api/setup/{token}',
];
/** Served and not described: the catch-all behind the commands, which only says that there is no such command. */
const HIDDEN = ['POST /api/tasks/{id}/commands/{name}'];

let rig: ApiRig;
let nobody: Person;
let operations: Operation[];

beforeAll(async () => {
  rig = await startApi();
  nobody = await rig.signIn();
  operations = operationsOf(rig.app.swagger() as unknown as OpenApiDocument);
});
afterAll(() => rig.close());

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function urlOf({ path }: Operation): string {
  return path.replaceAll(/\{[^}]+\}/g, 'x-1');
}

function guarded(): Operation[] {
  return operations.filter((operation) => !PUBLIC.includes(nameOf(operation)));
}

/** The router's own list, so that no route can hide from these tests. */
function served(): string[] {
  const parents: string[] = [];
  const routes = new Map<string, string>();
  for (const line of rig.app.printRoutes({ commonPrefix: false, includeHooks: false }).split('\n')) {
    const match = /^(.*?)── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (match === null) continue;
    const [, indent = '', segment = '', methods = ''] = match;
    const depth = Math.floor(indent.length / 4);
    const path = `${depth === 0 ? '' : parents[depth - 1]}${segment}`;
    parents[depth] = path;
    for (const method of methods.split(', ')) {
      if (method !== '' && method !== 'HEAD' && method !== 'OPTIONS') routes.set(`${method} ${path}`, path);
    }
  }
  return [...routes.keys()].map((name) => name.replaceAll(/:([a-zA-Z]+)/g, '{$1}'));
}

test('every route under /api that the router serves is described', () => {
  const api = served().filter((name) => / \/api\//.test(name));
  const described = new Set([...operations.map(nameOf), ...HIDDEN]);
  expect(api.length).toBeGreaterThan(70);
  expect(api.filter((name) => !described.has(name))).toEqual([]);
  for (const name of PUBLIC) expect(described).toContain(name);
});

test('without a session every guarded route answers 401, whatever else is wrong', async () => {
  expect(guarded().length).toBeGreaterThan(60);
  for (const operation of guarded()) {
    const answer = await rig.app.inject({ method: operation.method as 'GET', url: urlOf(operation) });
    expect([nameOf(operation), answer.statusCode, answer.json().code]).toEqual([
      nameOf(operation),
      401,
      'not-signed-in',
    ]);
  }
});

test('a made-up or ended session is no session', async () => {
  for (const cookie of ['bihuan_session=', 'bihuan_session=x', `bihuan_session=${'A'.repeat(5000)}`]) {
    const answer = await rig.app.inject({ url: '/api/tasks', headers: { cookie } });
    expect(answer.statusCode).toBe(401);
  }
  const person = await rig.signIn();
  expect((await person.get('/api/tasks')).statusCode).toBe(200);
  await rig.pool.query('update users set active = false where id = $1', [person.id]);
  expect((await person.get('/api/tasks')).statusCode).toBe(401);
});

test('every guarded write asks for its Idempotency-Key before it looks at the body', async () => {
  const writes = guarded().filter((operation) => operation.method !== 'GET' && !QUESTIONS.includes(nameOf(operation)));
  expect(writes.length).toBeGreaterThan(30);
  for (const operation of writes) {
    const options = { method: operation.method as 'POST', url: urlOf(operation), headers: { cookie: nobody.cookie } };
    const missing = await rig.app.inject(options);
    // A person without a post may be turned away for that first; nobody gets further without a key.
    expect([nameOf(operation), [400, 403].includes(missing.statusCode)]).toEqual([nameOf(operation), true]);
    expect(['idempotency-key-required', 'role-required']).toContain(missing.json().code);
    const long = await rig.app.inject({
      ...options,
      headers: { ...options.headers, 'idempotency-key': 'k'.repeat(201) },
    });
    expect(['idempotency-key-invalid', 'role-required']).toContain(long.json().code);
  }
});

test('every guarded write refuses a page of another site', async () => {
  for (const operation of guarded().filter(({ method }) => method !== 'GET')) {
    const answer = await rig.app.inject({
      method: operation.method as 'POST',
      url: urlOf(operation),
      headers: { cookie: nobody.cookie, origin: 'https://evil.example', 'idempotency-key': 'k' },
    });
    expect([nameOf(operation), answer.statusCode, answer.json().code]).toEqual([
      nameOf(operation),
      403,
      'cross-origin',
    ]);
  }
});

test('a person without posts administers nothing', async () => {
  const administration = [
    ['POST', '/api/departments'],
    ['PATCH', '/api/departments/x'],
    ['POST', '/api/departments/x/merge'],
    ['GET', '/api/users'],
    ['POST', '/api/users'],
    ['PATCH', '/api/users/x'],
    ['GET', '/api/operations'],
    ['GET', '/api/operations/troubles'],
  ] as const;
  for (const [method, url] of administration) {
    const answer = method === 'GET' ? await nobody.get(url) : await nobody.send(method, url, {});
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 403, 'role-required']);
  }
});

test('answers of the API are never kept, framed or sniffed', async () => {
  const answer = await nobody.get('/api/tasks');
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});
