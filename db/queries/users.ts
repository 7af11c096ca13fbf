import type { NoticeKind, Post } from '../../domain/decider.ts';
import { newId } from '../ids.ts';
import type { Queryable } from '../pool.ts';
import type { MailMode } from '../schema/people.ts';

export interface UserRow {
  id: string;
  name: string;
  mail: string | null;
  active: boolean;
  hasPassword: boolean;
  version: number;
  posts: Post[];
}

const SELECT = `
  select u.id, u.name, u.mail, u.active, u.password_hash is not null as "hasPassword", u.version,
    coalesce((select jsonb_agg(jsonb_build_object('department', m.department_id, 'role', m.role)
      order by m.department_id, m.role) from memberships m where m.user_id = u.id), '[]') as posts
  from users u`;

export async function listUsers(
  db: Queryable,
  after: string | null,
  limit: number,
): Promise<{ rows: UserRow[]; more: boolean }> {
  const { rows } = await db.query<UserRow>(`${SELECT} where u.id > $1 order by u.id limit $2`, [
    after ?? '',
    limit + 1,
  ]);
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

export async function findUser(db: Queryable, id: string): Promise<UserRow | null> {
  const { rows } = await db.query<UserRow>(`${SELECT} where u.id = $1`, [id]);
  return rows[0] ?? null;
}

export async function lockUser(db: Queryable, id: string): Promise<UserRow | null> {
  await db.query('select 1 from users where id = $1 for update', [id]);
  return findUser(db, id);
}

/** Null where the name has an account already. */
export async function insertUser(
  db: Queryable,
  user: { name: string; mail: string | null; passwordHash: string | null; now: number },
): Promise<string | null> {
  const id = newId('user');
  const { rowCount } = await db.query(
    `insert into users (id, name, mail, password_hash, created_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do nothing`,
    [id, user.name, user.mail, user.passwordHash, user.now],
  );
  return rowCount === 1 ? id : null;
}

export async function userNameIsTaken(db: Queryable, name: string, except: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from users where name = $1 and id <> $2', [name, except]);
  return (rowCount ?? 0) > 0;
}

export async function updateUser(
  db: Queryable,
  id: string,
  change: { name: string; mail: string | null; active: boolean },
): Promise<void> {
  await db.query('update users set name = $2, mail = $3, active = $4, version = version + 1 where id = $1', [
    id,
    change.name,
    change.mail,
    change.active,
  ]);
}

export async function replacePosts(db: Queryable, userId: string, posts: readonly Post[]): Promise<void> {
  await db.query('delete from memberships where user_id = $1', [userId]);
  await db.query(
    `insert into memberships (user_id, department_id, role)
     select $1, department, role from unnest($2::text[], $3::text[]) as t(department, role) on conflict do nothing`,
    [userId, posts.map((post) => post.department), posts.map((post) => post.role)],
  );
}

/** Ids of posts' departments that are unknown or closed. `bureau` is always there. */
export async function unknownPostDepartments(db: Queryable, posts: readonly Post[]): Promise<string[]> {
  const ids = [...new Set(posts.map((post) => post.department))];
  const { rows } = await db.query<{ id: string }>('select id from departments where id = any($1) and active', [ids]);
  const known = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !known.has(id));
}

/** Active people with a password who administer; the last one may not go. Serialised by a lock for the transaction. */
export async function countAdministrators(db: Queryable): Promise<number> {
  await db.query("select pg_advisory_xact_lock(hashtext('bihuan-administrators'))");
  const { rows } = await db.query<{ count: number }>(
    `select count(distinct u.id)::int as count from users u join memberships m on m.user_id = u.id
     where m.role = 'administrator' and u.active and u.password_hash is not null`,
  );
  return rows[0]?.count ?? 0;
}

export async function passwordHashOf(db: Queryable, userId: string): Promise<string | null> {
  const { rows } = await db.query<{ hash: string | null }>('select password_hash as hash from users where id = $1', [
    userId,
  ]);
  return rows[0]?.hash ?? null;
}

export async function setPassword(db: Queryable, userId: string, passwordHash: string): Promise<void> {
  await db.query('update users set password_hash = $2 where id = $1', [userId, passwordHash]);
}

export interface MailPreferenceRow {
  mode: MailMode;
  kinds: NoticeKind[];
  quietFrom: string | null;
  quietUntil: string | null;
}

export async function mailPreferences(db: Queryable, userId: string): Promise<MailPreferenceRow | null> {
  const { rows } = await db.query<MailPreferenceRow>(
    `select mode, kinds, quiet_from as "quietFrom", quiet_until as "quietUntil" from mail_preferences where user_id = $1`,
    [userId],
  );
  return rows[0] ?? null;
}

export async function saveMailPreferences(db: Queryable, userId: string, row: MailPreferenceRow): Promise<void> {
  await db.query(
    `insert into mail_preferences (user_id, mode, kinds, quiet_from, quiet_until) values ($1, $2, $3, $4, $5)
     on conflict (user_id) do update set mode = excluded.mode, kinds = excluded.kinds,
       quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until`,
    [userId, row.mode, row.kinds, row.quietFrom, row.quietUntil],
  );
}
