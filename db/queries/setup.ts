import type { Pool } from 'pg';
import { BUREAU } from '../../domain/decider.ts';
import { newId } from '../ids.ts';
import { inTransaction, type Queryable } from '../pool.ts';

/** The bureau as a department of its own, under which leadership and bureau-wide roles are held. */
export async function ensureBureau(db: Queryable, now: number): Promise<void> {
  await db.query(
    `insert into departments (id, name, kind, created_at) values ($1, '全局', 'department', $2) on conflict do nothing`,
    [BUREAU, now],
  );
}

/** The administrator of a first start, with a password that was given. Does nothing where there is one already. */
export async function createFirstAdministrator(
  pool: Pool,
  administrator: { name: string; passwordHash: string; now: number },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    await lockSetup(client);
    await ensureBureau(client, administrator.now);
    if (await administratorExists(client)) return false;
    return (await insertAdministrator(client, administrator)) === 'done';
  });
}

export async function administratorExists(db: Queryable): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from memberships m join users u on u.id = m.user_id
     where m.role = 'administrator' and u.active and u.password_hash is not null limit 1`,
  );
  return (rowCount ?? 0) > 0;
}

/** A new link for the first administrator takes the place of an older one, so that only the last printed one works. */
export async function replaceFirstSetupToken(
  pool: Pool,
  token: { tokenHash: string; now: number; expiresAt: number },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockSetup(client);
    await ensureBureau(client, token.now);
    await client.query('delete from setup_tokens where user_id is null');
    await insertSetupToken(client, { ...token, userId: null });
  });
}

export async function insertSetupToken(
  db: Queryable,
  token: { tokenHash: string; userId: string | null; now: number; expiresAt: number },
): Promise<void> {
  await db.query('insert into setup_tokens (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)', [
    token.tokenHash,
    token.userId,
    token.now,
    token.expiresAt,
  ]);
}

/** What a link that still works is for; `name` is null for the first administrator. */
export async function findSetup(
  pool: Pool,
  tokenHash: string,
  now: number,
): Promise<{ userId: string | null; name: string | null } | null> {
  const { rows } = await pool.query<{ userId: string | null; name: string | null }>(
    `select t.user_id as "userId", u.name from setup_tokens t left join users u on u.id = t.user_id
     where t.token_hash = $1 and t.expires_at > $2`,
    [tokenHash, now],
  );
  return rows[0] ?? null;
}

/** Uses the link up: creates the first administrator, or sets the invited person's password and ends their sessions. */
export async function finishSetup(
  pool: Pool,
  setup: { tokenHash: string; name: string; passwordHash: string; now: number },
): Promise<'done' | 'spent' | 'name-taken'> {
  return inTransaction(pool, async (client) => {
    await lockSetup(client);
    const { rows } = await client.query<{ user_id: string | null }>(
      'select user_id from setup_tokens where token_hash = $1 and expires_at > $2 for update',
      [setup.tokenHash, setup.now],
    );
    const [row] = rows;
    if (row === undefined) return 'spent';
    if (row.user_id === null) {
      if (await administratorExists(client)) return 'spent';
      const outcome = await insertAdministrator(client, setup);
      if (outcome === 'name-taken') return outcome;
    } else {
      await client.query('update users set password_hash = $2, version = version + 1 where id = $1', [
        row.user_id,
        setup.passwordHash,
      ]);
      await client.query('delete from sessions where user_id = $1', [row.user_id]);
    }
    await client.query('delete from setup_tokens where token_hash = $1', [setup.tokenHash]);
    return 'done';
  });
}

async function insertAdministrator(
  db: Queryable,
  { name, passwordHash, now }: { name: string; passwordHash: string; now: number },
): Promise<'done' | 'name-taken'> {
  const id = newId('user');
  const inserted = await db.query(
    'insert into users (id, name, password_hash, created_at) values ($1, $2, $3, $4) on conflict (name) do nothing',
    [id, name, passwordHash, now],
  );
  if (inserted.rowCount !== 1) return 'name-taken';
  await db.query("insert into memberships (user_id, department_id, role) values ($1, $2, 'administrator')", [
    id,
    BUREAU,
  ]);
  return 'done';
}

/** Two processes that start at once must not both make an administrator. */
async function lockSetup(db: Queryable): Promise<void> {
  await db.query("select pg_advisory_xact_lock(hashtext('bihuan-setup'))");
}
