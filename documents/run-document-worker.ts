import { Worker } from 'node:worker_threads';
import { DocumentRefused } from './document-refused.ts';
import type { WorkerAnswer, WorkerJob } from './document-worker.ts';
import { EXTRACTION_TIMEOUT_MS, MAX_FILE_BYTES, WORKER_HEAP_MB } from './limits.ts';

/** The refusal for a file whose size alone is too much, so that a caller need not read it first. */
export function refusalForSize(bytes: number): DocumentRefused | null {
  if (bytes === 0) return new DocumentRefused('empty', '文件是空的。');
  if (bytes <= MAX_FILE_BYTES) return null;
  return new DocumentRefused(
    'too-large',
    `文件大小 ${Math.ceil(bytes / 1024 / 1024)} MB，超过 ${MAX_FILE_BYTES / 1024 / 1024} MB 的上限。`,
  );
}

function failure(error: unknown): DocumentRefused {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new DocumentRefused('too-large', '文件展开后过大，内存不足，拒绝读取。');
  return new DocumentRefused('broken-document', '文件已损坏，无法读取。请用原软件重新保存后再上传。');
}

function listen(worker: Worker, timeoutMs: number): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new DocumentRefused(
            'too-slow',
            `读取超过 ${Math.round(timeoutMs / 1000)} 秒，已停止。文件可能已损坏或过于复杂。`,
          ),
        ),
      timeoutMs,
    );
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      action();
    };
    worker.once('message', (answer: WorkerAnswer) => settle(() => resolve(answer)));
    worker.once('error', (error) => settle(() => reject(failure(error))));
    worker.once('exit', () => settle(() => reject(failure(null))));
  });
}

/**
 * Runs one job in a thread of its own, with a limit of time and memory, so that any file, however damaged, ends in an answer
 * or in a refusal within seconds. @throws DocumentRefused
 */
export async function runDocumentWorker(
  input: Uint8Array,
  asPlan: boolean,
  timeoutMs: number = EXTRACTION_TIMEOUT_MS,
): Promise<Extract<WorkerAnswer, { kind: 'done' }>> {
  const tooLarge = refusalForSize(input.byteLength);
  if (tooLarge !== null) throw tooLarge;
  // A copy: the caller's buffer may be a slice of Node's pool, which must not be handed to another thread.
  const bytes = Uint8Array.from(input);
  const job: WorkerJob = { bytes, asPlan };
  const worker = new Worker(new URL('./document-worker.ts', import.meta.url), {
    workerData: job,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 },
    // Libraries warn on the console about odd files; stdout belongs to the command's JSON.
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  try {
    const answer = await listen(worker, timeoutMs);
    if (answer.kind === 'refused') throw new DocumentRefused(answer.code, answer.message);
    return answer;
  } finally {
    await worker.terminate();
  }
}
