import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';
import { startProgram } from '../stack/started-program.ts';

// The two roles of the real deployment, as processes of their own over servers that they did not start.

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'bihuan-serve-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('API and workers start side by side, and each drains and ends by itself on SIGTERM', async () => {
  const env = {
    BIHUAN_KEY: '11'.repeat(32),
    BIHUAN_DATA: folder,
    PORT: '0',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
  };
  const api = startProgram('stack/serve.ts', ['--role', 'api'], env);
  const workers = [1, 2].map(() => startProgram('stack/serve.ts', ['--role', 'worker'], env));
  await Promise.all([api.says('接口已启动'), ...workers.map((worker) => worker.says('工作进程已启动'))]);
  const address = /接口已启动：(\S+)/.exec(api.said())?.[1] ?? '';
  expect((await fetch(`${address}/openapi.json`)).status).toBe(200);
  for (const program of [api, ...workers]) program.child.kill('SIGTERM');
  expect(await Promise.all([api, ...workers].map((program) => program.ended()))).toEqual([0, 0, 0]);
});

test.each([
  [['--role', 'api'], { DATABASE_URL: '', TEMPORAL_ADDRESS: 'x:1' }, 'DATABASE_URL'],
  [['--role', 'worker'], { DATABASE_URL: 'postgres://x', TEMPORAL_ADDRESS: '' }, 'TEMPORAL_ADDRESS'],
  [['--role', 'clerk'], {}, '--role api'],
])('%j with %j is refused in one line that names what is missing', async (args, env, named) => {
  const program = startProgram('stack/serve.ts', args, env);
  expect(await program.ended()).toBe(1);
  expect(program.said().trim().split('\n')).toHaveLength(1);
  expect(program.said()).toContain(named);
});
