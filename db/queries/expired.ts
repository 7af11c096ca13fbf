import type { Queryable } from '../pool.ts';

const DAY_MS = 24 * 3_600_000;
/** Answers of writes are kept as long as those of commands. */
const ANSWERS_KEPT_MS = 30 * DAY_MS;

/** Deletes sessions, links, answers and counts of failures that have served their time. `now` is real time. */
export async function sweepExpired(db: Queryable, now: number): Promise<void> {
  await db.query('delete from sessions where expires_at <= $1', [now]);
  await db.query('delete from setup_tokens where expires_at <= $1', [now]);
  await db.query('delete from http_results where created_at <= $1', [now - ANSWERS_KEPT_MS]);
  await db.query('delete from login_failures where since <= $1', [now - DAY_MS]);
}
