import { Type } from '@fastify/type-provider-typebox';
import { failedMails, openAlarms, operationCounts, stuckOrders, unreadMailboxes } from '../../db/queries/operations.ts';
import { ENTITY_KINDS } from '../../domain/decider.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { requireRole } from '../plugins/session.ts';
import { InstantSchema, IntegerOrNull, StringOrNull } from '../schemas.ts';
import { temporalStatus } from '../temporal-status.ts';

const Open = Type.Object(Object.fromEntries(ENTITY_KINDS.map((kind) => [kind, Type.Integer()])), {
  description: '服务器上运行中的工作流数',
});

const Operations = Type.Object({
  temporal: Type.Object({
    address: Type.String(),
    version: StringOrNull,
    open: Type.Union([Open, Type.Null()]),
    error: Type.Optional(Type.String({ description: '仅在无法访问时出现' })),
  }),
  outbox: Type.Object({ depth: Type.Integer() }),
  notifications: Type.Object({ waiting: Type.Integer(), failed: Type.Integer() }),
  calendar: Type.Object({ publishedThrough: IntegerOrNull }),
  ledger: Type.Object({ events: Type.Integer() }),
});

const Troubles = Type.Object({
  alarms: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      entityId: StringOrNull,
      data: Type.Unknown(),
      raisedAt: InstantSchema,
      times: Type.Integer(),
    }),
  ),
  unread: Type.Array(
    Type.Object({
      department: Type.String(),
      departmentName: StringOrNull,
      role: Type.String(),
      count: Type.Integer(),
      oldestAt: InstantSchema,
      unattended: Type.Boolean(),
    }),
    { description: '无人读过的通知，按岗位' },
  ),
  stuck: Type.Array(
    Type.Object({ entityId: Type.String(), op: Type.String(), attempts: Type.Integer(), lastError: StringOrNull }),
  ),
  failedMails: Type.Array(Type.Object({ userName: StringOrNull, attempts: Type.Integer(), lastError: StringOrNull })),
});

const SHOWN = 100;
const admin = { onRequest: requireRole('administrator') };

/** How the installation is doing, for administrators. */
export async function operationsRoutes(app: App): Promise<void> {
  app.get(
    '/api/operations',
    { ...admin, schema: { tags: ['operations'], summary: '运行状况', response: { 200: Operations } } },
    async () => {
      const { pool, temporal } = app.deps;
      const [counts, { error, ...status }] = await Promise.all([operationCounts(pool), temporalStatus(temporal)]);
      return {
        temporal: { address: temporal.address, ...status, ...(error === null ? {} : { error }) },
        outbox: { depth: counts.outbox },
        notifications: { waiting: counts.mailsWaiting, failed: counts.mailsFailed },
        calendar: { publishedThrough: counts.publishedThrough },
        ledger: { events: counts.events },
      };
    },
  );

  app.get(
    '/api/operations/troubles',
    { ...admin, schema: { tags: ['operations'], summary: '待处理的故障', response: { 200: Troubles } } },
    async () => {
      const { pool } = app.deps;
      const [alarms, unread, stuck, mails] = await Promise.all([
        openAlarms(pool, SHOWN),
        unreadMailboxes(pool, SHOWN),
        stuckOrders(pool, SHOWN),
        failedMails(pool, SHOWN),
      ]);
      return {
        alarms: alarms.map((alarm) => ({ ...alarm, raisedAt: isoShanghai(Math.round(alarm.raisedAt)) })),
        unread: unread.map((mailbox) => ({ ...mailbox, oldestAt: isoShanghai(mailbox.oldestAt) })),
        stuck,
        failedMails: mails,
      };
    },
  );
}
