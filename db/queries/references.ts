import type { Queryable } from '../pool.ts';

/** Which of these file ids do not exist. */
export async function missingFiles(db: Queryable, ids: readonly string[]): Promise<string[]> {
  return missing(db, ids, 'select id from files where id = any($1)');
}

/** Which of these ids are not departments that can take duties: unknown, closed, or groups (their members do). */
export async function missingDepartments(db: Queryable, ids: readonly string[]): Promise<string[]> {
  return missing(
    db,
    ids,
    "select id from departments where id = any($1) and active and kind <> 'group' and id <> 'bureau'",
  );
}

/** Which of these ids are not tasks that can take another's work over: unknown, or ended. */
export async function missingOpenTasks(db: Queryable, ids: readonly string[]): Promise<string[]> {
  return missing(db, ids, "select id from tasks where id = any($1) and phase in ('running', 'suspended')");
}

async function missing(db: Queryable, ids: readonly string[], text: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(text, [[...new Set(ids)]]);
  const known = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !known.has(id));
}
