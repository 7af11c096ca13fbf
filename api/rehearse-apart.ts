import { Worker } from 'node:worker_threads';
import type { Rehearsal, RehearsedNotice } from '../domain/rehearsal/rehearse.ts';
import { Problem } from './problem.ts';

/** A thousand tasks over two years take three seconds; past this the plan or the range is out of all proportion. */
const TIMEOUT_MS = 60_000;
/** Threads at a time: each takes a core from the requests of everybody else. */
const MOST_AT_ONCE = 2;

/** Waiting ones beyond this are told to come again. */
const MOST_WAITING = 20;

let running = 0;
const waiting: (() => void)[] = [];

/** Rehearses in a thread of its own, because it would hold up every other request for as long as it takes. */
export async function rehearseApart(rehearsal: Rehearsal): Promise<RehearsedNotice[]> {
  await turn();
  const worker = new Worker(new URL('./rehearsal-worker.ts', import.meta.url), {
    workerData: rehearsal,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    execArgv: [],
  });
  try {
    return await answerOf(worker);
  } finally {
    // A waiting one takes this place over; otherwise it is free.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
    await worker.terminate();
  }
}

async function turn(): Promise<void> {
  if (running < MOST_AT_ONCE) {
    running += 1;
    return;
  }
  if (waiting.length >= MOST_WAITING)
    throw new Problem(503, 'rehearsals-busy', '正在进行的预演太多，请稍后再试。', { retryAfterSeconds: 5 });
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function answerOf(worker: Worker): Promise<RehearsedNotice[]> {
  return new Promise((resolve, reject) => {
    const tooLong = new Problem(422, 'rehearsal-too-large', '预演超过一分钟仍未完成，请缩短日期范围。', {
      field: 'to',
    });
    const timer = setTimeout(() => reject(tooLong), TIMEOUT_MS);
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      action();
    };
    worker.once('message', (answer: RehearsedNotice[]) => settle(() => resolve(answer)));
    worker.once('error', (error) => settle(() => reject(error)));
    worker.once('exit', () => settle(() => reject(new Error('the rehearsal ended without an answer'))));
  });
}
