import { NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../../../activities/activities.ts';
import { startWorker } from '../../../activities/worker.ts';
import { createLedger } from '../../../db/ledger.ts';
import { openPool } from '../../../db/pool.ts';

// A worker that dies as if by `kill -9` right after the ledger committed a fact of the type `KILL_AFTER`, before anybody
// hears of it. Run by `killed-worker.test.ts`.
const silent = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
Runtime.install({ logger: silent });
const pool = openPool(setting('DATABASE_URL'));
const none = async () => null;
const jobs = { sendDigests: none, watch: none, checkHorizon: none, anchorHeads: none, sweep: none };
const activities = createActivities({ pool, ledger: createLedger({ pool }), jobs });
const killAfter = setting('KILL_AFTER');

await startWorker({
  connection: await NativeConnection.connect({ address: setting('TEMPORAL_ADDRESS') }),
  taskQueue: setting('TASK_QUEUE'),
  activities: {
    ...activities,
    async record(request: Parameters<typeof activities.record>[0]) {
      const answer = await activities.record(request);
      if (request.facts.some((fact) => fact.type === killAfter)) process.kill(process.pid, 'SIGKILL');
      return answer;
    },
  },
});
process.stdout.write('ready\n');

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function ignore(): void {}
