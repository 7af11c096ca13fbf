import { parentPort, workerData } from 'node:worker_threads';
import { DocumentRefused } from './document-refused.ts';
import type { RefusalCode } from './document-refused.ts';
import { readBytes } from './read-bytes.ts';
import type { ExtractedText } from './read-bytes.ts';

/** What the worker answers: a class does not survive the way between threads, so a refusal travels as its fields. */
export type WorkerAnswer =
  | { readonly kind: 'extracted'; readonly extracted: ExtractedText }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

async function answer(): Promise<WorkerAnswer> {
  try {
    return { kind: 'extracted', extracted: await readBytes((workerData as { bytes: Uint8Array }).bytes) };
  } catch (error) {
    if (error instanceof DocumentRefused) return { kind: 'refused', code: error.code, message: error.message };
    // Whatever a library throws at a damaged file means the same to the person who brought it.
    return { kind: 'refused', code: 'broken-document', message: '文件已损坏，无法读取。请用原软件重新保存后再上传。' };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(await answer());
