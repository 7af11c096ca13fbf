import { sql } from 'drizzle-orm';
import { bigint, check, customType, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { SHEET_PHASES } from '../../domain/sheet/sheet-state.ts';
import { entities } from './ledger.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * One monthly sheet (月报) a row: a read model of the sheet's state, written with its events. What the sheet says is in
 * the ledger (`SheetSubmitted`) as ids of text rows. Instants are milliseconds of the domain's clock.
 */
export const sheetMonths = pgTable(
  'sheet_months',
  {
    sheetId: text('sheet_id')
      .notNull()
      .references(() => entities.id),
    /** `YYYY-MM`. */
    month: text().notNull(),
    planId: text('plan_id').notNull(),
    department: text().notNull(),
    phase: text({ enum: SHEET_PHASES }).notNull(),
    askedAt: bigint('asked_at', { mode: 'number' }).notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** Ids of the tasks that it must cover. */
    owed: text().array().notNull(),
    submittedAt: bigint('submitted_at', { mode: 'number' }),
    submittedBy: text('submitted_by'),
    approvedAt: bigint('approved_at', { mode: 'number' }),
    /** Becoming late is an event; it stays when the sheet comes in afterwards. */
    overdueAt: bigint('overdue_at', { mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.sheetId, table.month] }),
    index('sheet_months_plan').on(table.planId, table.month),
    index('sheet_months_department').on(table.department, table.month),
    index('sheet_months_month').on(table.month, table.sheetId),
    check('sheet_months_phase_known', sql.raw(`phase in (${SHEET_PHASES.map((phase) => `'${phase}'`).join(', ')})`)),
  ],
);

/** What a department has filled in but not handed in yet: lives here only, sealed, until the sheet is approved. */
export const sheetDrafts = pgTable(
  'sheet_drafts',
  {
    sheetId: text('sheet_id').notNull(),
    month: text().notNull(),
    /** Rises with every save; a writer states the version that they saw. */
    version: integer().notNull(),
    /** The rows as JSON, sealed with sheet, month and version as associated data. */
    sealed: bytes().notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: bigint('saved_at', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.sheetId, table.month] })],
);
