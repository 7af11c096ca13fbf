/** Ids found anywhere in plain JSON, by their prefix: what must be looked up before a page can show names. */
export interface ReferencedIds {
  texts: string[];
  files: string[];
  users: string[];
  departments: string[];
}

const KINDS: [prefix: string, kind: keyof ReferencedIds][] = [
  ['text-', 'texts'],
  ['file-', 'files'],
  ['user-', 'users'],
  ['dep-', 'departments'],
  ['dept-', 'departments'],
];

export function referencedIds(value: unknown): ReferencedIds {
  const found: ReferencedIds = { texts: [], files: [], users: [], departments: [] };
  collect(value, found);
  return found;
}

function collect(value: unknown, found: ReferencedIds): void {
  if (typeof value === 'string') {
    for (const [prefix, kind] of KINDS) if (value.startsWith(prefix)) found[kind].push(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) collect(inner, found);
}
