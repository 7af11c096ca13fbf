/** A seeded linear congruential generator, so that a property that fails once fails again with the same numbers. */
export function seededRandom(seed: number): {
  int(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
} {
  let state = seed >>> 0;
  const int = (low: number, high: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // The low bits of such a generator have short periods; the division keeps the high ones.
    return low + Math.floor((state / 2 ** 32) * (high - low + 1));
  };
  return {
    int,
    pick: (items) => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
