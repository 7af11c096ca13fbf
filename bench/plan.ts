import { readPlan } from '../domain/plan-text/read-plan.ts';
import { planText } from './plan-text/plan-text.ts';

const BASE_BYTES = 200_000;
const FACTOR = 10;
const ROUNDS = 5;
/** Issue 3: ten times the text may take at most twelve times as long. */
const LIMIT = 12;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Milliseconds a reading, over `times` readings. */
function timed(text: string, times: number): { ms: number; tasks: number } {
  let tasks = 0;
  const start = performance.now();
  for (let time = 0; time < times; time += 1) tasks = readPlan({ text }).tasks.length;
  return { ms: (performance.now() - start) / times, tasks };
}

/**
 * Growth of the reading's time with the length of the text. The two sides alternate, so that a busy machine slows both, and
 * run equally long: the base is read ten times a round, or a pause of the collector would fall on one side only.
 */
export async function run(): Promise<Record<string, unknown>> {
  const base = planText(BASE_BYTES);
  const large = planText(BASE_BYTES * FACTOR);
  const bytes = { base: Buffer.byteLength(base), large: Buffer.byteLength(large) };
  // The compiler warms up on the small side first; neither side pays for it in the measured rounds.
  timed(base, FACTOR);
  timed(large, 1);
  const baseMs: number[] = [];
  const largeMs: number[] = [];
  let tasks = { base: 0, large: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const small = timed(base, FACTOR);
    const big = timed(large, 1);
    baseMs.push(small.ms);
    largeMs.push(big.ms);
    tasks = { base: small.tasks, large: big.tasks };
    process.stderr.write(`第 ${round + 1} 轮：基准 ${small.ms.toFixed(1)} ms，十倍 ${big.ms.toFixed(1)} ms\n`);
  }
  const [baseMedian, largeMedian] = [median(baseMs), median(largeMs)];
  // The two texts differ a little from the exact factor; the growth is put to exactly ten times the bytes.
  const growth10x = (largeMedian / baseMedian) * ((FACTOR * bytes.base) / bytes.large);
  return {
    growth10x: Number(growth10x.toFixed(3)),
    limit: LIMIT,
    within: growth10x <= LIMIT,
    baseMs: Number(baseMedian.toFixed(2)),
    largeMs: Number(largeMedian.toFixed(2)),
    baseBytes: bytes.base,
    largeBytes: bytes.large,
    baseTasks: tasks.base,
    largeTasks: tasks.large,
    rounds: ROUNDS,
  };
}
