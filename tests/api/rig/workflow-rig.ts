import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { createActivities } from '../../../activities/activities.ts';
import { startRelay } from '../../../activities/relay.ts';
import { startWorker } from '../../../activities/worker.ts';
import type { AppConfig } from '../../../api/app-type.ts';
import { createLedger } from '../../../db/ledger.ts';
import { IDLE_JOBS } from '../../workflows/entity-rig.ts';
import { startApi, type ApiRig } from './api-rig.ts';

export interface WorkflowRig extends ApiRig {
  /** From now on nobody serves workflows. */
  stopWorker(): Promise<void>;
}

/** The API with worker and relay on the run's Temporal server, under the real clock. */
export async function startApiWithWorkflows(config: Partial<AppConfig> = {}): Promise<WorkflowRig> {
  const address = inject('temporalAddress');
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  const taskQueue = `api-${randomUUID()}`;
  const rig = await startApi(config, { client, address, namespace: 'default' });
  rig.clock.now = Date.now;
  const { pool } = rig;
  const worker = await startWorker({
    connection: native,
    taskQueue,
    activities: createActivities({ pool, ledger: createLedger({ pool }), jobs: IDLE_JOBS }),
  });
  const relay = startRelay({ pool, client: client.workflow, taskQueue, clockOffset: 0, pollMs: 200 });
  let serving = true;
  const stopWorker = async (): Promise<void> => {
    if (!serving) return;
    serving = false;
    await relay.stop();
    await worker.stop();
  };
  return {
    ...rig,
    stopWorker,
    async close() {
      await stopWorker();
      await rig.close();
      await connection.close();
      await native.close();
    },
  };
}
