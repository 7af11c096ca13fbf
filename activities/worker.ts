import { setFlagsFromString } from 'node:v8';
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

/** What Node starts with; threads that are made later have their traces. */
const NODE_STACK_TRACE_LIMIT = 10;

/** Starts a worker; the caller owns the connection and closes it after `stop`. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { connection, taskQueue, namespace = 'default', activities, maxCachedWorkflows = 600 } = options;
  // See docs/decisions/0006: workflow contexts made while the limit is 0 take no stack traces.
  setFlagsFromString('--stack-trace-limit=0');
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
  setFlagsFromString(`--stack-trace-limit=${NODE_STACK_TRACE_LIMIT}`);
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
