import type { Json } from '../../domain/decider.ts';
import type { Queryable } from '../pool.ts';

export interface OperationCounts {
  outbox: number;
  mailsWaiting: number;
  mailsFailed: number;
  /** The last year whose notice has been entered; null where none has. */
  publishedThrough: number | null;
  events: number;
}

/** In one statement. Every entity's `seq` is the number of its events, which is quicker than counting the ledger. */
export async function operationCounts(db: Queryable): Promise<OperationCounts> {
  const { rows } = await db.query<OperationCounts>(
    `select (select count(*) from outbox where done_at is null)::int as outbox,
       (select count(*) from deliveries where state = 'waiting')::int as "mailsWaiting",
       (select count(*) from deliveries where state = 'failed')::int as "mailsFailed",
       (select max(year) from calendar_years where published) as "publishedThrough",
       (select coalesce(sum(seq), 0) from entities)::float8 as events`,
  );
  return rows[0] ?? { outbox: 0, mailsWaiting: 0, mailsFailed: 0, publishedThrough: null, events: 0 };
}

export interface AlarmRow {
  id: string;
  kind: string;
  entityId: string | null;
  data: Json;
  raisedAt: number;
  times: number;
}

export async function openAlarms(db: Queryable, limit: number): Promise<AlarmRow[]> {
  const { rows } = await db.query<AlarmRow>(
    `select id, kind, entity_id as "entityId", data, (extract(epoch from raised_at) * 1000)::float8 as "raisedAt", times
     from alarms where cleared_at is null order by raised_at desc limit $1`,
    [limit],
  );
  return rows;
}

export interface UnreadMailbox {
  department: string;
  departmentName: string | null;
  role: string;
  count: number;
  oldestAt: number;
  /** Nobody holds the post. */
  unattended: boolean;
}

/** Mailboxes with notices that nobody has read, oldest first. */
export async function unreadMailboxes(db: Queryable, limit: number): Promise<UnreadMailbox[]> {
  const { rows } = await db.query<UnreadMailbox>(
    `select n.to_department as department, d.name as "departmentName", n.to_role as role, count(*)::int as count,
       min(n.at) as "oldestAt",
       not exists (select 1 from memberships m join users u on u.id = m.user_id and u.active
         where m.department_id = n.to_department and m.role = n.to_role) as unattended
     from notifications n left join departments d on d.id = n.to_department
     where not exists (select 1 from notification_reads r where r.notification_id = n.id)
     group by n.to_department, d.name, n.to_role order by min(n.at) limit $1`,
    [limit],
  );
  return rows;
}

export interface StuckOrder {
  entityId: string;
  op: string;
  attempts: number;
  lastError: string | null;
}

/** Orders for Temporal that failed at least once and still wait. */
export async function stuckOrders(db: Queryable, limit: number): Promise<StuckOrder[]> {
  const { rows } = await db.query<StuckOrder>(
    `select entity_id as "entityId", op, attempts, last_error as "lastError" from outbox
     where done_at is null and last_error is not null order by id limit $1`,
    [limit],
  );
  return rows;
}

export interface FailedMail {
  userName: string | null;
  attempts: number;
  lastError: string | null;
}

export async function failedMails(db: Queryable, limit: number): Promise<FailedMail[]> {
  const { rows } = await db.query<FailedMail>(
    `select u.name as "userName", d.attempts, d.last_error as "lastError" from deliveries d
     left join users u on u.id = d.user_id where d.state = 'failed' order by d.id desc limit $1`,
    [limit],
  );
  return rows;
}
