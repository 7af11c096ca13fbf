export const CLIENTS = 32;
export const WORKFLOWS = 100;

/** Commands a second of 32 clients who each send their next as soon as the last is answered. */
export async function rate(seconds: number, send: (workflow: number, turn: number) => Promise<void>): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let turn = 0; performance.now() < end; turn += 1) {
        await send((client + turn * CLIENTS) % WORKFLOWS, turn);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - start) / 1000);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
