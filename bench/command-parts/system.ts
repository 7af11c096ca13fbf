import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { drizzle } from 'drizzle-orm/node-postgres';
import { createActivities } from '../../activities/activities.ts';
import { workflowBundle } from '../../activities/bundle.ts';
import { createJobs } from '../../activities/jobs.ts';
import { startRelay } from '../../activities/relay.ts';
import { startWorker } from '../../activities/worker.ts';
import { buildApp } from '../../api/app.ts';
import { DEFAULT_CONFIG } from '../../api/app-type.ts';
import { createLedger } from '../../db/ledger.ts';
import { openPool, type Pool } from '../../db/pool.ts';
import { createSupervisor } from '../../stack/children.ts';
import { prepareDatabase } from '../../stack/prepare-database.ts';
import { startPostgres } from '../../stack/postgres.ts';
import { searchAttributes } from '../../stack/search-attributes.ts';
import { startTemporal } from '../../stack/temporal.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { CLIENTS } from './rounds.ts';

export const DEPARTMENT = 'bench-department';
const BARE_QUEUE = 'bench-bare';
/** Far beyond any answer on a healthy machine: a busy one is slow here, not wrong. */
const PATIENCE_MS = 60_000;

/** Everything that one process of the product holds, on servers of its own, and a worker for the bare side. */
export interface System {
  pool: Pool;
  client: Client;
  startBare(id: string): Promise<void>;
  bareUpdate(id: string, updateId: string): Promise<void>;
  /** POST with the session of a coordinator of `DEPARTMENT`; throws unless it answers 200. */
  post(path: string, key: string, body: object): Promise<void>;
  stop(): Promise<void>;
}

export async function startSystem(): Promise<System> {
  const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
  Runtime.install({ logger: quiet });
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-bench-'));
  chmodSync(dataDir, 0o700);
  const supervisor = createSupervisor({ recordFile: join(dataDir, 'children.json'), log });
  const options = { dataDir, log, supervisor };
  const [postgres, temporal] = await Promise.all([
    startPostgres(options),
    startTemporal({ ...options, searchAttributes }),
  ]);
  await prepareDatabase(postgres.url);
  const pool = openPool(postgres.url, { max: 24 });
  const native = await NativeConnection.connect({ address: temporal.address });
  const client = new Client({ connection: native });
  const mail = { smtpUrl: null, from: '', baseUrl: '' };
  const jobs = createJobs({ pool, client, now: Date.now, mail });
  const activities = createActivities({ pool, ledger: createLedger({ pool }), jobs });
  const worker = await startWorker({ connection: native, taskQueue: TASK_QUEUE, activities });
  const bundle = await workflowBundle(join(import.meta.dirname, 'bare-workflow.ts'));
  const bareWorker = await startWorker({ connection: native, taskQueue: BARE_QUEUE, activities: {}, bundle });
  const relay = startRelay({ pool, client: client.workflow, taskQueue: TASK_QUEUE, clockOffset: 0, pollMs: 500 });
  const app = await buildApp({
    pool,
    db: drizzle(pool),
    clock: { now: Date.now },
    wallClock: { now: Date.now },
    temporal: { client, address: temporal.address, namespace: 'default' },
    taskQueue: TASK_QUEUE,
    secretKey: randomBytes(32),
    config: { ...DEFAULT_CONFIG, commandTimeoutMs: PATIENCE_MS },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const cookie = await signedIn(pool);
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

  return {
    pool,
    client,
    async startBare(id) {
      await client.workflow.start('bare', { workflowId: id, taskQueue: BARE_QUEUE });
    },
    async bareUpdate(id, updateId) {
      await client.workflow.getHandle(id).executeUpdate('count', { updateId, args: ['one'] });
    },
    post: (path, key, body) => post(agent, port, path, { cookie, 'idempotency-key': key }, JSON.stringify(body)),
    async stop() {
      agent.destroy();
      await app.close();
      await relay.stop();
      await Promise.all([worker.stop(), bareWorker.stop()]);
      await native.close();
      await pool.end();
      await supervisor.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signedIn(pool: Pool): Promise<string> {
  const now = Date.now();
  const token = randomBytes(16).toString('base64url');
  const hash = createHash('sha256').update(token).digest('hex');
  await pool.query(`INSERT INTO departments (id, name, kind, created_at) VALUES ($1, $1, 'department', 0)`, [
    DEPARTMENT,
  ]);
  await pool.query(`INSERT INTO users (id, name, created_at) VALUES ('bench-user', 'bench', 0)`);
  await pool.query(`INSERT INTO memberships (user_id, department_id, role) VALUES ('bench-user', $1, 'coordinator')`, [
    DEPARTMENT,
  ]);
  await pool.query(
    `INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at) VALUES ($1, 'bench-user', $2, $2, $3)`,
    [hash, now, now + DEFAULT_CONFIG.sessionAbsoluteMs],
  );
  return `bihuan_session=${token}`;
}

function post(agent: Agent, port: number, path: string, headers: Record<string, string>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        path,
        host: '127.0.0.1',
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${path}: ${response.statusCode} ${Buffer.concat(parts).toString('utf8')}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function ignore(): void {}
