import type { CivilDate } from '../decider.ts';
import { overlaps, pairSet, similarity, type PairSet } from './text-similarity.ts';

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
 * Pairs each old item with the new one that is most like it, best pairs first, each used once. Linear in the shared
 * pairs of characters, so a plan of thousands of tasks is compared in one go.
 */
export function planDifference(before: readonly ComparableItem[], after: readonly ComparableItem[]): PlanDifference {
  const oldPairs = before.map((item) => pairSet(item.text));
  const newPairs = after.map((item) => pairSet(item.text));
  const candidates: { old: number; fresh: number; score: number }[] = [];
  const shared = overlaps(oldPairs, newPairs);
  for (const { left, right, count } of shared) {
    const score = similarity(sizeOf(oldPairs, left), sizeOf(newPairs, right), count);
    const samePlace = before[left]?.path.join('/') === after[right]?.path.join('/');
    if (score >= SAME_TASK || (samePlace && score >= SAME_TASK_SAME_PLACE))
      candidates.push({ old: left, fresh: right, score: score + (samePlace ? 0.01 : 0) });
  }
  candidates.sort((a, b) => b.score - a.score || a.old - b.old || a.fresh - b.fresh);

  const oldTaken = new Map<number, number>();
  const newTaken = new Map<number, number>();
  const matched: MatchedItem[] = [];
  for (const { old, fresh, score } of candidates) {
    if (oldTaken.has(old) || newTaken.has(fresh)) continue;
    oldTaken.set(old, fresh);
    newTaken.set(fresh, old);
    const from = before[old];
    const to = after[fresh];
    if (from !== undefined && to !== undefined) matched.push(compare(from, to, Math.min(1, score)));
  }

  const merged: PlanDifference['merged'] = [];
  const swallowed = new Set<number>();
  for (const { left, right, count } of shared) {
    const size = sizeOf(oldPairs, left);
    if (oldTaken.has(left) || swallowed.has(left) || !newTaken.has(right) || size === 0) continue;
    if (count / size < SWALLOWED) continue;
    swallowed.add(left);
    merged.push({ from: before[left]?.id ?? '', into: after[right]?.id ?? '' });
  }
  return {
    matched: matched.sort((a, b) => order(before, a.from) - order(before, b.from)),
    added: after.filter((_, index) => !newTaken.has(index)).map((item) => item.id),
    dropped: before.filter((_, index) => !oldTaken.has(index) && !swallowed.has(index)).map((item) => item.id),
    merged,
  };
}

function order(items: readonly ComparableItem[], id: string): number {
  return items.findIndex((item) => item.id === id);
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
