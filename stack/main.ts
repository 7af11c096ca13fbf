import { existsSync } from 'node:fs';
import { migrate } from '../db/migrate.ts';
import { importPlanFile, loadSample, startApplication } from './application.ts';
import { readStartArguments, usage, type StartArguments } from './arguments.ts';
import { createSupervisor } from './children.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import { startServers } from './embedded.ts';
import { assertPortFree } from './ports.ts';
import { assertRuntime } from './runtime.ts';
import { searchAttributes } from './search-attributes.ts';
import { StackError } from './stack-error.ts';
import { ensurePages } from './web-pages.ts';

type Stage = { name: string; stop: () => Promise<void> };

const drainLimitMs = 60_000;
/** What must be undone, in the order in which it was done. */
const stages: Stage[] = [];
let directory: DataDirectory | undefined;
let stopping: Promise<never> | undefined;

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Undoes everything in reverse and leaves. The first caller's exit code counts. */
function stopAndExit(code: number): Promise<never> {
  stopping ??= (async () => {
    directory?.beginStopping();
    let left = code;
    for (const stage of stages.toReversed()) {
      try {
        await withLimit(stage.stop(), stage.name);
      } catch (error) {
        log(`停止${stage.name}时出错：${error instanceof Error ? error.message : String(error)}`);
        left = 1;
      }
    }
    if (code === 0) log('已全部停止。');
    process.exit(left);
  })();
  return stopping;
}

async function withLimit(work: Promise<void>, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name}在 ${drainLimitMs / 1000} 秒内没有停下`)), drainLimitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function fail(error: unknown): Promise<never> {
  log(error instanceof StackError ? `错误：${error.message}` : `意外错误：${describe(error)}`);
  return stopAndExit(1);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function listenForSignals(): void {
  let firstSignalAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping !== undefined) {
        // Ctrl-C reaches us twice, from the terminal and passed on by npm.
        if (performance.now() - firstSignalAt < 1000) return;
        // The watchdog ends the children once we are gone.
        log('再次收到信号，立即退出。');
        process.exit(130);
      }
      firstSignalAt = performance.now();
      log('正在停止：先处理完手头的请求和任务……（再按一次立即退出）');
      void stopAndExit(0);
    });
  }
  process.on('uncaughtException', (error) => void fail(error));
  process.on('unhandledRejection', (error) => void fail(error));
}

const parentAtStart = process.ppid;
const startedByNpm = process.env['npm_lifecycle_event'] !== undefined && parentAtStart > 1;

/** npm passes on SIGINT and SIGTERM, but killed outright it would leave us running with nobody to stop us. */
function orphaned(): boolean {
  return startedByNpm && process.ppid !== parentAtStart;
}

function followNpm(): void {
  if (!startedByNpm) return;
  setInterval(() => {
    if (orphaned() && stopping === undefined) {
      log('启动本程序的 npm 已不在，正在停止……');
      void stopAndExit(1);
    }
  }, 500).unref();
}

async function migrateOrExplain(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackError('migrations-failed', `数据库升级失败：${reason}`, { cause: error });
  }
}

async function start(wanted: StartArguments): Promise<void> {
  directory = await openDataDirectory(wanted.dataDir, { log, orphaned });
  stages.push({ name: '数据目录', stop: directory.release });
  for (const file of wanted.plans) {
    if (!existsSync(file)) throw new StackError('plan-missing', `找不到行动方案文件 ${file}。`);
  }
  if (wanted.port !== 0) await assertPortFree(wanted.port, '0.0.0.0');
  log(`数据目录 ${directory.path}`);

  const pages = wanted.pages ? ensurePages(log) : Promise.resolve();
  // Reported when it is awaited below; until then a failure must not count as unhandled.
  pages.catch(() => undefined);
  log('正在启动 Postgres 和 Temporal 服务器……');
  const supervisor = createSupervisor({ recordFile: directory.childrenFile, log });
  stages.push({ name: '数据库和 Temporal 服务器', stop: () => supervisor.stop() });
  supervisor.onFatal((error) => void fail(error));
  const { databaseUrl, temporalAddress } = await startServers({ directory, supervisor, searchAttributes, log });
  await migrateOrExplain(databaseUrl);
  await pages;

  log('正在启动应用……');
  const clockStart = process.env['BIHUAN_CLOCK_START'];
  const app = await startApplication({
    databaseUrl,
    temporalAddress,
    port: wanted.port,
    dataDir: directory.path,
    log,
    ...(clockStart === undefined || clockStart === '' ? {} : { clockStart }),
  });
  stages.push({ name: '应用', stop: () => app.stop() });

  if (wanted.sample) await loadSample(app);
  for (const file of wanted.plans) {
    await importPlanFile(app, file, wanted.goLive === undefined ? {} : { goLive: wanted.goLive });
  }
  directory.announce({ url: app.url, databaseUrl, temporalAddress });
  if (app.setupLink !== undefined) log(`还没有管理员。用这个一次性链接设置：${app.setupLink}`);
  log(`闭环已启动：${app.url}（Ctrl-C 停止）`);
}

listenForSignals();
followNpm();
try {
  assertRuntime();
  const wanted = readStartArguments(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (wanted.help) process.stdout.write(`${usage}\n`);
  else await start(wanted);
} catch (error) {
  // A signal during the start makes the start fail, too; then it is the signal that counts.
  if (stopping === undefined) await fail(error);
  else await stopping;
}
