/** How often each pair of neighbouring characters stands in a text; punctuation and spaces do not count. */
export interface PairSet {
  counts: Map<string, number>;
  size: number;
}

export function pairSet(text: string): PairSet {
  const characters = [...text.replace(/[\p{P}\p{S}\p{Z}\s]/gu, '')];
  const counts = new Map<string, number>();
  if (characters.length === 1) counts.set(characters.join(''), 1);
  for (let index = 0; index + 1 < characters.length; index += 1) {
    const pair = `${characters[index]}${characters[index + 1]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  let size = 0;
  for (const count of counts.values()) size += count;
  return { counts, size };
}

/** Dice's coefficient of two multisets of which `shared` members are common: 1 for equal texts, 0 for nothing shared. */
export function similarity(leftSize: number, rightSize: number, shared: number): number {
  return leftSize + rightSize === 0 ? 0 : (2 * shared) / (leftSize + rightSize);
}

export interface Overlap {
  left: number;
  right: number;
  count: number;
}

/**
 * Every combination of a left and a right text that `keep` wants, through an index by pair. One array of counters serves all: with a map for each text, 2,000 tasks took eighteen seconds.
 */
export function overlaps(
  left: readonly PairSet[],
  right: readonly PairSet[],
  keep: (shared: number, leftSize: number, rightSize: number) => boolean,
): Overlap[] {
  const where = new Map<string, { indices: number[]; counts: number[] }>();
  for (const [index, set] of right.entries()) {
    for (const [pair, count] of set.counts) {
      const found = where.get(pair);
      if (found === undefined) where.set(pair, { indices: [index], counts: [count] });
      else {
        found.indices.push(index);
        found.counts.push(count);
      }
    }
  }
  const shared = new Int32Array(right.length);
  const result: Overlap[] = [];
  for (const [index, set] of left.entries()) {
    shared.fill(0);
    for (const [pair, count] of set.counts) {
      const found = where.get(pair);
      if (found === undefined) continue;
      const { indices, counts } = found;
      for (let at = 0; at < indices.length; at += 1) {
        const other = indices[at] as number;
        shared[other] = (shared[other] as number) + Math.min(count, counts[at] as number);
      }
    }
    for (let other = 0; other < shared.length; other += 1) {
      const count = shared[other] as number;
      if (count > 0 && keep(count, set.size, right[other]?.size ?? 0))
        result.push({ left: index, right: other, count });
    }
  }
  return result;
}
