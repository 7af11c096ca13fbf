/**
 * The shapes of payloads, checked inside the decision. The API checks bodies by its own schemas, but signals, imports and
 * older clients reach the deciders too, and an exception in a validator wedges a workflow: whatever JSON arrives must end
 * in a fact or a refusal. No schema library here: this runs inside workflows.
 */

const MISSING = Symbol('missing');

/** Reads a value of unknown shape: the value with exactly the known fields, or `MISSING` where it does not fit. */
export type Shape<T> = (value: unknown) => T | typeof MISSING;

/** Ids, codes and numbers of papers. Free text is never here: it is a row of its own, and payloads carry its id. */
const LONGEST_TEXT = 2_000;
const LONGEST_LIST = 5_000;

export type Read<T> = { fits: true; value: T } | { fits: false };

export function readPayload<T>(shape: Shape<T>, value: unknown): Read<T> {
  const read = shape(value);
  return read === MISSING ? { fits: false } : { fits: true, value: read };
}

/** A text that may be empty: what an empty one means is the rule's to say. */
export const text: Shape<string> = (value) =>
  typeof value === 'string' && value.length <= LONGEST_TEXT ? value : MISSING;

/** The id of something: never empty. */
export const id: Shape<string> = (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT ? value : MISSING;

export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : MISSING);

export const finite: Shape<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : MISSING);

/** A count that begins at 1. */
export const positive: Shape<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : MISSING;

/** A field that was left out is null. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value) => (value === null || value === undefined ? null : shape(value));
}

export function oneOf<const T extends string>(...codes: readonly T[]): Shape<T> {
  return (value) => codes.find((code) => code === value) ?? MISSING;
}

export function list<T>(shape: Shape<T>): Shape<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > LONGEST_LIST) return MISSING;
    const items: T[] = [];
    for (const each of value) {
      const read = shape(each);
      if (read === MISSING) return MISSING;
      items.push(read);
    }
    return items;
  };
}

/** Fields that are not named are dropped: facts hold only what is known. */
export function fields<T extends object>(shapes: { [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const entries = Object.entries(shapes) as [string, Shape<unknown>][];
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return MISSING;
    const read: Record<string, unknown> = {};
    for (const [name, shape] of entries) {
      const field = shape(Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);
      if (field === MISSING) return MISSING;
      read[name] = field;
    }
    return read as T;
  };
}

/** A value taken as it is where a test of its own says that it fits. */
export function fitting<T>(fits: (value: unknown) => boolean): Shape<T> {
  return (value) => (fits(value) ? (value as T) : MISSING);
}
