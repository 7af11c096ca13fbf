import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { FastifyInstance } from 'fastify';
import { createActivities } from '../activities/activities.ts';
import { createJobs } from '../activities/jobs.ts';
import { startRelay } from '../activities/relay.ts';
import { ensureSchedules } from '../activities/schedules.ts';
import { startWorker } from '../activities/worker.ts';
import { ensureAdministrator } from '../api/administrator.ts';
import { DEFAULT_CONFIG } from '../api/app-type.ts';
import { buildApp, type AppLogger } from '../api/app.ts';
import { hashPassword } from '../api/password.ts';
import { seedCalendars } from '../db/calendars.ts';
import { createLedger } from '../db/ledger.ts';
import { importAndPublish } from '../db/plans/import-and-publish.ts';
import { PlanRefused } from '../db/plans/plan-refused.ts';
import { loadSample as loadSampleBureau } from '../db/plans/load-sample.ts';
import { openPool, type Pool } from '../db/pool.ts';
import { PAPERS } from '../documents/write/render.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';
import type { Log } from './children.ts';
import { clockOffset } from './domain-clock.ts';
import { readPlanFile } from './read-plan-file.ts';
import { secretKey } from './secret-key.ts';
import { StackError } from './stack-error.ts';

/** The halves of the application. In production they are processes of their own, any number of each. */
export type Role = 'api' | 'worker';

export type ApplicationOptions = {
  databaseUrl: string;
  temporalAddress: string;
  temporalNamespace?: string;
  port: number;
  host?: string;
  dataDir: string;
  clockStart?: string;
  /** Default: both in this process. */
  roles?: Role[];
  env?: NodeJS.ProcessEnv;
  /** Where the API's request lines go; default: nowhere. */
  logger?: AppLogger;
  log: Log;
};

export type Application = {
  url: string;
  /**
   * Makes the administrator from the environment where there is none yet; else the one-time link for setting one up, or
   * undefined where nothing is to be done. Asked last, since a sample brings its own.
   */
  setupLink(): Promise<string | undefined>;
  pool: Pool;
  /** The domain's clock: real time and the offset of a demonstration. */
  now: () => number;
  stop(): Promise<void>;
};

/** How many connections the halves of one process may hold together; Postgres ships with 100. */
const POOL_SIZE = 24;

