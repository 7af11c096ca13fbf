import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { RecordedChild } from '../../stack/children.ts';
import type { RunningStack } from '../../stack/data-directory.ts';
import { startTimeOf } from '../../stack/processes.ts';
import { removeData } from '../rig/remove-data.ts';
import { startProgram, type StartedProgram } from './started-program.ts';

// The whole stack, started as `npm start` does (npm itself replaces the shell by this very process).

vi.setConfig({ testTimeout: 180_000 });

let parent: string;
let dataDir: string;
const started: StartedProgram[] = [];

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'bihuan-start-'));
  dataDir = join(parent, 'data');
});
afterEach(async () => {
  for (const program of started.splice(0)) {
    program.child.kill('SIGTERM');
    await program.ended();
  }
});
afterAll(() => {
  removeData(dataDir);
  rmSync(parent, { recursive: true, force: true });
});

function start(...args: string[]): StartedProgram {
  const program = startProgram('stack/main.ts', ['--data', dataDir, '--port', '0', '--no-pages', ...args]);
  started.push(program);
  return program;
}

const up = '闭环已启动：';
const children = () => JSON.parse(readFileSync(join(dataDir, 'children.json'), 'utf8')) as RecordedChild[];
const running = () => JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as RunningStack;

async function rows(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: running().databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('start, refuse a second start on the same data, stop: every child is gone and the data are there next time', async () => {
  const first = start();
  await first.says(up);
  const pids = children().map((child) => child.pid);
  expect(
    children()
      .map((child) => child.name)
      .sort(),
  ).toEqual(['postgres', 'temporal']);
  expect((await fetch(`${running().url}/healthz`)).status).toBe(200);
  await rows('create table kept as select 42 as id');

  const second = start();
  expect(await second.ended()).toBe(1);
  expect(second.said().trim()).toMatch(/^错误：数据目录 .*正在被另一个闭环进程（\d+）使用。$/);

  first.child.kill('SIGTERM');
  expect(await first.ended()).toBe(0);
  expect(pids.map(startTimeOf)).toEqual([undefined, undefined]);

  const third = start();
  await third.says(up);
  expect(await rows('select id from kept')).toEqual([{ id: 42 }]);
});

test('after kill -9 the next start ends what is left and goes on with the data', async () => {
  const first = start();
  await first.says(up);
  const before = children();
  await rows('create table kept_through_kill as select 7 as id');
  first.child.kill('SIGKILL');
  await first.ended();

  const second = start();
  await second.says(up);
  expect(await rows('select id from kept_through_kill')).toEqual([{ id: 7 }]);
  await vi.waitFor(
    () => expect(before.map((child) => startTimeOf(child.pid) === child.startedAt)).not.toContain(true),
    {
      timeout: 20_000,
    },
  );
});

test('a taken port gets one line that names it, and nothing stays behind', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
  });
  const program = startProgram('stack/main.ts', ['--data', join(parent, 'port'), '--port', String(port), '--no-pages']);
  expect(await program.ended()).toBe(1);
  expect(program.said().trim()).toBe(`错误：端口 ${port} 已被占用，请用 --port N 换一个。`);
  taken.close();
});

test('a plan file that is not there is named before anything is started', async () => {
  const program = start('--plan', '/nowhere/plan.txt');
  expect(await program.ended()).toBe(1);
  expect(program.said().trim()).toBe('错误：找不到行动方案文件 /nowhere/plan.txt。');
});

test('a plan that is a folder is named before anything is started', async () => {
  const program = start('--plan', import.meta.dirname);
  expect(await program.ended()).toBe(1);
  expect(program.said().trim()).toBe(`错误：${import.meta.dirname} 不是文件，--plan 要一份行动方案。`);
});
