import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPostgres } from '../../stack/postgres.ts';
import { removeData } from '../rig/remove-data.ts';

let parent: string;
let dataDir: string;
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', '');
  // Closed to every other account, as `mktemp -d` and /root are.
  parent = mkdtempSync(join(tmpdir(), 'bihuan-postgres-test-'));
  dataDir = join(parent, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
});
afterEach(() => {
  vi.unstubAllEnvs();
  removeData(dataDir);
  rmSync(parent, { recursive: true, force: true });
});

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const options = () => ({ dataDir, log: () => undefined });

test('UTF-8 with Chinese letters and trigrams, and the second start finds what the first one wrote', async () => {
  const first = await startPostgres(options());
  expect(await rows(first.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  await rows(first.url, "create extension pg_trgm; create table t as select '违法'::text as word");
  await first.stop();
  const second = await startPostgres(options());
  const found = await rows(second.url, 'select word, cardinality(show_trgm(word)) > 0 as seen from t');
  expect(found).toEqual([{ word: '违法', seen: true }]);
  await second.stop();
});

test('below a folder that is closed to its account it runs all the same, and that folder stays as it was', async () => {
  const before = statSync(parent).mode;
  const server = await startPostgres(options());
  expect(await rows(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(statSync(parent).mode).toBe(before);
  expect(statSync(join(dataDir, 'postgres-password')).mode & 0o077).toBe(0);
});

test('a killed server is started again on the same address, with what was committed', async () => {
  const server = await startPostgres(options());
  await rows(server.url, 'create table t as select 1 as id');
  const before = server.pid ?? 0;
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(server.pid).not.toBe(before), { timeout: 30_000 });
  await vi.waitFor(async () => expect(await rows(server.url, 'select id from t')).toEqual([{ id: 1 }]), {
    timeout: 30_000,
  });
  await server.stop();
});

test('a wrong password is refused: the loopback address is open to every account of the machine', async () => {
  const server = await startPostgres(options());
  const stranger = new URL(server.url);
  stranger.password = 'guess';
  await expect(rows(stranger.href, 'select 1')).rejects.toThrow(/password/);
  await server.stop();
});

test('DATABASE_URL is taken where it is set, and one that cannot be reached gets one clear line', async () => {
  const server = await startPostgres(options());
  vi.stubEnv('DATABASE_URL', server.url);
  const given = await startPostgres({ dataDir: join(parent, 'other'), log: () => undefined });
  expect(given).toMatchObject({ url: server.url, pid: undefined });
  await given.stop();
  expect(await rows(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  await expect(startPostgres(options())).rejects.toMatchObject({ code: 'database-unusable' });
});
