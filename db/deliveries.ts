import type { CivilDate, Instant } from '../domain/decider.ts';
import { noticeIds, type NoticeNames, type StoredNotice } from '../domain/notice-text.ts';
import { newId } from './ids.ts';
import type { Queryable } from './pool.ts';
import { noticeNames } from './queries/inbox.ts';

/** Notices older than this are not mailed any more: they are in the inbox, and a mail about them would only confuse. */
const MAILED_WITHIN_MS = 7 * 24 * 3_600_000;
const MOST_ATTEMPTS = 6;

export interface PlanMails {
  now: Instant;
  day: CivilDate;
  /** Whether the time of the day's digests has come. */
  digestDue: boolean;
}

/**
 * Writes down which mails are owed: per person one digest of the day, or one mail per notice, over what they have
 * neither read nor been mailed. What nobody's post receives goes to the supervising office (DOMAIN 1). Repeatable: a
 * delivery's key is unique per person.
 */
export async function planMails(db: Queryable, { now, day, digestDue }: PlanMails): Promise<number> {
  const { rows } = await db.query<{ userId: string; mode: 'digest' | 'single'; ids: string[] }>(
    `WITH wanted AS (
       SELECT DISTINCT u.id AS user_id, coalesce(p.mode, 'digest') AS mode, n.id, n.at
       FROM notifications n
       JOIN memberships m ON (m.department_id = n.to_department AND m.role = n.to_role)
         OR (m.role = 'supervising-office' AND NOT EXISTS (
           SELECT 1 FROM memberships h JOIN users hu ON hu.id = h.user_id AND hu.active
           WHERE h.department_id = n.to_department AND h.role = n.to_role))
       JOIN users u ON u.id = m.user_id AND u.active AND u.mail IS NOT NULL
       LEFT JOIN mail_preferences p ON p.user_id = u.id
       WHERE n.at > $1 AND coalesce(p.mode, 'digest') <> 'off' AND (p.kinds IS NULL OR n.kind = ANY (p.kinds))
         AND NOT EXISTS (SELECT 1 FROM notification_reads r WHERE r.notification_id = n.id AND r.user_id = u.id)
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.user_id = u.id AND d.notification_ids ? n.id))
     SELECT user_id AS "userId", mode, array_agg(id ORDER BY at, id) AS ids FROM wanted GROUP BY user_id, mode`,
    [now - MAILED_WITHIN_MS],
  );
  const owed = rows.flatMap(({ userId, mode, ids }) => {
    if (mode === 'single') return ids.map((id) => ({ userId, key: `single:${id}`, ids: [id] }));
    return digestDue ? [{ userId, key: `digest:${day}`, ids }] : [];
  });
  if (owed.length === 0) return 0;
  const { rowCount } = await db.query(
    `INSERT INTO deliveries (id, user_id, key, notification_ids)
     SELECT o.id, o.user_id, o.key, o.notification_ids FROM jsonb_to_recordset($1::jsonb)
       AS o(id text, user_id text, key text, notification_ids jsonb)
     ON CONFLICT (user_id, key) DO NOTHING`,
    [
      JSON.stringify(
        owed.map(({ userId, key, ids }) => ({ id: newId(), user_id: userId, key, notification_ids: ids })),
      ),
    ],
  );
  return rowCount ?? 0;
}

export interface WaitingMail {
  id: string;
  address: string;
  notificationIds: string[];
  attempts: number;
  quietFrom: string | null;
  quietUntil: string | null;
}

export async function waitingMails(db: Queryable, limit: number): Promise<WaitingMail[]> {
  const { rows } = await db.query<WaitingMail>(
    `SELECT d.id, u.mail AS address, d.notification_ids AS "notificationIds", d.attempts,
       p.quiet_from AS "quietFrom", p.quiet_until AS "quietUntil"
     FROM deliveries d JOIN users u ON u.id = d.user_id AND u.mail IS NOT NULL
     LEFT JOIN mail_preferences p ON p.user_id = u.id
     WHERE d.state = 'waiting' AND d.next_attempt_at <= now() ORDER BY d.created_at, d.id LIMIT $1`,
    [limit],
  );
  return rows;
}

export async function deliverySent(db: Queryable, id: string): Promise<void> {
  await db.query(
    `UPDATE deliveries SET state = 'sent', attempts = attempts + 1, sent_at = now(), last_error = NULL WHERE id = $1`,
    [id],
  );
}

/** Next attempts after 1, 2, 4, 8 and 16 minutes; then the delivery has failed and shows in operations. */
export async function deliveryFailed(db: Queryable, { id, attempts }: WaitingMail, error: string): Promise<void> {
  await db.query(
    `UPDATE deliveries SET attempts = attempts + 1, last_error = $2, state = CASE WHEN $3 THEN 'failed' ELSE state END,
       next_attempt_at = now() + interval '1 minute' * power(2, attempts) WHERE id = $1`,
    [id, error.slice(0, 500), attempts + 1 >= MOST_ATTEMPTS],
  );
}

export interface MailNotices {
  notices: StoredNotice[];
  names: NoticeNames;
}

export async function noticesOf(db: Queryable, ids: string[]): Promise<MailNotices> {
  const { rows } = await db.query<StoredNotice>(
    `SELECT kind, jsonb_build_object('department', to_department, 'role', to_role) AS "to", data, due_at AS "dueAt", at
     FROM notifications WHERE id = ANY ($1) ORDER BY at, id`,
    [ids],
  );
  const wanted = rows.map((notice) => noticeIds(notice));
  const names = await noticeNames(db, {
    departments: wanted.flatMap((ids) => ids.departments),
    tasks: wanted.flatMap((ids) => ids.tasks),
    plans: wanted.flatMap((ids) => ids.plans),
  });
  return { notices: rows, names };
}
