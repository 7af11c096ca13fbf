import { readFile } from 'node:fs/promises';
import { BUREAU, type CivilDate, type Instant, type Role } from '../../domain/decider.ts';
import type { PlanReading } from '../../domain/plan-text/plan-reading.ts';
import { newId } from '../ids.ts';
import { inTransaction, type Pool, type Queryable } from '../pool.ts';
import { ensureBureau } from '../queries/setup.ts';
import type { DepartmentKind } from '../schema/people.ts';
import { importAndPublish } from './import-and-publish.ts';

const FOLDER = new URL('../../samples/', import.meta.url);
const PLAN = 'plan.txt';

interface SampleBureau {
  password: string;
  departments: { name: string; kind: DepartmentKind }[];
  groups: Record<string, string[]>;
  aliases: Record<string, string>;
  /** `department` null is the bureau as a whole. */
  accounts: { name: string; posts: { department: string | null; role: Role }[] }[];
}

export interface SampleDependencies {
  now: Instant;
  /** Go-live (启用日) of the sample plan; absent means today. */
  goLive?: CivilDate;
  readPlanFile: (file: {
    bytes: Uint8Array;
    filename: string;
  }) => Promise<{ reading: PlanReading; text: string } | { refused: { code: string; detail: string } }>;
  hashPassword: (password: string) => Promise<string>;
}

/**
 * Loads the invented bureau, its accounts (one for each role, all with one demonstration password) and its plan. What is
 * there already stays as it is, so a second load changes nothing. Answers lines for the operator.
 */
export async function loadSample(pool: Pool, dependencies: SampleDependencies): Promise<string[]> {
  const { now, readPlanFile, hashPassword } = dependencies;
  const bureau = JSON.parse(await readFile(new URL('bureau.json', FOLDER), 'utf8')) as SampleBureau;
  // One hash for all: nineteen of them would take seconds, and the password is printed anyway.
  const passwordHash = await hashPassword(bureau.password);
  await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('sample'))");
    await ensureBureau(client, now);
    const ids = await storeDepartments(client, bureau, now);
    await storeAccounts(client, bureau, ids, passwordHash, now);
  });
  const bytes = await readFile(new URL(PLAN, FOLDER));
  const read = await readPlanFile({ bytes, filename: PLAN });
  if ('refused' in read) throw new Error(`the sample plan cannot be read: ${read.refused.detail}`);
  const outcome = await importAndPublish(pool, {
    bytes,
    filename: PLAN,
    ...read,
    goLive: dependencies.goLive ?? null,
    now,
  });
  return [
    `示例单位已就绪，${bureau.accounts.length}个演示账号，密码均为 ${bureau.password}（仅供演示，请勿用于正式环境）：`,
    ...bureau.accounts.map(({ name, posts }) => `  ${name}（${posts.map((post) => post.role).join('、')}）`),
    outcome,
  ];
}

async function storeDepartments(db: Queryable, bureau: SampleBureau, now: Instant): Promise<Map<string, string>> {
  for (const [ordinal, { name, kind }] of bureau.departments.entries()) {
    const id = newId('dept');
    const { rowCount } = await db.query(
      `insert into departments (id, name, kind, ordinal, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [id, name, kind, ordinal, now],
    );
    if (rowCount === 1)
      await db.query('insert into department_names (department_id, name, since, changed_by) values ($1, $2, $3, $4)', [
        id,
        name,
        now,
        'system',
      ]);
  }
  const { rows } = await db.query<{ id: string; name: string }>('select id, name from departments where active');
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  for (const [group, members] of Object.entries(bureau.groups))
    for (const member of members)
      await db.query('insert into group_members (group_id, member_id) values ($1, $2) on conflict do nothing', [
        ids.get(group),
        ids.get(member),
      ]);
  for (const [alias, name] of Object.entries(bureau.aliases))
    await db.query(
      `insert into department_aliases (alias, department_id, decided_by, decided_at) values ($1, $2, 'system', $3)
       on conflict do nothing`,
      [alias, ids.get(name), now],
    );
  return ids;
}

async function storeAccounts(
  db: Queryable,
  bureau: SampleBureau,
  ids: Map<string, string>,
  passwordHash: string,
  now: Instant,
): Promise<void> {
  for (const { name, posts } of bureau.accounts) {
    const id = newId('user');
    const { rowCount } = await db.query(
      'insert into users (id, name, password_hash, created_at) values ($1, $2, $3, $4) on conflict (name) do nothing',
      [id, name, passwordHash, now],
    );
    // An account of that name that was there before keeps its posts and its password.
    if (rowCount !== 1) continue;
    for (const { department, role } of posts)
      await db.query('insert into memberships (user_id, department_id, role) values ($1, $2, $3)', [
        id,
        department === null ? BUREAU : ids.get(department),
        role,
      ]);
  }
}
