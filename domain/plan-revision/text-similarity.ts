/** How often each pair of neighbouring characters stands in a text; punctuation and spaces do not count. */
export interface PairSet {
  counts: Map<string, number>;
  size: number;
}

export function pairSet(text: string): PairSet {
  const bare = text.replace(/[\p{P}\p{S}\p{Z}\s]/gu, '');
  const counts = new Map<string, number>();
  const characters = [...bare];
  if (characters.length === 1) counts.set(bare, 1);
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const pair = `${characters[index]}${characters[index + 1]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return { counts, size: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/** Dice's coefficient of two multisets of which `shared` members are common: 1 for equal texts, 0 for nothing shared. */
export function similarity(leftSize: number, rightSize: number, shared: number): number {
  return leftSize + rightSize === 0 ? 0 : (2 * shared) / (leftSize + rightSize);
}

/** Every combination of a left and a right text that shares anything, with how much; through an index by pair. */
export function overlaps(
  left: readonly PairSet[],
  right: readonly PairSet[],
): { left: number; right: number; count: number }[] {
  const where = new Map<string, { index: number; count: number }[]>();
  for (const [index, set] of right.entries()) {
    for (const [pair, count] of set.counts) {
      const found = where.get(pair);
      if (found === undefined) where.set(pair, [{ index, count }]);
      else found.push({ index, count });
    }
  }
  const result: { left: number; right: number; count: number }[] = [];
  for (const [index, set] of left.entries()) {
    const shared = new Map<number, number>();
    for (const [pair, count] of set.counts) {
      for (const hit of where.get(pair) ?? []) {
        shared.set(hit.index, (shared.get(hit.index) ?? 0) + Math.min(count, hit.count));
      }
    }
    for (const [other, count] of shared) result.push({ left: index, right: other, count });
  }
  return result;
}
