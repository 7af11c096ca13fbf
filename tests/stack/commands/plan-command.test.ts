import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanReading } from '../../../domain/plan-text/plan-reading.ts';

const COMMAND = fileURLToPath(new URL('../../../stack/commands/plan.ts', import.meta.url));
const PLAN =
  '青石区街面整治方案（2025年）\n2025年1月6日\n一、重点任务\n1.规范早市经营。（牵头单位：区城管局；配合单位：区市场监管局；完成时限：2025年3月底前）\n2.每月通报进展。（责任单位：区城管局；完成时限：每月）\n';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-plan-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function plan(...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args]);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

/** What every refusal has in common, and its one line of reason. */
function refusal(outcome: Outcome): { code: number | null; reason: string; printed: Record<string, unknown> } {
  return { code: outcome.code, reason: outcome.stderr, printed: JSON.parse(outcome.stdout) as Record<string, unknown> };
}

const ONE_LINE = /^[^\n]+\n$/;

describe('npm run plan', () => {
  it('prints the reading as JSON and nothing else', async () => {
    const { code, stdout, stderr } = await plan(await fileOf('a.txt', PLAN), '--json');
    const reading = JSON.parse(stdout) as PlanReading;
    expect([code, stderr, reading.tasks.length]).toEqual([0, '', 2]);
    expect(reading.tasks[0]).toMatchObject({
      departments: ['区城管局', '区市场监管局'],
      lead: ['区城管局'],
      leadBasis: 'stated',
    });
    expect(stdout).toContain('\n  "tasks": [\n');
  });

  it('prints a table for people without --json', async () => {
    const { code, stdout } = await plan(await fileOf('b.txt', PLAN));
    expect(code).toBe(0);
    expect(stdout).toContain('任务 2 项');
    expect(stdout).toMatch(/区城管局、区市场监管局\s+区城管局\s+2025-03-31/);
  });

  it('refuses a document without annotations with the reason on stderr', async () => {
    const file = await fileOf('c.txt', '一、工作情况\n全年清理小广告3万处（含电线杆）。\n');
    const { code, reason, printed } = refusal(await plan(file, '--json'));
    expect(code).toBe(1);
    expect(reason).toMatch(/^无法读取计划：[^\n]+\n$/);
    expect(Object.keys(printed)).toEqual(['tasks', 'problems']);
    expect(printed['tasks']).toEqual([]);
    expect(printed['problems']).toMatchObject([{ line: 1, code: 'no-annotation' }]);
  });

  it.each([
    ['a damaged file', 'd.docx', 'PK\u0003\u0004 cut off', '损坏'],
    ['an empty file', 'e.txt', '', '空'],
    ['an old Word file', 'f.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), '.docx'],
  ])('refuses %s in one line', async (_, name, content, word) => {
    const { code, reason, printed } = refusal(await plan(await fileOf(name, content), '--json'));
    expect([code, printed['tasks']]).toEqual([1, []]);
    expect(reason).toMatch(ONE_LINE);
    expect(reason).toContain(word);
  });

  it.each([
    ['a folder', () => [folder, '--json'], '文件夹'],
    ['a missing file', () => [join(folder, 'none.docx'), '--json'], '找不到文件'],
    ['a call without a file', () => ['--json'], '请给出要读取的文件'],
    ['an unknown option', () => ['--pretty', 'x.txt'], '不认识的参数'],
  ])('answers %s in one line', async (_, args, word) => {
    const { code, reason, printed } = refusal(await plan(...args()));
    expect([code, printed]).toEqual([1, { tasks: [], problems: [] }]);
    expect(reason).toMatch(ONE_LINE);
    expect(reason).toContain(word);
  });
});