/**
 * Wires ledger, worker, relay and API over servers that run already, and listens. Throws StackError where an operator can
 * act. `stop` drains: no request and no activity is cut.
 */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { databaseUrl, temporalAddress, dataDir, log } = options;
  const env = options.env ?? process.env;
  const roles = options.roles ?? ['api', 'worker'];
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const key = await secretKey(dataDir, env['BIHUAN_KEY']);
    const offset = await clockOffset(dataDir, options.clockStart);
    const now = (): number => Date.now() + offset;
    const pool = openPool(databaseUrl, { max: POOL_SIZE });
    undo.push(() => pool.end());
    const db = drizzle(pool);
    await seedCalendars(db);

    const namespace = options.temporalNamespace ?? 'default';
    const native = roles.includes('worker') ? await connectWorker(temporalAddress) : null;
    // An API process of its own starts and takes things in while the Temporal server is away.
    const connection = native ?? Connection.lazy({ address: temporalAddress });
    undo.push(() => connection.close());
    const client = new Client({ connection, namespace });

    if (native !== null) {
      log('正在启动工作流引擎……');
      const jobs = createJobs({ pool, client, now, mail: mailOf(env, options.port) });
      const activities = createActivities({ pool, ledger: createLedger({ pool }), jobs });
      const worker = await startWorker({ connection: native, namespace, taskQueue: TASK_QUEUE, activities });
      undo.push(() => worker.stop());
      await ensureSchedules(client, TASK_QUEUE);
      const relay = startRelay({
        pool,
        client: client.workflow,
        taskQueue: TASK_QUEUE,
        clockOffset: offset,
        onError: onceAMinute((error) => log(`工作流暂时无法启动，将自动重试：${reasonOf(error)}`)),
      });
      undo.push(() => relay.stop());
      worker.ended.catch((error: unknown) => {
        log(`工作流引擎意外停止：${reasonOf(error)}`);
        process.exitCode = 1;
        process.kill(process.pid, 'SIGTERM');
      });
    }

    if (!roles.includes('api')) return { url: '', pool, now, stop, setupLink: async () => undefined };
    const webRoot = join(import.meta.dirname, '../web/dist');
    const deps = {
      pool,
      db,
      clock: { now },
      wallClock: { now: Date.now },
      temporal: { client, address: temporalAddress, namespace },
      taskQueue: TASK_QUEUE,
      secretKey: key,
      config: {
        ...DEFAULT_CONFIG,
        webRoot: existsSync(join(webRoot, 'index.html')) ? webRoot : null,
        clockShifted: offset !== 0,
        secureCookies: env['BIHUAN_SECURE_COOKIES'] === 'true',
        trustProxy: env['BIHUAN_TRUST_PROXY'] === 'true',
      },
      readPlanFile,
      papers: PAPERS,
    };
    const app = await buildApp(deps, options.logger ?? false);
    undo.push(() => app.close());
    const url = await listen(app as unknown as FastifyInstance, options.port, options.host);
    return {
      url,
      pool,
      now,
      stop,
      setupLink: async () => {
        const administrator = await ensureAdministrator(pool, {
          name: env['BIHUAN_ADMIN_NAME'],
          password: env['BIHUAN_ADMIN_PASSWORD'],
          now: Date.now(),
        });
        return administrator.kind === 'setup-link' ? `${url}/setup/${administrator.token}` : undefined;
      },
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

let runtimeInstalled = false;

async function connectWorker(address: string): Promise<NativeConnection> {
  // Its lines would stand between those that tell an operator what is happening; warnings and errors stay.
  if (!runtimeInstalled) Runtime.install({ logger: new DefaultLogger('WARN') });
  runtimeInstalled = true;
  try {
    return await NativeConnection.connect({ address });
  } catch (error) {
    throw new StackError('temporal-unreachable', `连不上 Temporal 服务器 ${address}。`, { cause: error });
  }
}

/** A server that is away fails every order in the outbox; one line a minute says as much as thousands. */
function onceAMinute(tell: (error: unknown) => void): (error: unknown) => void {
  let toldAt = -Infinity;
  return (error) => {
    if (performance.now() - toldAt < 60_000) return;
    toldAt = performance.now();
    tell(error);
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Without a mail server notices stay in the inbox; nothing is planned that could never be sent. */
function mailOf(env: NodeJS.ProcessEnv, port: number): { smtpUrl: string | null; from: string; baseUrl: string } {
  return {
    smtpUrl: env['BIHUAN_SMTP_URL'] || null,
    from: env['BIHUAN_MAIL_FROM'] || '闭环 <bihuan@localhost>',
    baseUrl: env['BIHUAN_PAGE_URL'] || `http://127.0.0.1:${port}`,
  };
}

async function listen(app: FastifyInstance, port: number, host = '0.0.0.0'): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new StackError('port-taken', `端口 ${port} 已被占用，请用 --port 换一个。`, { cause: error });
    throw error;
  }
  const address = app.server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
}

/** Imports and publishes a plan as `npm start -- --plan FILE` does; the same file twice is one plan. Throws StackError. */
export async function importPlanFile(
  app: Application,
  file: string,
  options: { goLive?: string; log: Log },
): Promise<void> {
  const filename = basename(file);
  options.log(`正在读取 ${filename}……`);
  const bytes = await readFile(file);
  const read = await readPlanFile({ bytes, filename });
  if ('refused' in read) throw new StackError('plan-refused', `无法导入 ${filename}：${read.refused.detail}`);
  const outcome = await importAndPublish(app.pool, {
    bytes,
    filename,
    ...read,
    goLive: options.goLive ?? null,
    now: app.now(),
  }).catch((error: unknown) => explainRefusal(error, filename));
  options.log(outcome);
}

export async function loadSample(app: Application, log: Log, goLive?: string): Promise<void> {
  const given = goLive === undefined ? {} : { goLive };
  const dependencies = { now: app.now(), ...given, readPlanFile, hashPassword };
  const lines = await loadSampleBureau(app.pool, dependencies).catch((error: unknown) =>
    explainRefusal(error, '示例方案'),
  );
  for (const line of lines) log(line);
}

/** What the rules refuse, as a go-live before the issue date, is the operator's to mend: one line, no stack trace. */
function explainRefusal(error: unknown, plan: string): never {
  if (!(error instanceof PlanRefused)) throw error;
  throw new StackError('plan-refused', `无法导入 ${plan}：${error.message}`, { cause: error });
}
