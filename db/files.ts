import { newId } from './ids.ts';
import type { Queryable } from './pool.ts';
import type { Vault } from './vault.ts';

const CHUNK = 1024 * 1024;

export interface StoredFile {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

/** Stores a file in sealed pieces of 1 MiB, in the caller's transaction. `now` is a domain instant. */
export async function saveFile(
  db: Queryable,
  vault: Vault,
  file: { name: string; mediaType: string; sha256: string; bytes: Buffer; by: string; now: number },
): Promise<StoredFile> {
  const id = newId('file');
  await db.query(
    'insert into files (id, name, media_type, size, sha256, by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, file.name, file.mediaType, file.bytes.length, file.sha256, file.by, file.now],
  );
  for (let ordinal = 0; ordinal * CHUNK < file.bytes.length; ordinal += 1) {
    const piece = file.bytes.subarray(ordinal * CHUNK, (ordinal + 1) * CHUNK);
    await db.query('insert into file_chunks (file_id, ordinal, sealed) values ($1, $2, $3)', [
      id,
      ordinal,
      vault.seal(piece, `${id}/${ordinal}`),
    ]);
  }
  return { id, name: file.name, mediaType: file.mediaType, size: file.bytes.length, sha256: file.sha256 };
}

export async function findFile(db: Queryable, id: string): Promise<StoredFile | null> {
  const { rows } = await db.query<StoredFile>(
    'select id, name, media_type as "mediaType", size, sha256 from files where id = $1',
    [id],
  );
  return rows[0] ?? null;
}

/** A file's bytes, a piece at a time. */
export async function* fileBytes(db: Queryable, vault: Vault, { id, size }: StoredFile): AsyncGenerator<Buffer> {
  for (let ordinal = 0; ordinal * CHUNK < size; ordinal += 1) {
    const { rows } = await db.query<{ sealed: Buffer }>(
      'select sealed from file_chunks where file_id = $1 and ordinal = $2',
      [id, ordinal],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`piece ${ordinal} of ${id} is missing`);
    yield vault.open(row.sealed, `${id}/${ordinal}`);
  }
}
