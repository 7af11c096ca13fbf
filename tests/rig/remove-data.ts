import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Removes a data directory and what belongs to it. Where the temporary folder is closed to the account of Postgres the
 * cluster lies elsewhere, and `postgres-place` says where (see stack/postgres.ts).
 */
export function removeData(dataDir: string): void {
  const place = join(dataDir, 'postgres-place');
  if (existsSync(place)) rmSync(dirname(readFileSync(place, 'utf8').trim()), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
