import type { Pool } from 'pg';
import type { Post } from '../../domain/decider.ts';

export interface SessionRow {
  userId: string;
  name: string;
  posts: Post[];
  seenAt: number;
}

const FIND = `
  select u.id as "userId", u.name, s.seen_at as "seenAt",
    coalesce(jsonb_agg(jsonb_build_object('department', m.department_id, 'role', m.role) order by m.department_id, m.role)
      filter (where m.role is not null), '[]') as posts
  from sessions s
  join users u on u.id = s.user_id and u.active
  left join memberships m on m.user_id = u.id
  where s.token_hash = $1 and s.expires_at > $2 and s.seen_at > $3
  group by u.id, u.name, s.seen_at`;

/** The live session under a token's hash, with the posts held now; null where it ended, idled out or the user is inactive. */
export async function findSession(
  pool: Pool,
  tokenHash: string,
  now: number,
  idleMs: number,
): Promise<SessionRow | null> {
  const { rows } = await pool.query<Omit<SessionRow, 'seenAt'> & { seenAt: string }>({
    name: 'find-session',
    text: FIND,
    values: [tokenHash, now, now - idleMs],
  });
  const [row] = rows;
  return row === undefined ? null : { ...row, seenAt: Number(row.seenAt) };
}

export async function touchSession(pool: Pool, tokenHash: string, now: number): Promise<void> {
  await pool.query({
    name: 'touch-session',
    text: 'update sessions set seen_at = $2 where token_hash = $1',
    values: [tokenHash, now],
  });
}

export async function createSession(
  pool: Pool,
  session: { tokenHash: string; userId: string; now: number; expiresAt: number },
): Promise<void> {
  await pool.query('delete from sessions where user_id = $1 and expires_at <= $2', [session.userId, session.now]);
  await pool.query(
    'insert into sessions (token_hash, user_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)',
    [session.tokenHash, session.userId, session.now, session.expiresAt],
  );
}

export async function deleteSession(pool: Pool, tokenHash: string): Promise<void> {
  await pool.query('delete from sessions where token_hash = $1', [tokenHash]);
}

/** Ends every session of a person, except perhaps the one that asks. */
export async function deleteSessionsOf(
  db: Pick<Pool, 'query'>,
  userId: string,
  exceptTokenHash: string | null = null,
): Promise<void> {
  await db.query('delete from sessions where user_id = $1 and token_hash is distinct from $2', [
    userId,
    exceptTokenHash,
  ]);
}

/**
 * Counts an attempt before the password is looked at, so that many at once cannot slip past the limit together. Answers
 * how many there were in the window, this one included, and when it began.
 */
export async function countLoginAttempt(
  pool: Pool,
  key: string,
  now: number,
  windowMs: number,
): Promise<{ attempts: number; since: number }> {
  const { rows } = await pool.query<{ failures: number; since: string }>(
    `insert into login_failures (key, failures, since) values ($1, 1, $2)
     on conflict (key) do update set
       failures = case when login_failures.since > $3 then login_failures.failures + 1 else 1 end,
       since = case when login_failures.since > $3 then login_failures.since else $2 end
     returning failures, since`,
    [key, now, now - windowMs],
  );
  const [row] = rows;
  return { attempts: row?.failures ?? 1, since: Number(row?.since ?? now) };
}

/** After a success: the person's own count ends, the address gets its attempt back, windows that are over are forgotten. */
export async function forgiveLoginAttempt(
  pool: Pool,
  keys: { name: string; address: string },
  now: number,
  windowMs: number,
): Promise<void> {
  await pool.query('update login_failures set failures = failures - 1 where key = $1', [keys.address]);
  await pool.query('delete from login_failures where key = $1 or since <= $2', [keys.name, now - windowMs]);
}
