import type { Pool } from 'pg';
import { administratorExists, createFirstAdministrator, replaceFirstSetupToken } from '../db/queries/setup.ts';
import { hashPassword } from './password.ts';
import { newToken, tokenHash } from './token.ts';

const LINK_LASTS_MS = 24 * 3_600_000;

export type AdministratorOutcome =
  | { kind: 'exists' }
  | { kind: 'created'; name: string }
  /** `POST /api/setup/:token`; the page is `/setup/:token`. Printed once, kept only as a hash, lasts 24 hours. */
  | { kind: 'setup-link'; token: string };

/**
 * At a start: makes the administrator from the given name and password, or a one-time setup token where none is given.
 * `now` is real time in milliseconds. Safe to call from several processes at once.
 */
export async function ensureAdministrator(
  pool: Pool,
  { name, password, now }: { name?: string | undefined; password?: string | undefined; now: number },
): Promise<AdministratorOutcome> {
  if (await administratorExists(pool)) return { kind: 'exists' };
  if (name !== undefined && name !== '' && password !== undefined && password !== '') {
    const created = await createFirstAdministrator(pool, { name, passwordHash: await hashPassword(password), now });
    return created ? { kind: 'created', name } : { kind: 'exists' };
  }
  const token = newToken();
  await replaceFirstSetupToken(pool, { tokenHash: tokenHash(token), now, expiresAt: now + LINK_LASTS_MS });
  return { kind: 'setup-link', token };
}
