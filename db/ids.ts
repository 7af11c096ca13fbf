import { randomBytes } from 'node:crypto';

/**
 * An opaque id that sorts by the moment it was made (UUID version 7, RFC 9562): 48 bits of milliseconds, then randomness.
 * `prefix` says what it names, for people who read logs. The wall clock is used on purpose: the domain's clock may be shifted, and ids must not sort before older ones.
 */
export function newId(prefix?: string): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return prefix === undefined ? id : `${prefix}-${id}`;
}

/** The id of an entity, which is also its workflow's id: the kind, then an opaque id. Never anything about a person. */
export function newEntityId(kind: string): string {
  return newId(kind);
}
