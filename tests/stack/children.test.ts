import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSupervisor, endRecordedChildren, type ChildSpec, type RecordedChild } from '../../stack/children.ts';
import { startTimeOf } from '../../stack/processes.ts';
import type { StackError } from '../../stack/stack-error.ts';
import { startProgram } from './started-program.ts';

let folder: string;
let recordFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-children-'));
  recordFile = join(folder, 'children.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function spec(script: string, changes: Partial<ChildSpec> = {}): ChildSpec {
  return {
    name: 'child',
    label: '子进程',
    command: process.execPath,
    args: ['-e', script],
    stopSignal: 'SIGTERM',
    stopGraceMs: 2000,
    logFile: join(folder, 'child.log'),
    ready: async () => undefined,
    readyLimitMs: 10_000,
    ...changes,
  };
}

async function never(): Promise<void> {
  throw new Error('not yet');
}

const forever = 'setInterval(() => {}, 1000)';
const gone = (pid: number) => vi.waitFor(() => expect(startTimeOf(pid)).toBeUndefined(), { timeout: 20_000 });
const recorded = () => JSON.parse(readFileSync(recordFile, 'utf8')) as RecordedChild[];

test('children are written down with their start time and end with the supervisor', async () => {
  const supervisor = createSupervisor({ recordFile, log: () => undefined });
  const child = await supervisor.run(spec(forever));
  expect(recorded()).toMatchObject([{ pid: child.pid, startedAt: startTimeOf(child.pid) }]);
  const { pid } = child;
  await supervisor.stop();
  expect(startTimeOf(pid)).toBeUndefined();
  expect(existsSync(recordFile)).toBe(false);
});

test('a record that cannot be written is told and ends nothing', async () => {
  const said: string[] = [];
  const unwritable = join(folder, 'missing', 'children.json');
  const supervisor = createSupervisor({ recordFile: unwritable, log: (line) => said.push(line) });
  const child = await supervisor.run(spec(forever));
  expect(said.join()).toContain(unwritable);
  expect(startTimeOf(child.pid)).toBeDefined();
  await supervisor.stop();
});

test('a child that ignores the signal to stop is killed', async () => {
  const supervisor = createSupervisor({ recordFile, log: () => undefined });
  const ready = join(folder, 'ready');
  const script = `process.on('SIGTERM', () => {}); require('fs').writeFileSync(${JSON.stringify(ready)}, ''); ${forever}`;
  const child = await supervisor.run(
    spec(script, {
      stopGraceMs: 200,
      ready: async () => {
        if (!existsSync(ready)) throw new Error('not yet');
      },
    }),
  );
  const { pid } = child;
  await supervisor.stop();
  expect(startTimeOf(pid)).toBeUndefined();
});

test('a child that dies is started again', async () => {
  const said: string[] = [];
  const supervisor = createSupervisor({ recordFile, log: (line) => said.push(line) });
  const child = await supervisor.run(spec(forever));
  const before = child.pid;
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(child.pid).not.toBe(before), { timeout: 20_000 });
  expect(startTimeOf(child.pid)).toBeDefined();
  expect(said.join('\n')).toContain('SIGKILL');
  await supervisor.stop();
});

test('a child that keeps dying is given up, with the reason', async () => {
  const supervisor = createSupervisor({ recordFile, log: () => undefined });
  const fatal = new Promise<StackError>((resolve) => supervisor.onFatal(resolve));
  await supervisor.run(spec('setTimeout(() => process.exit(7), 50)'));
  const error = await fatal;
  expect(error.code).toBe('child-keeps-dying');
  expect(error.message).toContain('退出码 7');
  await supervisor.stop();
});

test.each([
  ['child-died', 'console.error("boom"); process.exit(3)', 'boom'],
  ['disk-full', 'console.error("write failed: No space left on device"); process.exit(1)', '磁盘已满'],
  ['port-taken', 'console.error("bind: address already in use"); process.exit(1)', '占用'],
])('%s: a start that fails is explained by what the child said', async (code, script, part) => {
  const supervisor = createSupervisor({ recordFile, log: () => undefined });
  await expect(supervisor.run(spec(script, { ready: never }))).rejects.toMatchObject({
    code,
    message: expect.stringContaining(part) as string,
  });
  await supervisor.stop();
});

test('a program that is not there is named', async () => {
  const supervisor = createSupervisor({ recordFile, log: () => undefined });
  await expect(supervisor.run(spec(forever, { command: join(folder, 'missing') }))).rejects.toMatchObject({
    code: 'child-not-started',
  });
  await supervisor.stop();
});

test('kill -9 of the supervisor ends its children', async () => {
  const program = startProgram('tests/stack/programs/supervised.ts', [folder]);
  await program.says(']');
  const pids = JSON.parse(program.said()) as number[];
  program.child.kill('SIGKILL');
  await program.ended();
  for (const pid of pids) await gone(pid);
  expect(pids).toHaveLength(2);
});

test('what a killed supervisor left behind is ended at the next start, but never a stranger with the same number', async () => {
  const left = spawn(process.execPath, ['-e', forever], { stdio: 'ignore' });
  const stranger = spawn(process.execPath, ['-e', forever], { stdio: 'ignore' });
  const [leftPid, strangerPid] = [left.pid ?? 0, stranger.pid ?? 0];
  const common = { stopSignal: 'SIGTERM', stopGraceMs: 2000 } as const;
  const children: RecordedChild[] = [
    { name: 'left', pid: leftPid, startedAt: startTimeOf(leftPid) ?? '', ...common },
    { name: 'stranger', pid: strangerPid, startedAt: '1', ...common },
  ];
  writeFileSync(recordFile, JSON.stringify(children));
  await endRecordedChildren(recordFile, () => undefined);
  expect(startTimeOf(leftPid)).toBeUndefined();
  expect(startTimeOf(strangerPid)).toBeDefined();
  stranger.kill();
});
