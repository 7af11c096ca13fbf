import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUREAU } from '../../domain/decider.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';

let rig: ApiRig;
let admin: Person;

beforeAll(async () => {
  rig = await startApi();
  admin = await rig.signIn({ department: BUREAU, role: 'administrator' });
});
afterAll(() => rig.close());

function raw(payload: string | Buffer, headers: Record<string, string> = {}) {
  return rig.app.inject({
    method: 'POST',
    url: '/api/departments',
    headers: { cookie: admin.cookie, 'idempotency-key': 'raw', 'content-type': 'application/json', ...headers },
    payload,
  });
}

test.each([
  ['broken JSON', '{"name":', {}, 400, 'invalid-json'],
  ['an empty body', '', {}, 400, 'invalid-json'],
  ['a list', '[]', {}, 400, 'validation-failed'],
  ['another media type', '<a/>', { 'content-type': 'application/xml' }, 415, 'unsupported-media-type'],
  ['a poisoned prototype', '{"__proto__":{"admin":true},"name":"x","kind":"department"}', {}, 400, 'invalid-json'],
  ['a NUL', '{"name":"a\\u0000b","kind":"department"}', {}, 400, 'invalid-character'],
  ['half a surrogate pair', '{"name":"a","kind":"department","mail":"\\ud800"}', {}, 400, 'validation-failed'],
  ['a wrong type', '{"name":1,"kind":"department"}', {}, 400, 'validation-failed'],
  ['a missing field', '{"name":"x"}', {}, 400, 'validation-failed'],
])('%s is refused as problem+json in Chinese', async (_what, payload, headers, status, code) => {
  const answer = await raw(payload, headers);
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.json()).toMatchObject({
    type: `urn:bihuan:problem:${code}`,
    status,
    title: expect.stringMatching(/\p{Script=Han}/u),
    detail: expect.stringMatching(/\p{Script=Han}/u),
  });
  expect(answer.json().detail).not.toMatch(/must |expected/i);
});

test('a body beyond the limit is 413', async () => {
  const answer = await raw(JSON.stringify({ name: 'x'.repeat(1_100_000), kind: 'department' }));
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'body-too-large']);
});

test('an unknown address is 404, a malformed one 400', async () => {
  const unknown = await admin.get('/api/nothing');
  expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'not-found']);
  const malformed = await admin.get('/api/tasks/%zz');
  expect([malformed.statusCode, malformed.json().code]).toEqual([400, 'invalid-url']);
  const long = await admin.get(`/api/tasks/${'a'.repeat(300)}`);
  expect([long.statusCode, long.json().code]).toEqual([414, 'url-too-long']);
});

test('an id of another shape never reaches the database', async () => {
  for (const id of ["'%20or%20'1'='1", '%00', '..%2f..', 'a%20b']) {
    const answer = await admin.get(`/api/tasks/${id}`);
    expect(answer.statusCode).toBe(400);
  }
});

test('what nobody foresaw says nothing of itself', async () => {
  const original = rig.pool.query;
  rig.pool.query = (() => {
    throw new Error('secret detail of the inside');
  }) as unknown as typeof original;
  const answer = await admin.get('/api/tasks').finally(() => {
    rig.pool.query = original;
  });
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal-error']);
  expect(answer.body).not.toContain('secret');
});

test('a database that is away is 503 with a time to come back, and the process still lives', async () => {
  const original = rig.pool.query;
  rig.pool.query = (async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }) as unknown as typeof original;
  try {
    const answer = await admin.get('/api/tasks');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'database-unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await rig.app.inject('/readyz')).statusCode).toBe(503);
    expect((await rig.app.inject('/healthz')).statusCode).toBe(200);
  } finally {
    rig.pool.query = original;
  }
  expect((await rig.app.inject('/readyz')).json()).toEqual({ status: 'ready', database: true, temporal: false });
});

test('operations say when Temporal is away instead of failing', async () => {
  const answer = await admin.get('/api/operations');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    temporal: { address: '127.0.0.1:1', version: null, open: null, error: expect.stringMatching(/Temporal/) },
    outbox: { depth: 0 },
    notifications: { waiting: 0, failed: 0 },
    calendar: { publishedThrough: null },
    ledger: { events: 0 },
  });
});
