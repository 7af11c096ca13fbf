import { NativeConnection, Worker } from '@temporalio/worker';
import { workflowBundle } from './bundle.ts';

export interface WorkerOptions {
  connection: NativeConnection;
  taskQueue: string;
  namespace?: string;
  activities: object;
  /** Tests and benches bring their own; default: the bundle of `workflows/index.ts`. */
  bundle?: { code: string };
  /** Counts workflows, not bytes: one with its state takes well under 1 MB. */
  maxCachedWorkflows?: number;
}

export interface RunningWorker {
  /** Drains: activities under way finish, then the worker ends. */
  stop(): Promise<void>;
  /** Rejects if the worker dies by itself. */
  ended: Promise<void>;
}

/** Starts a worker; the caller owns the connection and closes it after `stop`. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { connection, taskQueue, namespace = 'default', activities, maxCachedWorkflows = 600 } = options;
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    workflowBundle: options.bundle ?? (await workflowBundle()),
    maxCachedWorkflows,
    // 0 unless set: a stop would cut activities under way.
    shutdownGraceTime: '20 seconds',
    shutdownForceTime: '25 seconds',
  });
  const ended = worker.run();
  // Whoever cares awaits `ended`; without this line a death before anybody listens would end the process.
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
