import type { PlanReading, PlanTask } from '../../../domain/plan-text/plan-reading.ts';

/** What a person says a plan holds. A field that is absent is not scored: the text leaves it open. */
export interface ExpectedTask {
  readonly starts: string;
  /** Where the annotation stands on a heading, a reader may begin with the heading or with the sentence below it. */
  readonly orStarts?: string;
  readonly departments: readonly string[];
  /** Phrases that one careful person calls a group and another an open end (国务院相关部门): neither is wrong. */
  readonly tolerated?: readonly string[];
  readonly lead?: readonly string[];
  readonly leadBasis?: 'stated' | 'assumed';
  readonly deadline?: { readonly kind: string; readonly date?: string; readonly every?: string };
  readonly openEnded?: boolean;
}

export interface Expected {
  readonly refused?: boolean;
  readonly tasks: readonly ExpectedTask[];
}

export interface Score {
  tasks: number;
  found: number;
  extra: number;
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  leads: number;
  leadsRight: number;
  bases: number;
  basesRight: number;
  deadlines: number;
  deadlinesRight: number;
  openEnded: number;
  openEndedRight: number;
  failures: string[];
}

export function emptyScore(): Score {
  return {
    tasks: 0,
    found: 0,
    extra: 0,
    truePositives: 0,
    falsePositives: 0,
    falseNegatives: 0,
    leads: 0,
    leadsRight: 0,
    bases: 0,
    basesRight: 0,
    deadlines: 0,
    deadlinesRight: 0,
    openEnded: 0,
    openEndedRight: 0,
    failures: [],
  };
}

/** Width, quotation marks and spaces do not tell two names or sentences apart. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s"“”'‘’「」|]/g, '')
    .replace(/[,，]/g, ',');
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a.map(folded)), new Set(b.map(folded))];
  return left.size === right.size && [...left].every((name) => right.has(name));
}

function matches(task: PlanTask, expected: ExpectedTask): boolean {
  return [expected.starts, expected.orStarts].some((start) => start !== undefined && beginsWith(task, folded(start)));
}

function beginsWith(task: PlanTask, start: string): boolean {
  const text = folded(task.text);
  // A reader may keep the item's first words as a heading, or a table's group before the content.
  return (
    text.startsWith(start) || text.slice(0, start.length + 40).includes(start) || folded(task.heading).startsWith(start)
  );
}

function scoreDepartments(score: Score, name: string, expected: ExpectedTask, actual: readonly string[]): void {
  const wanted = new Set(expected.departments.map(folded));
  const tolerated = new Set((expected.tolerated ?? []).map(folded));
  const given = new Set(actual.map(folded).filter((item) => !tolerated.has(item)));
  const missing = [...wanted].filter((item) => !given.has(item));
  const wrong = [...given].filter((item) => !wanted.has(item));
  score.truePositives += wanted.size - missing.length;
  score.falseNegatives += missing.length;
  score.falsePositives += wrong.length;
  if (missing.length > 0) score.failures.push(`${name}: missing department ${missing.join(' / ')}`);
  if (wrong.length > 0) score.failures.push(`${name}: wrong department ${wrong.join(' / ')}`);
}

function scoreDetails(score: Score, name: string, expected: ExpectedTask, task: PlanTask | undefined): void {
  if (expected.lead !== undefined) {
    score.leads += 1;
    if (task !== undefined && sameSet(expected.lead, task.lead)) score.leadsRight += 1;
    else score.failures.push(`${name}: lead ${task?.lead.join('、') ?? '—'}, not ${expected.lead.join('、')}`);
  }
  if (expected.leadBasis !== undefined) {
    score.bases += 1;
    if (task?.leadBasis === expected.leadBasis) score.basesRight += 1;
    else score.failures.push(`${name}: lead basis ${task?.leadBasis ?? '—'}, not ${expected.leadBasis}`);
  }
  if (expected.deadline !== undefined) {
    const { kind, date = null, every = null } = expected.deadline;
    score.deadlines += 1;
    const actual = task?.deadline;
    const right =
      actual?.kind === kind && (date === null || actual.date === date) && (every === null || actual.every === every);
    if (right) score.deadlinesRight += 1;
    else {
      const seen = actual === undefined ? '—' : `${actual.kind} ${actual.date ?? actual.every ?? ''} (${actual.raw})`;
      score.failures.push(`${name}: deadline ${seen}, not ${kind} ${date ?? every ?? ''}`);
    }
  }
  if (expected.openEnded !== undefined) {
    score.openEnded += 1;
    if (task?.openEnded === expected.openEnded) score.openEndedRight += 1;
    else score.failures.push(`${name}: open-ended ${String(task?.openEnded)}, not ${String(expected.openEnded)}`);
  }
}

/** Compares one reading with its labels: each task of the reading answers one label at most; what answers none is extra. */
export function scorePlan(document: string, expected: Expected, reading: PlanReading): Score {
  const score = emptyScore();
  const rest = [...reading.tasks];
  for (const item of expected.tasks) {
    const name = `${document} «${item.starts}»`;
    const at = rest.findIndex((task) => matches(task, item));
    const task = at < 0 ? undefined : rest.splice(at, 1)[0];
    score.tasks += 1;
    if (task === undefined) score.failures.push(`${name}: task not found`);
    else score.found += 1;
    scoreDepartments(score, name, item, task?.departments ?? []);
    scoreDetails(score, name, item, task);
  }
  for (const task of rest) {
    score.extra += 1;
    score.falsePositives += task.departments.length;
    score.failures.push(`${document}: no such task at line ${task.source.line}: ${task.text.slice(0, 40)}`);
  }
  return score;
}

export function addScores(scores: readonly Score[]): Score {
  const sum = emptyScore();
  for (const score of scores) {
    for (const key of Object.keys(sum) as (keyof Score)[]) {
      if (key === 'failures') sum.failures.push(...score.failures);
      else sum[key] += score[key];
    }
  }
  return sum;
}

/** Harmonic mean of precision and recall over (task, department) pairs; 1 where there was nothing to find and nothing was. */
export function departmentF1(score: Score): number {
  const both = 2 * score.truePositives;
  const all = both + score.falsePositives + score.falseNegatives;
  return all === 0 ? 1 : both / all;
}

export function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

/** The limits of issue 3, and of our own where it names none: extra tasks, lead basis, open end. */
const LIMITS: readonly (readonly [string, (score: Score) => number, number])[] = [
  ['tasks found', (score) => share(score.found, score.tasks), 0.95],
  ['tasks that exist', (score) => share(score.found, score.found + score.extra), 0.95],
  ['department F1', departmentF1, 0.95],
  ['leads', (score) => share(score.leadsRight, score.leads), 0.9],
  ['lead bases', (score) => share(score.basesRight, score.bases), 0.9],
  ['deadlines', (score) => share(score.deadlinesRight, score.deadlines), 0.9],
  ['open ends', (score) => share(score.openEndedRight, score.openEnded), 0.9],
];

export function figures(score: Score): string {
  return LIMITS.map(([name, figure]) => `${name} ${(figure(score) * 100).toFixed(1)}%`).join(', ');
}

/** The figures that miss their limit, with every failure behind them; empty when all is well. */
export function shortfalls(score: Score): string[] {
  const missed = LIMITS.filter(([, figure, limit]) => figure(score) < limit).map(
    ([name, figure, limit]) => `${name}: ${figure(score).toFixed(4)} is below ${limit}`,
  );
  return missed.length === 0 ? [] : [...missed, ...score.failures];
}
