import { randomUUID } from 'node:crypto';
import { Client, Connection, WorkflowUpdateFailedError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { createActivities, type Activities } from '../../activities/activities.ts';
import { startRelay, type Relay } from '../../activities/relay.ts';
import { startWorker, type RunningWorker } from '../../activities/worker.ts';
import { createLedger, recordOpenings, type Ledger } from '../../db/ledger.ts';
import type { Opening } from '../../db/ledger-types.ts';
import { inTransaction, openPool, type Pool } from '../../db/pool.ts';
import type { Command } from '../../domain/decider.ts';
import { COMMAND_UPDATE, type CommandInput, type CommandOutcome } from '../../workflows/messages.ts';
import { freshDatabase } from '../rig/database.ts';

/** A database, a worker and a relay of their own on the run's servers; every workflow test builds on it. */
export interface EntityRig {
  databaseUrl: string;
  pool: Pool;
  ledger: Ledger;
  client: Client;
  native: NativeConnection;
  taskQueue: string;
  activities: Activities;
  relay: Relay;
  worker: RunningWorker | null;
  startWorker(activities?: Partial<Activities>): Promise<void>;
  stop(): Promise<void>;
}

export const IDLE_JOBS = {
  sendDigests: async () => null,
  watch: async () => null,
  checkHorizon: async () => null,
  anchorHeads: async () => null,
  sweep: async () => null,
};

export async function startRig({
  address = inject('temporalAddress'),
  clockOffset = 0,
  worker = true,
} = {}): Promise<EntityRig> {
  const database = await freshDatabase();
  const pool = openPool(database.url);
  const ledger = createLedger({ pool });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const native = await NativeConnection.connect({ address });
  const taskQueue = `test-${randomUUID()}`;
  const activities = createActivities({ pool, ledger, jobs: IDLE_JOBS });
  const rig: EntityRig = {
    databaseUrl: database.url,
    pool,
    ledger,
    client,
    native,
    taskQueue,
    activities,
    relay: startRelay({ pool, client: client.workflow, taskQueue, clockOffset, pollMs: 300 }),
    worker: null,
    async startWorker(instead = {}) {
      rig.worker = await startWorker({ connection: native, taskQueue, activities: { ...activities, ...instead } });
    },
    async stop() {
      await rig.relay.stop();
      await rig.worker?.stop();
      await connection.close();
      await native.close();
      await pool.end();
      await database.drop();
    },
  };
  if (worker) await rig.startWorker();
  return rig;
}

export async function open(rig: Pick<EntityRig, 'pool'>, ...openings: Opening[]): Promise<void> {
  await inTransaction(rig.pool, (client) => recordOpenings(client, openings));
}

/** Sends an update as the API does; waits until the relay has started the workflow. */
export async function send(rig: EntityRig, entityId: string, command: Command): Promise<CommandOutcome> {
  await until(async () => (await workflowStarted(rig, entityId)) || undefined);
  const input: CommandInput = { command, request: { scope: 'test', key: command.id, bodyHash: 'body' } };
  return rig.client.workflow
    .getHandle(entityId)
    .executeUpdate<CommandOutcome, [CommandInput]>(COMMAND_UPDATE, { updateId: command.id, args: [input] });
}

async function workflowStarted(rig: EntityRig, entityId: string): Promise<boolean> {
  const { rows } = await rig.pool.query<{ done: boolean }>(
    `SELECT coalesce(bool_and(done_at IS NOT NULL), true) AS done FROM outbox WHERE entity_id = $1`,
    [entityId],
  );
  return rows[0]?.done === true;
}

/** The type of the failure that an update ended with. */
export async function failureOf(sent: Promise<unknown>): Promise<{ type: string; details: unknown[] }> {
  try {
    await sent;
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
    if (cause instanceof Error && 'type' in cause && 'details' in cause) {
      return { type: String(cause.type), details: (cause.details as unknown[] | undefined) ?? [] };
    }
    throw error;
  }
  throw new Error('the update succeeded');
}

export interface StoredEvent {
  seq: number;
  type: string;
  command_id: string;
}

export async function eventsOf(rig: Pick<EntityRig, 'pool'>, entityId: string): Promise<StoredEvent[]> {
  const { rows } = await rig.pool.query<StoredEvent>(
    'SELECT seq, type, command_id FROM ledger WHERE entity_id = $1 ORDER BY seq',
    [entityId],
  );
  return rows;
}

/** Waits until `probe` gives something; the test's own time limit ends it. */
export async function until<T>(probe: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
