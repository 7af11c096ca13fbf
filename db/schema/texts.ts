import { sql } from 'drizzle-orm';
import { bigint, boolean, customType, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * Free text that people write (reasons, reports), by AES-256-GCM. Commands and events carry only the id, so histories and
 * ledger hold nothing that must be erased (DESIGN). A row whose command was refused goes again.
 */
export const texts = pgTable(
  'texts',
  {
    id: text().primaryKey(),
    /** Nonce (12 bytes), tag (16 bytes), ciphertext; the id is the associated data, so rows cannot be exchanged. */
    sealed: bytes().notNull(),
    by: text().notNull(),
    createdAt: bigint('created_at', { mode: 'number' }).notNull(),
    /** The command that names the text: a row whose command is not in the ledger after a day is swept. */
    entityId: text('entity_id'),
    commandId: text('command_id'),
    /** True where no command decides about it, and where the sweep has found its command in the ledger. */
    kept: boolean().notNull().default(false),
  },
  (table) => [
    index('texts_unkept')
      .on(table.createdAt)
      .where(sql`not ${table.kept}`),
  ],
);

/** Evidence and scanned papers. The media type is what the bytes are, not what the sender said. */
export const files = pgTable(
  'files',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    /** Of the bytes as stored: after the location metadata of photos was removed (DOMAIN 9). */
    size: integer().notNull(),
    sha256: text().notNull(),
    by: text().notNull(),
    createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  },
  (table) => [index('files_sha256').on(table.sha256)],
);

export const fileChunks = pgTable(
  'file_chunks',
  {
    fileId: text('file_id')
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
    ordinal: integer().notNull(),
    /** Sealed like `texts.sealed`, with file id and ordinal as associated data. */
    sealed: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.ordinal] })],
);
