import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { CivilDate } from '../../domain/decider.ts';
import type { PlanDifference } from '../../domain/plan-revision/plan-difference.ts';
import type {
  PlanEvaluation,
  PlanIndicator,
  PlanProblem,
  PlanTask,
  TextDeadline,
} from '../../domain/plan-text/plan-reading.ts';
import { DEPARTMENT_KINDS } from './people.ts';

/**
 * Action plans as documents: the draft that a person corrects, and the text of the tasks that run. What the tasks did
 * since is in the ledger. Instants are milliseconds of the domain's clock, dates are civil dates in Asia/Shanghai.
 */
export const PLAN_STATUSES = ['draft', 'published', 'withdrawn'] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** What a person must look at before the item can run: nothing is guessed in silence (DOMAIN 2). */
export const ITEM_FLAGS = [
  'repaired',
  'lead-assumed',
  'open-ended',
  'no-department',
  'no-deadline',
  'problem',
] as const;
export type ItemFlag = (typeof ITEM_FLAGS)[number];

/** Everything of a task that the reader found and a person may correct. */
export type ItemContent = Omit<PlanTask, 'source'>;

export const plans = pgTable(
  'plans',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    documentNumber: text('document_number'),
    issuedOn: date('issued_on', { mode: 'string' }),
    horizonFrom: date('horizon_from', { mode: 'string' }),
    horizonTo: date('horizon_to', { mode: 'string' }),
    goLive: date('go_live', { mode: 'string' }),
    status: text({ enum: PLAN_STATUSES }).notNull(),
    /** Rises with every change of the draft; a writer states the version that they saw. */
    version: integer().notNull().default(1),
    sourceSha256: text('source_sha256').notNull(),
    sourceFilename: text('source_filename').notNull(),
    sourceText: text('source_text').notNull(),
    goals: jsonb().$type<string[]>().notNull(),
    evaluations: jsonb().$type<PlanEvaluation[]>().notNull(),
    problems: jsonb().$type<PlanProblem[]>().notNull(),
    importedBy: text('imported_by').notNull(),
    importedAt: bigint('imported_at', { mode: 'number' }).notNull(),
    publishedBy: text('published_by'),
    publishedAt: bigint('published_at', { mode: 'number' }),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: bigint('withdrawn_at', { mode: 'number' }),
    withdrawnGround: text('withdrawn_ground'),
  },
  (table) => [
    // The same file twice is one plan; a withdrawn plan may be handed in again.
    uniqueIndex('plans_source_sha256_live')
      .on(table.sourceSha256)
      .where(sql`${table.status} <> 'withdrawn'`),
    index('plans_status').on(table.status, table.importedAt),
    check('plans_status_known', sql`${table.status} in ('draft', 'published', 'withdrawn')`),
  ],
);

/** The tasks of a draft, as read and as corrected. Rows outlive publication: they say what was published and why. */
export const planItems = pgTable(
  'plan_items',
  {
    id: text().primaryKey(),
    planId: text('plan_id')
      .notNull()
      .references(() => plans.id),
    ordinal: integer().notNull(),
    content: jsonb().$type<ItemContent>().notNull(),
    /** As the reader gave it, never changed; null where a person added the item. */
    parsed: jsonb().$type<ItemContent>(),
    sourceLine: integer('source_line'),
    flags: jsonb().$type<ItemFlag[]>().notNull(),
    /** Positions in `textDeadlines` that a person made into sub-items with a clock. */
    confirmedDeadlines: jsonb('confirmed_deadlines').$type<number[]>().notNull().default([]),
    state: text({ enum: ['kept', 'removed', 'merged'] })
      .notNull()
      .default('kept'),
    mergedInto: text('merged_into'),
    correctedBy: text('corrected_by'),
    correctedAt: bigint('corrected_at', { mode: 'number' }),
    confirmedBy: text('confirmed_by'),
    confirmedAt: bigint('confirmed_at', { mode: 'number' }),
    version: integer().notNull().default(1),
    /** The running task, once published. A revision's item names the task that it continues. */
    taskId: text('task_id'),
  },
  (table) => [
    index('plan_items_plan').on(table.planId, table.ordinal),
    check('plan_items_state_known', sql`${table.state} in ('kept', 'removed', 'merged')`),
  ],
);

