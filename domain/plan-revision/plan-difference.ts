import type { CivilDate } from '../decider.ts';
import { overlaps, pairSet, similarity, type Overlap, type PairSet } from './text-similarity.ts';

/** What two versions of a plan are compared by. Departments are ids where they are known, else names as written. */
export interface ComparableItem {
  id: string;
  path: string[];
  text: string;
  departments: string[];
  lead: string[];
  deadline: { kind: string; date: CivilDate | null; every: string | null };
}

export interface MatchedItem {
  from: string;
  to: string;
  /** 0 to 1. */
  similarity: number;
  textChanged: boolean;
  deadline: { from: ComparableItem['deadline']; to: ComparableItem['deadline'] } | null;
  departments: { added: string[]; removed: string[]; leadFrom: string[]; leadTo: string[] } | null;
}

/** A revised plan beside the one that it replaces (DOMAIN 2): a person sees this before anything changes. */
export interface PlanDifference {
  matched: MatchedItem[];
  added: string[];
  dropped: string[];
  /** Old items whose words stand inside a new item that continues another one. */
  merged: { from: string; into: string }[];
}

/** Below this two texts are two tasks. A rewritten sentence that keeps its subject stays well above. */
const SAME_TASK = 0.45;
/** A changed sentence under the same number is still the same task when this much of it is left. */
const SAME_TASK_SAME_PLACE = 0.3;
/** Share of the old text that must stand in the new one for a merger. */
const SWALLOWED = 0.6;

/**
 * Pairs each old item with the new one that is most like it, best pairs first, each used once. Equal texts are paired
 * first and cost nothing: a revision leaves most of a plan as it was.
 */
export function planDifference(before: readonly ComparableItem[], after: readonly ComparableItem[]): PlanDifference {
  const pairs = equalTexts(before, after);
  const rest = before.map((_, index) => index).filter((index) => !pairs.has(index));
  const oldPairs = before.map((item, index) => (pairs.has(index) ? NOTHING : pairSet(item.text)));
  const newPairs = after.map((item) => pairSet(item.text));
  const shared = overlaps(
    rest.map((index) => oldPairs[index] ?? NOTHING),
    newPairs,
    (count, old, fresh) => similarity(old, fresh, count) >= SAME_TASK_SAME_PLACE || count >= SWALLOWED * old,
  ).map((each) => ({ ...each, left: rest[each.left] as number }));
  const scores = addLikeTexts(pairs, shared, { before, after, oldPairs, newPairs });

  const taken = new Set(pairs.values());
  const matched: MatchedItem[] = [];
  for (const [old, fresh] of pairs) {
    const from = before[old];
    const to = after[fresh];
    if (from === undefined || to === undefined) continue;
    matched.push(compare(from, to, scores.get(old) ?? 1));
  }
  const place = new Map(before.map((item, index) => [item.id, index]));
  const merged = swallowedItems(pairs, taken, shared, oldPairs);
  return {
    matched: matched.sort((a, b) => (place.get(a.from) ?? 0) - (place.get(b.from) ?? 0)),
    added: after.filter((_, index) => !taken.has(index)).map((item) => item.id),
    dropped: before.filter((_, index) => !pairs.has(index) && !merged.has(index)).map((item) => item.id),
    merged: [...merged].map(([from, into]) => ({ from: before[from]?.id ?? '', into: after[into]?.id ?? '' })),
  };
}

const NOTHING: PairSet = { counts: new Map(), size: 0 };

/** Old position → new position, where the words are the same; of several, the one under the same number. */
function equalTexts(before: readonly ComparableItem[], after: readonly ComparableItem[]): Map<number, number> {
  const byText = new Map<string, number[]>();
  for (const [index, item] of after.entries()) byText.set(item.text, [...(byText.get(item.text) ?? []), index]);
  const pairs = new Map<number, number>();
  const take = (old: number, choose: (candidates: number[]) => number | undefined): void => {
    const candidates = byText.get(before[old]?.text ?? '') ?? [];
    const chosen = choose(candidates);
    if (chosen === undefined || pairs.has(old)) return;
    pairs.set(old, chosen);
    candidates.splice(candidates.indexOf(chosen), 1);
  };
  const place = (item: ComparableItem | undefined): string => item?.path.join('/') ?? '';
  for (const [old, item] of before.entries())
    take(old, (candidates) => candidates.find((fresh) => place(after[fresh]) === place(item)));
  for (const old of before.keys()) take(old, (candidates) => candidates[0]);
  return pairs;
}

/** Pairs what is left by likeness, best first; answers how like each is to its own. */
function addLikeTexts(
  pairs: Map<number, number>,
  shared: readonly Overlap[],
  {
    before,
    after,
    oldPairs,
    newPairs,
  }: { before: readonly ComparableItem[]; after: readonly ComparableItem[]; oldPairs: PairSet[]; newPairs: PairSet[] },
): Map<number, number> {
  const candidates = shared.flatMap(({ left, right, count }) => {
    const score = similarity(sizeOf(oldPairs, left), sizeOf(newPairs, right), count);
    const samePlace = before[left]?.path.join('/') === after[right]?.path.join('/');
    if (score < SAME_TASK && !(samePlace && score >= SAME_TASK_SAME_PLACE)) return [];
    return [{ old: left, fresh: right, score, rank: score + (samePlace ? 0.01 : 0) }];
  });
  candidates.sort((a, b) => b.rank - a.rank || a.old - b.old || a.fresh - b.fresh);
  const taken = new Set(pairs.values());
  const scores = new Map<number, number>();
  for (const { old, fresh, score } of candidates) {
    if (pairs.has(old) || taken.has(fresh)) continue;
    pairs.set(old, fresh);
    taken.add(fresh);
    scores.set(old, score);
  }
  return scores;
}

/** Old items without a new one of their own, whose words stand inside one that continues another item. */
function swallowedItems(
  pairs: ReadonlyMap<number, number>,
  taken: ReadonlySet<number>,
  shared: readonly Overlap[],
  oldPairs: readonly PairSet[],
): Map<number, number> {
  const merged = new Map<number, number>();
  for (const { left, right, count } of shared) {
    const size = sizeOf(oldPairs, left);
    if (pairs.has(left) || merged.has(left) || !taken.has(right) || size === 0) continue;
    if (count / size >= SWALLOWED) merged.set(left, right);
  }
  return merged;
}

function sizeOf(sets: readonly PairSet[], index: number): number {
  return sets[index]?.size ?? 0;
}

function compare(from: ComparableItem, to: ComparableItem, score: number): MatchedItem {
  const added = to.departments.filter((name) => !from.departments.includes(name));
  const removed = from.departments.filter((name) => !to.departments.includes(name));
  const leadMoved = from.lead.join('、') !== to.lead.join('、');
  const sameDeadline =
    from.deadline.kind === to.deadline.kind &&
    from.deadline.date === to.deadline.date &&
    from.deadline.every === to.deadline.every;
  return {
    from: from.id,
    to: to.id,
    similarity: Math.round(score * 1000) / 1000,
    textChanged: from.text !== to.text,
    deadline: sameDeadline ? null : { from: from.deadline, to: to.deadline },
    departments:
      added.length > 0 || removed.length > 0 || leadMoved
        ? { added, removed, leadFrom: from.lead, leadTo: to.lead }
        : null,
  };
}
