import { Worker } from 'node:worker_threads';
import type { Paper } from '../../domain/papers/paper.ts';
import type { ReadTable } from '../../domain/papers/table.ts';
import { DocumentRefused } from '../document-refused.ts';
import type { RenderAnswer, RenderOrder } from './render-worker.ts';
import { writeWorkbook } from './workbook.ts';

const TIMEOUT_MS = 30_000;
const HEAP_MB = 512;
/** Threads at a time; further orders wait their turn. */
const THREADS = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** A paper as DOCX. A long table takes seconds of computing: in a thread of its own it holds nobody up. */
export async function renderPaper(paper: Paper): Promise<Uint8Array> {
  const answer = await inThread({ kind: 'paper', paper });
  if (answer.kind !== 'paper') throw new Error(`rendering gave ${answer.kind}`);
  return answer.bytes;
}

/**
 * A workbook of ours as a person sent it back. Any file, however damaged, ends in a table or a refusal within seconds.
 * @throws DocumentRefused with a stable code and a Chinese sentence.
 */
export async function readTable(bytes: Uint8Array): Promise<ReadTable> {
  const answer = await inThread({ kind: 'read-table', bytes: Uint8Array.from(bytes) });
  if (answer.kind === 'refused') throw new DocumentRefused(answer.code, answer.message);
  if (answer.kind !== 'table') throw new Error(`reading gave ${answer.kind}`);
  return answer.table;
}

/** Everything that the API asks of documents, for whoever wires it. */
export const PAPERS = {
  workbook: writeWorkbook,
  renderPaper,
  async readTable(bytes: Uint8Array): Promise<ReadTable | { refused: { code: string; detail: string } }> {
    try {
      return await readTable(bytes);
    } catch (error) {
      if (error instanceof DocumentRefused) return { refused: { code: error.code, detail: error.message } };
      throw error;
    }
  },
};

async function inThread(order: RenderOrder): Promise<RenderAnswer> {
  if (running < THREADS) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await run(order);
  } finally {
    // The thread's place goes to the next in line, or is free again.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

async function run(order: RenderOrder): Promise<RenderAnswer> {
  const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  try {
    return await new Promise<RenderAnswer>((resolve, reject) => {
      const timer = setTimeout(() => reject(tooMuch(order, '处理超时，已停止。')), TIMEOUT_MS);
      const settle = (action: () => void): void => {
        clearTimeout(timer);
        action();
      };
      worker.once('message', (answer: RenderAnswer) => settle(() => resolve(answer)));
      worker.once('error', (error) => settle(() => reject(failure(order, error))));
      worker.once('exit', () => settle(() => reject(new Error('the rendering thread ended without an answer'))));
    });
  } finally {
    await worker.terminate();
  }
}

function failure(order: RenderOrder, error: unknown): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return tooMuch(order, '内容过大，内存不足。');
  if (order.kind === 'paper') return error;
  return new DocumentRefused('broken-document', '文件已损坏，无法读取。请用原软件重新保存后再上传。');
}

/** A file of others is refused; a paper of ours that cannot be made is a defect. */
function tooMuch(order: RenderOrder, detail: string): Error {
  return order.kind === 'read-table' ? new DocumentRefused('too-large', detail) : new Error(`paper: ${detail}`);
}
