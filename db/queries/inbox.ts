import type { Actor, Json, NoticeKind, Role } from '../../domain/decider.ts';
import type { Queryable } from '../pool.ts';

export interface InboxRow {
  id: string;
  kind: NoticeKind;
  toDepartment: string;
  toRole: Role;
  data: Json;
  dueAt: number;
  at: number;
  entityId: string;
  entityKind: string;
  /** Nobody holds the post it is addressed to; the supervising office reads it instead (DOMAIN 1). */
  unattended: boolean;
  readAt: number | null;
}

export interface InboxQuery {
  unread: boolean;
  kinds: NoticeKind[] | null;
  after: { at: number; id: string } | null;
  limit: number;
}

const HELD = `exists (select 1 from memberships m join users u on u.id = m.user_id and u.active
  where m.department_id = n.to_department and m.role = n.to_role)`;

/**
 * What a person may read: the mailboxes of their posts ($1 departments, $2 roles, side by side) and, for the supervising
 * office ($3), those that nobody holds.
 */
const VISIBLE = `(exists (select 1 from unnest($1::text[], $2::text[]) as p(department, role)
    where p.department = n.to_department and p.role = n.to_role)
  or ($3 and not ${HELD}))`;

function visibleTo(actor: Actor): unknown[] {
  const office = actor.posts.some((post) => post.role === 'supervising-office');
  return [actor.posts.map((post) => post.department), actor.posts.map((post) => post.role), office];
}

export async function listInbox(
  db: Queryable,
  actor: Actor,
  { unread, kinds, after, limit }: InboxQuery,
): Promise<{ rows: InboxRow[]; more: boolean }> {
  const { rows } = await db.query<InboxRow>({
    name: 'inbox',
    text: `select n.id, n.kind, n.to_department as "toDepartment", n.to_role as "toRole", n.data, n.due_at as "dueAt", n.at,
        n.entity_id as "entityId", e.kind as "entityKind", not ${HELD} as unattended, r.read_at as "readAt"
      from notifications n
      join entities e on e.id = n.entity_id
      left join notification_reads r on r.notification_id = n.id and r.user_id = $4
      where ${VISIBLE} and (not $5 or r.read_at is null) and ($6::text[] is null or n.kind = any($6))
        and ($7::bigint is null or (n.at, n.id) < ($7::bigint, $8::text))
      order by n.at desc, n.id desc limit $9`,
    values: [...visibleTo(actor), actor.id, unread, kinds, after?.at ?? null, after?.id ?? null, limit + 1],
  });
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

export async function countUnread(db: Queryable, actor: Actor): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: 'inbox-unread',
    text: `select count(*)::int as count from notifications n
      where ${VISIBLE} and not exists (
        select 1 from notification_reads r where r.notification_id = n.id and r.user_id = $4)`,
    values: [...visibleTo(actor), actor.id],
  });
  return rows[0]?.count ?? 0;
}

/** Marks what the person may read; ids of other people's notices are passed over. `ids` null marks all up to now. */
export async function markRead(
  db: Queryable,
  actor: Actor,
  ids: readonly string[] | null,
  now: number,
): Promise<number> {
  const { rowCount } = await db.query(
    `insert into notification_reads (notification_id, user_id, read_at)
     select n.id, $4, $5 from notifications n where ${VISIBLE} and ($6::text[] is null or n.id = any($6))
     on conflict do nothing`,
    [...visibleTo(actor), actor.id, now, ids],
  );
  return rowCount ?? 0;
}

/** Names for the ids in notices: tasks by their words, plans by their titles, departments by their names. */
export async function noticeNames(
  db: Queryable,
  ids: { departments: string[]; tasks: string[]; plans: string[] },
): Promise<{ departments: Map<string, string>; tasks: Map<string, string>; plans: Map<string, string> }> {
  const { rows } = await db.query<{ kind: 'departments' | 'tasks' | 'plans'; id: string; name: string }>(
    `select 'departments' as kind, id, name from departments where id = any($1)
     union all select 'tasks', task_id, text from task_texts where task_id = any($2)
     union all select 'plans', id, title from plans where id = any($3)`,
    [ids.departments, ids.tasks, ids.plans],
  );
  const names = {
    departments: new Map<string, string>(),
    tasks: new Map<string, string>(),
    plans: new Map<string, string>(),
  };
  for (const { kind, id, name } of rows) names[kind].set(id, name);
  return names;
}
