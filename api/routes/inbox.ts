import { Type } from '@fastify/type-provider-typebox';
import { countUnread, listInbox, markRead, noticeNames, type InboxRow } from '../../db/queries/inbox.ts';
import { ENTITY_KINDS, NOTICE_KINDS } from '../../domain/decider.ts';
import { mailboxText, noticeIds, noticeText, type StoredNotice } from '../../domain/notice-text.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import {
  codes,
  IdSchema,
  InstantOrNull,
  InstantSchema,
  LIST_LIMIT_DEFAULT,
  ListQuery,
  page,
  RoleSchema,
  StringOrNull,
} from '../schemas.ts';
import { instantOrNull } from '../task-view.ts';

const Notice = Type.Object({
  id: IdSchema,
  kind: codes(NOTICE_KINDS),
  title: Type.String(),
  body: Type.String(),
  at: InstantSchema,
  dueAt: InstantSchema,
  to: Type.Object({ department: Type.String(), role: RoleSchema, text: Type.String() }),
  unattended: Type.Boolean({ description: '该岗位无人，由综合协调部门代收' }),
  entity: Type.Object({ kind: codes(ENTITY_KINDS), id: Type.String() }),
  task: StringOrNull,
  plan: StringOrNull,
  readAt: InstantOrNull,
});

/** What came to the mailboxes of one's posts. Texts are made as they are read: notices hold ids, codes and dates. */
export async function inboxRoutes(app: App): Promise<void> {
  app.get(
    '/api/inbox',
    {
      schema: {
        tags: ['inbox'],
        summary: '收件箱（新的在前）',
        querystring: Type.Object(
          {
            ...ListQuery,
            unread: Type.Optional(Type.Boolean({ description: '只看未读' })),
            kind: Type.Optional(
              Type.Array(codes(NOTICE_KINDS), { maxItems: NOTICE_KINDS.length, description: '可重复' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: page(Notice) },
      },
    },
    async (request) => {
      const { pool, secretKey } = app.deps;
      const { cursor, limit = LIST_LIMIT_DEFAULT, unread = false, kind = null } = request.query;
      const position = cursor === undefined ? null : openCursor(secretKey, 'inbox', cursor);
      const after = position === null ? null : { at: Number(position[0]), id: String(position[1]) };
      const { rows, more } = await listInbox(pool, request.actor, { unread, kinds: kind, after, limit });
      const names = await noticeNames(pool, idsOf(rows));
      const last = rows.at(-1);
      return {
        items: rows.map((row) => {
          const notice = stored(row);
          const ids = noticeIds(notice);
          return {
            id: row.id,
            kind: row.kind,
            ...noticeText(notice, names),
            at: isoShanghai(row.at),
            dueAt: isoShanghai(row.dueAt),
            to: { ...notice.to, text: mailboxText(notice.to, names) },
            unattended: row.unattended,
            entity: { kind: row.entityKind as (typeof ENTITY_KINDS)[number], id: row.entityId },
            task: ids.tasks[0] ?? null,
            plan: ids.plans[0] ?? null,
            readAt: instantOrNull(row.readAt),
          };
        }),
        nextCursor: more && last !== undefined ? sealCursor(secretKey, 'inbox', [last.at, last.id]) : null,
      };
    },
  );

  app.get(
    '/api/inbox/count',
    {
      schema: {
        tags: ['inbox'],
        summary: '未读条数',
        response: { 200: Type.Object({ unread: Type.Integer() }) },
      },
    },
    async (request) => ({ unread: await countUnread(app.deps.pool, request.actor) }),
  );

  app.post(
    '/api/inbox/read',
    {
      schema: {
        tags: ['inbox'],
        summary: '标为已读',
        description: '给出 ids，或 all 为 true 全部标为已读。',
        body: Type.Union([
          Type.Object({ ids: Type.Array(IdSchema, { minItems: 1, maxItems: 500 }) }, { additionalProperties: false }),
          Type.Object({ all: Type.Literal(true) }, { additionalProperties: false }),
        ]),
        response: { 200: Type.Object({ marked: Type.Integer(), unread: Type.Integer() }) },
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { body, actor } = request;
        const marked = await markRead(tx.$client, actor, 'ids' in body ? body.ids : null, app.deps.clock.now());
        return { status: 200, body: { marked, unread: await countUnread(tx.$client, actor) } };
      }),
  );
}

function stored(row: InboxRow): StoredNotice {
  return {
    kind: row.kind,
    to: { department: row.toDepartment, role: row.toRole },
    data: row.data,
    dueAt: row.dueAt,
    at: row.at,
  };
}

function idsOf(rows: InboxRow[]): { departments: string[]; tasks: string[]; plans: string[] } {
  const all = rows.map((row) => noticeIds(stored(row)));
  return {
    departments: all.flatMap((ids) => ids.departments),
    tasks: all.flatMap((ids) => ids.tasks),
    plans: all.flatMap((ids) => ids.plans),
  };
}
