import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.ts';

const MAC_BYTES = 12;

/** The keyset position of the last row of a page. It is signed, so a made-up one never reaches SQL. */
export type CursorPosition = (string | number)[];

/** `scope` names the list and its order: a cursor of another list or order is refused. */
export function sealCursor(secretKey: Buffer, scope: string, position: CursorPosition): string {
  const body = Buffer.from(JSON.stringify(position));
  return Buffer.concat([mac(secretKey, scope, body), body]).toString('base64url');
}

export function openCursor(secretKey: Buffer, scope: string, cursor: string): CursorPosition {
  const bytes = Buffer.from(cursor, 'base64url');
  const body = bytes.subarray(MAC_BYTES);
  // Lenient base64 decoding would let two texts be one cursor; only the text that we wrote is taken.
  const genuine =
    bytes.length > MAC_BYTES &&
    bytes.toString('base64url') === cursor &&
    timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(secretKey, scope, body));
  if (!genuine) {
    throw new Problem(400, 'invalid-cursor', '翻页标记无效，或不属于这种排序，请从第一页开始。', { field: 'cursor' });
  }
  return JSON.parse(body.toString('utf8')) as CursorPosition;
}

function mac(secretKey: Buffer, scope: string, body: Buffer): Buffer {
  return createHmac('sha256', secretKey).update(`cursor\n${scope}\n`).update(body).digest().subarray(0, MAC_BYTES);
}
