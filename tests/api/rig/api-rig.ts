import { createHash, randomBytes } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../../api/app.ts';
import { DEFAULT_CONFIG, type App, type AppConfig, type AppDeps, type TemporalPort } from '../../../api/app-type.ts';
import { newId } from '../../../db/ids.ts';
import { openPool, type Pool } from '../../../db/pool.ts';
import { ensureBureau } from '../../../db/queries/setup.ts';
import { PAPERS } from '../../../documents/write/render.ts';
import { BUREAU, type Post } from '../../../domain/decider.ts';
import { parseInstant } from '../../../domain/working-time/instants.ts';
import { freshDatabase } from '../../rig/database.ts';

/** Both clocks of the tests, set by hand: nothing here waits for time to pass. */
export interface TestClock {
  at: number;
  now(): number;
}

export interface ApiRig {
  app: App;
  pool: Pool;
  deps: AppDeps;
  databaseUrl: string;
  clock: TestClock;
  wallClock: TestClock;
  /** A person with these posts and a live session; departments that are missing are made. */
  signIn(...posts: Post[]): Promise<Person>;
  close(): Promise<void>;
}

export interface Person {
  id: string;
  name: string;
  posts: Post[];
  cookie: string;
  get(url: string): Promise<LightMyRequestResponse>;
  /** A write under a key of its own, unless one is given. */
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    key?: string,
  ): Promise<LightMyRequestResponse>;
}

const START = '2025-03-03T10:00:00+08:00';
let keys = 0;

export async function startApi(
  config: Partial<AppConfig> = {},
  temporal: TemporalPort = { client: null, address: '127.0.0.1:1', namespace: 'default' },
): Promise<ApiRig> {
  const database = await freshDatabase();
  const pool = openPool(database.url);
  const clock = testClock();
  const wallClock = testClock();
  const deps: AppDeps = {
    pool,
    db: drizzle(pool),
    clock,
    wallClock,
    temporal,
    taskQueue: 'test',
    secretKey: randomBytes(32),
    config: { ...DEFAULT_CONFIG, ...config },
    papers: PAPERS,
  };
  const app = await buildApp(deps);
  await app.ready();
  await ensureBureau(pool, clock.at);
  return {
    app,
    pool,
    deps,
    databaseUrl: database.url,
    clock,
    wallClock,
    signIn: (...posts) => signIn(app, deps, posts),
    async close() {
      await app.close();
      await pool.end();
      await database.drop();
    },
  };
}

function testClock(): TestClock {
  return {
    at: parseInstant(START),
    now() {
      return this.at;
    },
  };
}

async function signIn(app: App, { pool, wallClock, config }: AppDeps, posts: Post[]): Promise<Person> {
  const id = newId('user');
  const name = `人员${id.slice(-6)}`;
  const now = wallClock.now();
  await pool.query('insert into users (id, name, created_at) values ($1, $2, $3)', [id, name, now]);
  for (const post of posts) {
    if (post.department !== BUREAU) await addDepartment(pool, post.department);
    await pool.query('insert into memberships (user_id, department_id, role) values ($1, $2, $3)', [
      id,
      post.department,
      post.role,
    ]);
  }
  const token = randomBytes(16).toString('base64url');
  await pool.query(
    'insert into sessions (token_hash, user_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)',
    [createHash('sha256').update(token).digest('hex'), id, now, now + config.sessionAbsoluteMs],
  );
  const cookie = `bihuan_session=${token}`;
  return {
    id,
    name,
    posts,
    cookie,
    get: (url) => app.inject({ method: 'GET', url, headers: { cookie } }),
    send: (method, url, body, key) => {
      const headers = { cookie, 'idempotency-key': key ?? `test-${(keys += 1)}` };
      const options: InjectOptions = { method, url, headers };
      return app.inject(body === undefined ? options : { ...options, payload: body });
    },
  };
}

export async function addDepartment(pool: Pool, id: string, name = `部门${id}`): Promise<void> {
  await pool.query(
    `insert into departments (id, name, kind, created_at) values ($1, $2, 'department', 0) on conflict (id) do nothing`,
    [id, name],
  );
}
