import type { SheetEntry } from '../domain/papers/sheet-lines.ts';
import type { Queryable } from './pool.ts';
import type { Vault } from './vault.ts';

/** What a department has filled in of a month's sheet and not handed in yet. */
export interface SheetDraft {
  version: number;
  entries: SheetEntry[];
  savedBy: string;
  /** Domain instant. */
  savedAt: number;
}

export interface DraftKey {
  sheet: string;
  /** `YYYY-MM`. */
  month: string;
}

export async function readDraft(db: Queryable, vault: Vault, key: DraftKey): Promise<SheetDraft | null> {
  const { rows } = await db.query<{ version: number; sealed: Buffer; savedBy: string; savedAt: number }>({
    name: 'sheet-draft',
    text: `select version, sealed, saved_by as "savedBy", saved_at as "savedAt"
      from sheet_drafts where sheet_id = $1 and month = $2`,
    values: [key.sheet, key.month],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { sealed, ...rest } = row;
  const entries = JSON.parse(vault.open(sealed, about(key, row.version)).toString('utf8')) as SheetEntry[];
  return { ...rest, entries };
}

/**
 * Writes a draft over the version that its writer saw (0: there was none). Answers the new version, or null where
 * somebody else has written meanwhile: then nothing is changed.
 */
export async function saveDraft(
  db: Queryable,
  vault: Vault,
  key: DraftKey,
  draft: { seen: number; entries: readonly SheetEntry[]; by: string; now: number },
): Promise<number | null> {
  const version = draft.seen + 1;
  const sealed = vault.seal(Buffer.from(JSON.stringify(draft.entries)), about(key, version));
  const { rowCount } = await db.query(
    draft.seen === 0
      ? `insert into sheet_drafts (sheet_id, month, version, sealed, saved_by, saved_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`
      : `update sheet_drafts set version = $3, sealed = $4, saved_by = $5, saved_at = $6
         where sheet_id = $1 and month = $2 and version = $3::integer - 1`,
    [key.sheet, key.month, version, sealed, draft.by, draft.now],
  );
  return rowCount === 1 ? version : null;
}

/** An approved sheet's words are in its text rows; the draft has served. */
export async function dropDraft(db: Queryable, key: DraftKey): Promise<void> {
  await db.query('delete from sheet_drafts where sheet_id = $1 and month = $2', [key.sheet, key.month]);
}

function about({ sheet, month }: DraftKey, version: number): string {
  return `sheet-draft ${sheet} ${month} ${version}`;
}
