import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const COMMAND = join(import.meta.dirname, '../../../stack/commands/rehearse.ts');
const SAMPLE = join(import.meta.dirname, '../../../samples/plan.txt');

interface Item {
  at: string;
  kind: string;
  task: string | null;
  to: string;
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [COMMAND, ...args], { maxBuffer: 64e6 })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

async function items(...args: string[]): Promise<Item[]> {
  const { code, stdout } = await run(SAMPLE, ...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout).items;
}

test('lists what the plan will cause, sorted, between both ends', async () => {
  const found = await items('--from', '2026-11-23', '--to', '2027-04-01');
  const instants = found.map((item) => item.at);
  expect(instants).toEqual(instants.toSorted());
  expect(instants.filter((at) => !/^202[67]-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(at))).toEqual([]);
  expect(instants.at(0)?.slice(0, 10)).toBe('2026-11-23');
  // The day after 31 March, when what was due on it becomes late: the last day belongs to it.
  expect(found.filter((item) => item.at.startsWith('2027-04-01') && item.kind === 'escalation')).not.toEqual([]);
  expect(found.find((item) => item.kind === 'reminder')).toMatchObject({
    task: expect.stringMatching(/\p{Script=Han}/u),
    to: expect.stringMatching(/联络员$/),
  });
});

test('a plan taken over later sends no reminder of a deadline that had passed', async () => {
  const found = await items('--from', '2027-01-04', '--to', '2027-12-31');
  const old = found.filter(
    (item) => item.kind === 'reminder' && /（2026-/.test((item as { detail?: string }).detail ?? ''),
  );
  expect(old).toEqual([]);
});

test('who acts on time is never escalated', async () => {
  const range = ['--from', '2026-11-23', '--to', '2027-12-31'];
  const silent = await items(...range);
  const onTime = await items(...range, '--assume', 'on-time');
  expect(silent.some((item) => item.kind === 'escalation')).toBe(true);
  expect(onTime.filter((item) => item.kind === 'escalation' || item.kind === 'supervision-order')).toEqual([]);
});

test.each([
  [[], /用法/],
  [['--from', '2026-11-23'], /用法/],
  [['--from', '2026-02-30', '--to', '2026-03-31'], /存在的日期/],
  [['--from', '2026-12-01', '--to', '2026-11-01'], /早于/],
  [['--from', '2026-12-01', '--to', '2026-12-31', '--assume', 'hope'], /silence/],
  [['--from', '2026-12-01', '--to', '2026-12-31', '--surprise'], /不认识的参数/],
])('%j is refused in one line', async (args, reason) => {
  const { code, stdout, stderr } = await run(SAMPLE, ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(reason);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a file that is no plan, or is not there, is refused with the reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-rehearse-'));
  const file = join(folder, 'note.txt');
  await writeFile(file, '关于开会的通知\n\n请准时参加。\n');
  const range = ['--from', '2026-12-01', '--to', '2026-12-31'];
  for (const [path, reason] of [
    [file, /标注/],
    [join(folder, 'none.txt'), /找不到文件/],
    [folder, /文件夹/],
  ] as const) {
    const { code, stderr } = await run(path, ...range);
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
  }
});
