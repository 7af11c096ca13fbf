import { WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy, type WorkflowClient } from '@temporalio/client';
import { orderDone, orderFailed, retryAllNow, takeOrders, type OutboxOrder } from '../db/outbox.ts';
import type { Pool, PoolClient } from '../db/pool.ts';
import type { Json } from '../domain/decider.ts';
import { startArguments } from './start-workflow.ts';

export interface RelayOptions {
  pool: Pool;
  client: WorkflowClient;
  taskQueue: string;
  /** Added to Temporal's time to give the domain's clock, in milliseconds; fixed for each workflow when it starts. */
  clockOffset: number;
  /** How often to look without being told. */
  pollMs?: number;
  concurrency?: number;
  onError?: (error: unknown) => void;
}

export interface Relay {
  /** Resolves when what is being delivered is delivered; nothing new is taken. */
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;

/**
 * Delivers the outbox to Temporal: told by NOTIFY, polling as the net below. Orders fail one by one with growing delays;
 * as soon as one succeeds after failures, the others need not sit out theirs.
 */
export function startRelay(options: RelayOptions): Relay {
  const { pool, pollMs = 2_000, concurrency = 16, onError = () => undefined } = options;
  const stopping = new AbortController();
  let failing = false;
  let wake: (() => void) | null = null;
  let woken = false;
  const ring = (): void => {
    woken = true;
    wake?.();
  };

  async function deliverAll(): Promise<void> {
    for (;;) {
      if (stopping.signal.aborted) return;
      const orders = await takeOrders(pool, concurrency * 4);
      if (orders.length === 0) return;
      const waiting = orders.values();
      await Promise.all(
        Array.from({ length: concurrency }, async () => {
          for (const order of waiting) await deliverOne(order);
        }),
      );
    }
  }

  async function deliverOne(order: OutboxOrder): Promise<void> {
    try {
      await deliver(options, order);
      await orderDone(pool, order);
      if (failing) await retryAllNow(pool);
      failing = false;
    } catch (error) {
      failing = true;
      onError(error);
      const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(order.attempts - 1, 10));
      await orderFailed(pool, order.id, reasonOf(error), delay);
    }
  }

  async function run(): Promise<void> {
    let listener: PoolClient | undefined;
    const drop = (error?: Error): void => {
      listener?.removeAllListeners('notification');
      listener?.release(error ?? true);
      listener = undefined;
    };
    while (!stopping.signal.aborted) {
      try {
        if (listener === undefined) {
          const client = await pool.connect();
          listener = client;
          client.on('notification', ring);
          client.once('error', (error) => {
            if (listener === client) drop(error);
            ring();
          });
          await client.query('LISTEN outbox');
        }
        woken = false;
        await deliverAll();
      } catch (error) {
        onError(error);
        drop(error instanceof Error ? error : undefined);
        await pause(FIRST_DELAY_MS);
      }
      if (!woken) await pause(pollMs);
    }
    drop();
  }

  function pause(ms: number): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      ring();
      await running;
    },
  };
}

async function deliver({ client, taskQueue, clockOffset }: RelayOptions, order: OutboxOrder): Promise<void> {
  // A finished entity's workflow has ended or need never begin; what was ordered for it is moot.
  if (order.finished) return;
  if (order.op === 'signal') {
    const { signal, args } = order.payload as { signal: string; args: Json[] };
    await client.getHandle(order.entityId).signal(signal, ...args);
    return;
  }
  try {
    await client.start(order.kind, {
      ...startArguments({
        entity: { kind: order.kind, id: order.entityId },
        seq: order.seq,
        state: order.state,
        clockOffset,
      }),
      taskQueue,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** The SDK's message says what was tried; the cause says why it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