export const NAME_BASES = ['exact', 'alias', 'proposed', 'chosen'] as const;
export type NameBasis = (typeof NAME_BASES)[number];

/** Who a name as written stands for. `proposed` awaits a person (待确认) or is created under that name at publication. */
export const planDepartments = pgTable(
  'plan_departments',
  {
    planId: text('plan_id')
      .notNull()
      .references(() => plans.id),
    name: text().notNull(),
    departmentId: text('department_id'),
    proposedKind: text('proposed_kind', { enum: DEPARTMENT_KINDS }).notNull(),
    basis: text({ enum: NAME_BASES }).notNull(),
    decidedBy: text('decided_by'),
    decidedAt: bigint('decided_at', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.name] }),
    check('plan_departments_basis_known', sql`${table.basis} in ('exact', 'alias', 'proposed', 'chosen')`),
    check('plan_departments_kind_known', sql`${table.proposedKind} in ('department', 'group', 'task-force')`),
  ],
);

/** A plan that takes another's place: what it changes, and the paper that ordered it. */
export const planRevisions = pgTable('plan_revisions', {
  planId: text('plan_id')
    .primaryKey()
    .references(() => plans.id),
  revisesId: text('revises_id')
    .notNull()
    .references(() => plans.id),
  documentNumber: text('document_number').notNull(),
  difference: jsonb().$type<PlanDifference>().notNull(),
  appliedBy: text('applied_by').notNull(),
  appliedAt: bigint('applied_at', { mode: 'number' }).notNull(),
});

/** The words of a running task. The ledger carries no free text; pages read it here. */
export const taskTexts = pgTable(
  'task_texts',
  {
    taskId: text('task_id').primaryKey(),
    /** Null where the task was added by hand (领导交办). */
    planId: text('plan_id').references(() => plans.id),
    ordinal: integer().notNull(),
    path: jsonb().$type<string[]>().notNull(),
    /** The section's number as written, for grouping: the first two parts of the path. */
    section: text().notNull(),
    heading: text().notNull(),
    text: text().notNull(),
    departmentsAsWritten: jsonb('departments_as_written').$type<string[]>().notNull(),
    openEnded: boolean('open_ended').notNull().default(false),
    deadlineRaw: text('deadline_raw').notNull(),
    repaired: boolean().notNull(),
    flags: jsonb().$type<ItemFlag[]>().notNull(),
    textDeadlines: jsonb('text_deadlines').$type<TextDeadline[]>().notNull(),
    indicators: jsonb().$type<PlanIndicator[]>().notNull(),
    sourceLine: integer('source_line'),
    /** The paper or meeting that ordered a task added by hand. */
    basis: text(),
  },
  (table) => [index('task_texts_plan').on(table.planId, table.ordinal)],
);

/**
 * One entered notice for a year. An amendment is a new version, never an edit; `revision` orders all versions of all
 * years, so that the calendar as it was known at any instant can be put together again.
 */
export const calendarYears = pgTable(
  'calendar_years',
  {
    revision: integer().primaryKey().generatedAlwaysAsIdentity(),
    year: integer().notNull(),
    version: integer().notNull(),
    published: boolean().notNull(),
    off: jsonb().$type<CivilDate[]>().notNull(),
    working: jsonb().$type<CivilDate[]>().notNull(),
    source: text().notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: bigint('entered_at', { mode: 'number' }).notNull(),
  },
  (table) => [uniqueIndex('calendar_years_year_version').on(table.year, table.version)],
);

/** Every limit, ladder and rhythm as data with a source; entities pin the version that they opened with. */
export const policies = pgTable(
  'policies',
  {
    kind: text().notNull(),
    version: text().notNull(),
    body: jsonb().$type<unknown>().notNull(),
    source: text().notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: bigint('entered_at', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.version] }),
    index('policies_newest').on(table.kind, table.enteredAt),
  ],
);
