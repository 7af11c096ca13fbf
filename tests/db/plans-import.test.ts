import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { drizzle } from 'drizzle-orm/node-postgres';
import { seedCalendars } from '../../db/calendars.ts';
import { importAndPublish } from '../../db/plans/import-and-publish.ts';
import { importDraft } from '../../db/plans/import-draft.ts';
import { loadSample } from '../../db/plans/load-sample.ts';
import { inTransaction, openPool, type Pool } from '../../db/pool.ts';
import { ROLES } from '../../domain/decider.ts';
import { parseInstant } from '../../domain/working-time/instants.ts';
import { readPlanFile } from '../../stack/read-plan-file.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';
import { smallReading } from './plan-readings.ts';

const NOW = parseInstant('2026-11-22T10:00:00+08:00');

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('truncate plans, entities, departments, users, outbox, notifications cascade');
  await seedCalendars(drizzle(pool));
});

async function count(sql: string): Promise<number> {
  return (await pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]?.n ?? -1;
}

function fromCommandLine(goLive: string | null = '2024-06-04') {
  const bytes = Buffer.from('the file');
  return importAndPublish(pool, {
    bytes,
    filename: 'plan.txt',
    reading: smallReading(),
    text: '原文',
    goLive,
    now: NOW,
  });
}

function load(goLive?: string) {
  const given = goLive === undefined ? {} : { goLive };
  return loadSample(pool, {
    now: NOW,
    ...given,
    readPlanFile,
    hashPassword: async (password) => `hash of ${password}`,
  });
}

describe('a plan given to the start command', () => {
  test('is published with names as written, marked where a person must still look', async () => {
    expect(await fromCommandLine()).toBe(
      '已发布《示例市行政执法质量提升行动计划(2024-2025年)》：6项任务，5个部门名称，8项责任，启用日2024-06-04；3项任务有待确认之处',
    );
    expect(await count("entities where kind = 'task'")).toBe(6);
    expect(await count("task_texts where flags <> '[]'")).toBe(3);
  });

  test('twice is once, and says so', async () => {
    await fromCommandLine();
    expect(await fromCommandLine()).toMatch(/此前已导入并发布/);
    expect(await count('plans')).toBe(1);
    expect(await count("entities where kind = 'task'")).toBe(6);
  });

  test('two starts at once publish it once', async () => {
    await Promise.all([fromCommandLine(), fromCommandLine()]);
    expect(await count("entities where kind = 'task'")).toBe(6);
  });

  test('a draft of the same file that a person left is published', async () => {
    const sourceSha256 = (await import('node:crypto')).createHash('sha256').update('the file').digest('hex');
    await inTransaction(pool, (client) =>
      importDraft(drizzle(client), {
        reading: smallReading(),
        sourceSha256,
        filename: 'plan.txt',
        text: '原文',
        by: 'user-1',
        now: NOW,
      }),
    );
    expect(await fromCommandLine()).toMatch(/^已发布/);
    expect(await count('plans')).toBe(1);
  });

  test('what cannot go live leaves nothing behind', async () => {
    await expect(fromCommandLine('2024-06-03')).rejects.toMatchObject({ code: 'go-live-before-issue' });
    expect(await count('plans')).toBe(0);
    expect(await count('departments')).toBe(0);
  });
});

describe('the sample bureau', () => {
  test('goes live on the day that was given', async () => {
    const lines = await load('2026-11-02');
    expect(lines.at(-1)).toContain('启用日2026-11-02');
  });

  test('has an account for every role, all its departments mapped, and a plan of every kind of deadline', async () => {
    const lines = await load();
    const { rows } = await pool.query<{ role: string }>('select distinct role from memberships');
    expect(rows.map((row) => row.role).toSorted()).toEqual([...ROLES].toSorted());
    expect(await count("plan_departments where basis = 'proposed'")).toBe(0);
    const kinds = await pool.query<{ kind: string }>('select distinct deadline_kind as kind from tasks');
    expect(kinds.rows.map((row) => row.kind).toSorted()).toEqual(['date', 'declared-done', 'ongoing', 'recurring']);
    const intakes = await pool.query<{ intake: string }>('select distinct intake from task_periods');
    expect(intakes.rows.map((row) => row.intake).toSorted()).toEqual([
      'before-go-live',
      'before-issue',
      'declared-done',
      'ongoing',
      'timed',
    ]);
    expect(lines.join('\n')).toMatch(/系统管理员（administrator）/);
  });

  test('loaded twice is loaded once', async () => {
    await load();
    const before = [await count('users'), await count('departments'), await count('entities')];
    await load();
    expect([await count('users'), await count('departments'), await count('entities')]).toEqual(before);
  });

  test('names no person: accounts are called by their posts', async () => {
    const bureau = JSON.parse(await readFile(new URL('../../samples/bureau.json', import.meta.url), 'utf8'));
    const names: string[] = bureau.accounts.map((account: { name: string }) => account.name);
    expect(names.filter((name) => !/(?:员|岗|领导|负责人)$/u.test(name))).toEqual([]);
  });
});
