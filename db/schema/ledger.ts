import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { EntityKind, Json, NoticeKind, Role } from '../../domain/decider.ts';

/**
 * The ledger and what one transaction writes with it. Columns named `at`, `due_at`, `opened_at`, `finished_at` are
 * milliseconds of the domain's clock; `timestamptz` columns are the wall clock and serve operation only.
 */
export const entities = pgTable(
  'entities',
  {
    id: text().primaryKey(),
    kind: text().$type<EntityKind>().notNull(),
    planId: text('plan_id'),
    /** The head of the chain: number and hash of the last event. This row is locked by every write. */
    seq: integer().notNull(),
    headHash: text('head_hash').notNull(),
    /** The state folded from events 1 to `seq`: what a workflow is started from. */
    state: jsonb().$type<Json>().notNull(),
    stateHash: text('state_hash').notNull(),
    openedAt: bigint('opened_at', { mode: 'number' }).notNull(),
    updatedAt: bigint('updated_at', { mode: 'number' }).notNull(),
    finishedAt: bigint('finished_at', { mode: 'number' }),
    /** When the relay or reconcile last saw the workflow started. */
    startedAt: timestamp('started_at', { withTimezone: true, mode: 'string' }),
  },
  (table) => [
    index('entities_plan').on(table.planId),
    index('entities_open')
      .on(table.kind, table.id)
      .where(sql`${table.finishedAt} is null`),
    check('entities_kind_known', sql`${table.kind} in ('task', 'sheet', 'evaluation')`),
    check('entities_seq_positive', sql`${table.seq} > 0`),
  ],
);

/** Append-only, hash-chained per entity. Nothing here holds free text or a person's name: it is never erased. */
export const ledger = pgTable(
  'ledger',
  {
    entityId: text('entity_id')
      .notNull()
      .references(() => entities.id),
    seq: integer().notNull(),
    type: text().notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    by: text().notNull(),
    commandId: text('command_id').notNull(),
    /** Position among the events of its command, so that one command is recorded once. */
    commandIndex: smallint('command_index').notNull(),
    data: jsonb().$type<Json>().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text().notNull(),
    writtenAt: timestamp('written_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.entityId, table.seq] }),
    uniqueIndex('ledger_command_once').on(table.entityId, table.commandId, table.commandIndex),
    index('ledger_at').on(table.at),
  ],
);

/** Answers to requests by the hash of scope and idempotency key, kept for 30 days. */
export const commands = pgTable(
  'commands',
  {
    id: text().primaryKey(),
    entityId: text('entity_id').notNull(),
    bodyHash: text('body_hash').notNull(),
    result: jsonb().$type<Json>().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (table) => [index('commands_recorded_at').on(table.recordedAt)],
);

export const OUTBOX_OPS = ['start', 'signal'] as const;
export type OutboxOp = (typeof OUTBOX_OPS)[number];

/** What Temporal must still be told. Rows are written with the facts that cause them and delivered by the relay. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    op: text({ enum: OUTBOX_OPS }).notNull(),
    entityId: text('entity_id').notNull(),
    payload: jsonb().$type<Json>().notNull().default({}),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    doneAt: timestamp('done_at', { withTimezone: true, mode: 'string' }),
    lastError: text('last_error'),
  },
  (table) => [
    index('outbox_due')
      .on(table.nextAttemptAt, table.id)
      .where(sql`${table.doneAt} is null`),
    index('outbox_waiting_entity')
      .on(table.entityId)
      .where(sql`${table.doneAt} is null`),
    check('outbox_op_known', sql`${table.op} in ('start', 'signal')`),
  ],
);

/** What a mailbox (department and role) has received. `key` is the rung key: one rung, one row, for ever. */
export const notifications = pgTable(
  'notifications',
  {
    id: text().primaryKey(),
    key: text().notNull(),
    toDepartment: text('to_department').notNull(),
    toRole: text('to_role').$type<Role>().notNull(),
    kind: text().$type<NoticeKind>().notNull(),
    data: jsonb().$type<Json>().notNull(),
    dueAt: bigint('due_at', { mode: 'number' }).notNull(),
    at: bigint({ mode: 'number' }).notNull(),
    entityId: text('entity_id').notNull(),
  },
  (table) => [
    uniqueIndex('notifications_key').on(table.key),
    index('notifications_mailbox').on(table.toDepartment, table.toRole, table.at),
    index('notifications_entity').on(table.entityId),
    index('notifications_at').on(table.at),
  ],
);

export const notificationReads = pgTable(
  'notification_reads',
  {
    notificationId: text('notification_id')
      .notNull()
      .references(() => notifications.id),
    userId: text('user_id').notNull(),
    readAt: bigint('read_at', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.notificationId, table.userId] })],
);

export const DELIVERY_STATES = ['waiting', 'sent', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One mail to one person: the digest of a day, or a single message. `key` makes it one however often it is planned. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: text().primaryKey(),
    userId: text('user_id').notNull(),
    key: text().notNull(),
    notificationIds: jsonb('notification_ids').$type<string[]>().notNull(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    sentAt: timestamp('sent_at', { withTimezone: true, mode: 'string' }),
    lastError: text('last_error'),
  },
  (table) => [
    uniqueIndex('deliveries_once').on(table.userId, table.key),
    index('deliveries_due')
      .on(table.nextAttemptAt)
      .where(sql`${table.state} = 'waiting'`),
    check('deliveries_state_known', sql`${table.state} in ('waiting', 'sent', 'failed')`),
  ],
);

/** One hash over every entity's head, each civil day, chained to the day before: a rewritten chain cannot hide. */
export const dailyAnchors = pgTable('daily_anchors', {
  day: date({ mode: 'string' }).primaryKey(),
  heads: integer().notNull(),
  hash: text().notNull(),
  prevHash: text('prev_hash').notNull(),
  /** Everything committed before this instant of the wall clock is under the anchor. */
  writtenBefore: timestamp('written_before', { withTimezone: true, mode: 'string' }).notNull(),
});

/** What the machine found wrong and an administrator must see. `key` keeps one row per trouble. */
export const alarms = pgTable(
  'alarms',
  {
    id: text().primaryKey(),
    key: text().notNull(),
    kind: text().notNull(),
    entityId: text('entity_id'),
    data: jsonb().$type<Json>().notNull(),
    raisedAt: timestamp('raised_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    times: integer().notNull().default(1),
    clearedAt: timestamp('cleared_at', { withTimezone: true, mode: 'string' }),
  },
  (table) => [uniqueIndex('alarms_key').on(table.key)],
);
