import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** The stored answers of plain SQL writes by idempotency key; written in the transaction of the write itself. */
export const httpResults = pgTable(
  'http_results',
  {
    actor: text().notNull(),
    route: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the body: the same key with another body is refused (422). */
    digest: text().notNull(),
    status: integer(),
    body: jsonb().$type<unknown>(),
    createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.actor, table.route, table.key] }),
    index('http_results_age').on(table.createdAt),
  ],
);
