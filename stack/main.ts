import { readStartArguments, usage, type StartArguments } from './arguments.ts';
import { createSupervisor } from './children.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import { startServers } from './embedded.ts';
import { assertReadable } from './plan-file.ts';
import { assertPortFree } from './ports.ts';
import { prepareDatabase } from './prepare-database.ts';
import { requestLog } from './request-log.ts';
import { assertRuntime } from './runtime.ts';
import { searchAttributes } from './search-attributes.ts';
import { createShutdown } from './shutdown.ts';
import { ensurePages } from './web-pages.ts';

// `npm start`: everything on this machine, one process and its children.

let directory: DataDirectory | undefined;
const shutdown = createShutdown({ log, onLeaving: () => directory?.beginStopping() });

function log(line: string): void {
  process.stderr.write(`${line}\n`);
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
    if (!orphaned() || shutdown.leaving !== undefined) return;
    log('启动本程序的 npm 已不在，正在停止……');
    void shutdown.leave(1);
  }, 500).unref();
}

async function start(wanted: StartArguments): Promise<void> {
  directory = await openDataDirectory(wanted.dataDir, { log, orphaned });
  shutdown.add('数据目录', directory.release);
  for (const file of wanted.plans) assertReadable(file);
  if (wanted.port !== 0) await assertPortFree(wanted.port, '0.0.0.0');
  log(`数据目录 ${directory.path}`);

  const pages = wanted.pages ? ensurePages(log) : Promise.resolve();
  // Reported when it is awaited below; until then a failure must not count as unhandled.
  pages.catch(() => undefined);
  // Loaded only now, beside the servers' start: a wrong argument or a taken port should not wait for two seconds of code.
  const loading = import('./application.ts');
  loading.catch(() => undefined);
  log('正在启动 Postgres 和 Temporal 服务器……');
  const supervisor = createSupervisor({ recordFile: directory.childrenFile, log });
  shutdown.add('数据库和 Temporal 服务器', () => supervisor.stop());
  supervisor.onFatal((error) => void shutdown.fail(error));
  const { databaseUrl, temporalAddress } = await startServers({ directory, supervisor, searchAttributes, log });
  await prepareDatabase(databaseUrl);
  await pages;

  log('正在启动应用……');
  const { importPlanFile, loadSample, startApplication } = await loading;
  const clockStart = process.env['BIHUAN_CLOCK_START'];
  const app = await startApplication({
    databaseUrl,
    temporalAddress,
    port: wanted.port,
    logger: { file: requestLog(directory.path) },
    dataDir: directory.path,
    log,
    ...(clockStart === undefined || clockStart === '' ? {} : { clockStart }),
  });
  shutdown.add('应用', () => app.stop());

  if (wanted.sample) await loadSample(app, log, wanted.goLive);
  for (const file of wanted.plans) {
    await importPlanFile(app, file, { log, ...(wanted.goLive === undefined ? {} : { goLive: wanted.goLive }) });
  }
  directory.announce({ url: app.url, databaseUrl, temporalAddress });
  const setupLink = await app.setupLink();
  if (setupLink !== undefined) log(`还没有管理员。用这个一次性链接设置：${setupLink}`);
  log(`闭环已启动：${app.url}（Ctrl-C 停止）`);
}

followNpm();
try {
  assertRuntime();
  const wanted = readStartArguments(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (wanted.help) process.stdout.write(`${usage}\n`);
  else await start(wanted);
} catch (error) {
  // A signal during the start makes the start fail, too; then it is the signal that counts.
  await (shutdown.leaving ?? shutdown.fail(error));
}
