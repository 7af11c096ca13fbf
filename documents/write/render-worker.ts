import { parentPort, workerData } from 'node:worker_threads';
import type { Paper } from '../../domain/papers/paper.ts';
import type { ReadTable } from '../../domain/papers/table.ts';
import { DocumentRefused, type RefusalCode } from '../document-refused.ts';
import { paperDocx } from './docx-papers.ts';
import { readTable } from './read-table.ts';

export type RenderOrder = { kind: 'paper'; paper: Paper } | { kind: 'read-table'; bytes: Uint8Array };

/** A class does not survive the way between threads, so a refusal travels as its fields. */
export type RenderAnswer =
  | { kind: 'paper'; bytes: Uint8Array }
  | { kind: 'table'; table: ReadTable }
  | { kind: 'refused'; code: RefusalCode; message: string };

async function answer(order: RenderOrder): Promise<RenderAnswer> {
  try {
    if (order.kind === 'paper') return { kind: 'paper', bytes: await paperDocx(order.paper) };
    return { kind: 'table', table: await readTable(order.bytes) };
  } catch (error) {
    if (error instanceof DocumentRefused) return { kind: 'refused', code: error.code, message: error.message };
    throw error;
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
parentPort?.postMessage(await answer(workerData as RenderOrder));
