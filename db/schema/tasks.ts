import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Role } from '../../domain/decider.ts';
import type { DeadlineKind, PeriodIntake, PeriodPhase, ReportStatus, TaskPhase } from '../../domain/task/task-state.ts';
import { entities } from './ledger.ts';

/**
 * Read models of tasks, written in the same transaction as the events that change them and rebuildable from them.
 * Instants are milliseconds of the domain's clock; dates are civil dates in Asia/Shanghai. No free text is here: a
 * task's own words are in `task_texts`.
 */

/** What the table of tasks shows as its state: the phase of the period that matters now, or how the task ended. */
export const TASK_STATES = [
  'unclaimed',
  'upcoming',
  'in-progress',
  'department-review',
  'awaiting-verification',
  'returned',
  'awaiting-entry',
  'entry-review',
  'suspended',
  'closed',
  'stopped',
  'merged',
  'withdrawn',
] as const;
export type TaskListState = (typeof TASK_STATES)[number];

/** `late`: an open period is past its date. `was-late`: one was, and is closed. `soft-missed`: 未达原则性时限. */
export const LATENESS = ['none', 'late', 'was-late', 'soft-missed'] as const;
export type Lateness = (typeof LATENESS)[number];

export const tasks = pgTable(
  'tasks',
  {
    id: text()
      .primaryKey()
      .references(() => entities.id),
    planId: text('plan_id').notNull(),
    seq: integer().notNull(),
    deadlineKind: text('deadline_kind').$type<DeadlineKind>().notNull(),
    phase: text().$type<TaskPhase>().notNull(),
    state: text({ enum: TASK_STATES }).notNull(),
    lateness: text({ enum: LATENESS }).notNull(),
    /** The period that matters now: the first that is not closed, else the last. */
    currentPeriod: text('current_period'),
    /** The date that counts for that period, and the text's own; null where there is none. */
    due: date({ mode: 'string' }),
    originalDue: date('original_due', { mode: 'string' }),
    provisional: boolean().notNull(),
    leadBasis: text('lead_basis').notNull(),
    leads: text().array().notNull(),
    departments: text().array().notNull(),
    verifier: text().notNull(),
    periods: integer().notNull(),
    periodsClosed: integer('periods_closed').notNull(),
    unclaimed: integer().notNull(),
    disputed: integer().notNull(),
    extensionPending: boolean('extension_pending').notNull(),
    ordersOpen: integer('orders_open').notNull(),
    /** The worst word of the last reports: risk before lagging before normal; null where nobody reported. */
    reportStatus: text('report_status').$type<ReportStatus>(),
    lastReportAt: bigint('last_report_at', { mode: 'number' }),
    goLive: date('go_live', { mode: 'string' }).notNull(),
    openedAt: bigint('opened_at', { mode: 'number' }).notNull(),
    updatedAt: bigint('updated_at', { mode: 'number' }).notNull(),
    closedAt: bigint('closed_at', { mode: 'number' }),
  },
  (table) => [
    index('tasks_plan').on(table.planId, table.id),
    index('tasks_due').on(table.due, table.id),
    index('tasks_state').on(table.state, table.id),
    index('tasks_lateness').on(table.lateness, table.id),
    index('tasks_updated').on(table.updatedAt, table.id),
    index('tasks_departments').using('gin', table.departments),
    check('tasks_state_known', sql.raw(`state in (${TASK_STATES.map((state) => `'${state}'`).join(', ')})`)),
    check('tasks_lateness_known', sql.raw(`lateness in (${LATENESS.map((word) => `'${word}'`).join(', ')})`)),
  ],
);

export const taskPeriods = pgTable(
  'task_periods',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => entities.id),
    period: text().notNull(),
    ordinal: integer().notNull(),
    from: date('from_date', { mode: 'string' }),
    to: date('to_date', { mode: 'string' }),
    intake: text().$type<PeriodIntake>().notNull(),
    phase: text().$type<PeriodPhase>().notNull(),
    originalDue: date('original_due', { mode: 'string' }),
    due: date({ mode: 'string' }),
    soft: boolean().notNull(),
    provisional: boolean().notNull(),
    version: integer().notNull(),
    /** The first instant at which this period became late; stays for ever. */
    overdueAt: bigint('overdue_at', { mode: 'number' }),
    extensionTo: date('extension_to', { mode: 'string' }),
    extensionLevel: text('extension_level').$type<Role>(),
    extensions: integer().notNull(),
    completedOn: date('completed_on', { mode: 'string' }),
    closedAt: bigint('closed_at', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.period] }),
    index('task_periods_due').on(table.due),
    index('task_periods_phase').on(table.phase),
  ],
);

export const taskResponsibilities = pgTable(
  'task_responsibilities',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => entities.id),
    department: text().notNull(),
    ordinal: integer().notNull(),
    part: text({ enum: ['lead', 'support'] }).notNull(),
    via: text(),
    claimedAt: bigint('claimed_at', { mode: 'number' }),
    disputedAt: bigint('disputed_at', { mode: 'number' }),
    brokenDown: boolean('broken_down').notNull(),
    lastReportAt: bigint('last_report_at', { mode: 'number' }),
    lastReportStatus: text('last_report_status').$type<ReportStatus>(),
    lastReportText: text('last_report_text'),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.department] }),
    index('task_responsibilities_department').on(table.department, table.taskId),
  ],
);
