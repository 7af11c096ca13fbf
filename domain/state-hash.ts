/**
 * A fingerprint of a plain JSON value that does not depend on the order of keys: a state that went through `jsonb` comes
 * back with other key order and is still the same state. It notices that workflow and projection have drifted apart; it
 * is not a seal (the ledger's chain is). 53 bits, hexadecimal.
 *
 * Parts are remembered by identity, because `evolve` keeps what it does not change: after one event only the path to the
 * change is hashed again, not the calendar and the policy. Values must therefore never be changed in place.
 */
export function stateHash(value: unknown): string {
  return hashValue(value);
}

const known = new WeakMap<object, string>();

function hashValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return hashText(`${typeof value}:${String(value)}`);
  const remembered = known.get(value);
  if (remembered !== undefined) return remembered;
  const hash = Array.isArray(value) ? hashArray(value) : hashObject(value as Record<string, unknown>);
  known.set(value, hash);
  return hash;
}

function hashArray(items: unknown[]): string {
  let text = '[';
  for (const item of items) text += `${hashValue(item)},`;
  return hashText(text);
}

/** Absent and undefined are the same: JSON does not carry undefined. */
function hashObject(object: Record<string, unknown>): string {
  let text = '{';
  for (const key of Object.keys(object).toSorted()) {
    if (object[key] !== undefined) text += `${JSON.stringify(key)}:${hashValue(object[key])},`;
  }
  return hashText(text);
}

/**
 * The multiplications are bound once: a workflow's sandbox intercepts every look-up of a global, and `Math.imul` in this
 * loop was a third of a command's time there.
 */
const { imul } = Math;
const HALF = 4_294_967_296;

/** A multiplicative hash of two 32-bit lanes, 53 bits; integer arithmetic only, so it is the same on every machine. */
function hashText(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = imul(high ^ code, 2654435761);
    low = imul(low ^ code, 1597334677);
  }
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  return (HALF * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0');
}
