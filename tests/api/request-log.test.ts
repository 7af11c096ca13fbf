import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_CONFIG, type App } from '../../api/app-type.ts';
import { buildApp } from '../../api/app.ts';
import { openPool, type Pool } from '../../db/pool.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';

let app: App;
let pool: Pool;
let database: TestDatabase;
const lines: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString('utf8'));
      done();
    },
  });
  const clock = { now: Date.now };
  app = await buildApp(
    {
      pool,
      db: drizzle(pool),
      clock,
      wallClock: clock,
      temporal: { client: null, address: 'none', namespace: 'default' },
      taskQueue: 'none',
      secretKey: randomBytes(32),
      config: DEFAULT_CONFIG,
    },
    { level: 'info', stream },
  );
});
afterAll(async () => {
  await app.close();
  await pool.end();
  await database.drop();
});

test('a request is one line, without what people searched for, their passwords or their links', async () => {
  await app.inject('/api/tasks?q=secret-search');
  await app.inject({ method: 'POST', url: '/api/session', payload: { name: 'someone', password: 'secret-password' } });
  await app.inject('/api/setup/secret-token');
  const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(requests.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', '/api/tasks', 401],
    ['POST', '/api/session', 401],
    ['GET', '/api/setup/:token', 410],
  ]);
  expect(lines.join('')).not.toContain('secret');
});
