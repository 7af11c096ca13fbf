import type { Pool } from 'pg';
import type { Post } from '../../domain/decider.ts';
import type { Queryable } from '../pool.ts';

export interface Login {
  id: string;
  name: string;
  passwordHash: string | null;
  posts: Post[];
}

/** An active person by the name they sign in with. */
export async function findLogin(pool: Pool, name: string): Promise<Login | null> {
  const { rows } = await pool.query<Login>(
    `select u.id, u.name, u.password_hash as "passwordHash",
       coalesce(jsonb_agg(jsonb_build_object('department', m.department_id, 'role', m.role) order by m.department_id, m.role)
         filter (where m.role is not null), '[]') as posts
     from users u left join memberships m on m.user_id = u.id
     where u.name = $1 and u.active group by u.id`,
    [name],
  );
  return rows[0] ?? null;
}

/** Department names of posts, by id. */
export async function postNames(db: Queryable, posts: readonly Post[]): Promise<Map<string, string>> {
  return departmentNamesOf(
    db,
    posts.map((post) => post.department),
  );
}

export async function departmentNamesOf(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>('select id, name from departments where id = any($1)', [
    [...new Set(ids)],
  ]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
