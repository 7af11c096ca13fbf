import { posix } from 'node:path';

/** One import statement: what stands between the quotes, and whether it vanishes when types are stripped. */
export type Import = { specifier: string; typeOnly: boolean };

/** Statements start at the beginning of a line: the formatter sees to that, and text in strings and comments does not. */
const statement = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s*)?['"]([^'"\n]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]/g;

export function importsOf(source: string): Import[] {
  return [
    ...[...source.matchAll(statement)].map((match) => ({
      specifier: match[2] ?? '',
      typeOnly: match[1] !== undefined,
    })),
    ...[...source.matchAll(dynamic)].map((match) => ({ specifier: match[1] ?? '', typeOnly: false })),
  ];
}

type Rule = {
  /** Parts of ours that this part may import beside itself. */
  parts: readonly string[];
  /** Parts of which it may import types only. */
  typesOf?: readonly string[];
  /** Single files of other parts that it may import. */
  files?: RegExp;
  /** Packages it may import values of; absent: any, and Node's own modules, too. */
  packages?: RegExp;
};

const messages = /^workflows\/messages[^/]*\.ts$/;
const everything = ['domain', 'workflows', 'activities', 'db', 'documents', 'api'];

/** Who may import whom; reasons in docs/decisions/0004-import-rules.md. */
const rules: Readonly<Record<string, Rule>> = {
  domain: { parts: [], packages: /^(luxon|chinese-days)$/ },
  workflows: { parts: ['domain'], typesOf: ['activities'], packages: /^(@temporalio\/(workflow|common)|luxon)$/ },
  db: { parts: ['domain'] },
  documents: { parts: ['domain'] },
  // Starting a workflow takes its name and its messages: constants in files without imports.
  activities: { parts: ['db', 'documents', 'domain'], typesOf: ['workflows'], files: messages },
  api: { parts: ['db', 'domain'], files: messages },
  web: { parts: [] },
  stack: { parts: everything },
  bench: { parts: [...everything, 'stack', 'tests'] },
  tests: { parts: [...everything, 'stack', 'bench', 'web'] },
};

export const parts = Object.keys(rules);

/** One line for each import that the rules forbid, and for each cycle. `files`: path from the root → source. */
export function importProblems(files: ReadonlyMap<string, string>): string[] {
  const values = new Map<string, string[]>();
  const problems: string[] = [];
  for (const [file, source] of files) {
    const targets: string[] = [];
    for (const found of importsOf(source)) {
      const problem = found.specifier.startsWith('.') ? oursProblem(file, found) : packageProblem(file, found);
      if (problem !== undefined) problems.push(`${file}: ${problem}`);
      if (found.specifier.startsWith('.') && !found.typeOnly) targets.push(resolveFrom(file, found.specifier));
    }
    values.set(file, targets);
  }
  return [...problems, ...cyclesIn(values).map((cycle) => `${cycle.join(' → ')}: a cycle loads half-made modules`)];
}

function oursProblem(file: string, found: Import): string | undefined {
  const target = resolveFrom(file, found.specifier);
  const [from, to] = [partOf(file), partOf(target)];
  const rule = rules[from];
  if (rule === undefined || rules[to] === undefined || from === to || rule.parts.includes(to)) return undefined;
  if (rule.files?.test(target)) return undefined;
  if (!rule.typesOf?.includes(to)) return `${from}/ may not import ${target}`;
  return found.typeOnly ? undefined : `${from}/ may import the types of ${to}/ only, not ${target}`;
}

function packageProblem(file: string, found: Import): string | undefined {
  const from = partOf(file);
  const allowed = rules[from]?.packages;
  const name = found.specifier.startsWith('@')
    ? found.specifier.split('/').slice(0, 2).join('/')
    : (found.specifier.split('/')[0] ?? '');
  if (allowed === undefined || allowed.test(name)) return undefined;
  // A type of another package leaves no trace in the workflow bundle; the domain must not know even that.
  if (found.typeOnly && from !== 'domain') return undefined;
  return `${from}/ is pure and may not import ${found.specifier}`;
}

function partOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function resolveFrom(file: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(file), specifier));
}

/** Each cycle once, beginning with the file at which the walk met it. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      cycles.push([...path.slice(at), file]);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) walk(target);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) walk(file);
  return cycles;
}
