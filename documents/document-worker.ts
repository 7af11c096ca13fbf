import { parentPort, workerData } from 'node:worker_threads';
import type { PlanReading } from '../domain/plan-text/plan-reading.ts';
import { readPlan } from '../domain/plan-text/read-plan.ts';
import { DocumentRefused } from './document-refused.ts';
import type { RefusalCode } from './document-refused.ts';
import { readBytes } from './read-bytes.ts';
import type { ExtractedText } from './read-bytes.ts';

export interface WorkerJob {
  readonly bytes: Uint8Array;
  /** Whether the text is to be read as a plan as well. */
  readonly asPlan: boolean;
}

/** What the worker answers: a class does not survive the way between threads, so a refusal travels as its fields. */
export type WorkerAnswer =
  | { readonly kind: 'done'; readonly extracted: ExtractedText; readonly reading: PlanReading | null }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

async function answer(job: WorkerJob): Promise<WorkerAnswer> {
  try {
    const extracted = await readBytes(job.bytes);
    return { kind: 'done', extracted, reading: job.asPlan ? readPlan({ text: extracted.text }) : null };
  } catch (error) {
    if (error instanceof DocumentRefused) return { kind: 'refused', code: error.code, message: error.message };
    // Whatever a library throws at a damaged file means the same to the person who brought it.
    return {
      kind: 'refused',
      code: 'broken-document',
      message: '文件已损坏，无法读取。请用原软件重新保存后再上传。',
    };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(await answer(workerData as WorkerJob));
