import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link; only `tokenHash` of it is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A fast hash is enough: the token is random, there is nothing to guess. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
