import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startApplication, type Role } from './application.ts';
import { prepareDatabase } from './prepare-database.ts';
import { startPostgres } from './postgres.ts';
import { assertRuntime } from './runtime.ts';
import { searchAttributes } from './search-attributes.ts';
import { createShutdown } from './shutdown.ts';
import { explainFileError, StackError } from './stack-error.ts';
import { startTemporal } from './temporal.ts';

// One part of the real deployment: `node stack/serve.ts --role api|worker`. Everything comes from the environment
// (DATABASE_URL, TEMPORAL_ADDRESS, PORT), nothing is started beside it, and any number may run at once.

const shutdown = createShutdown({ log });

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function readRole(): Role {
  const { role } = parseArgs({ options: { role: { type: 'string' } } }).values;
  if (role === 'api' || role === 'worker') return role;
  throw new StackError('bad-argument', '用法：node stack/serve.ts --role api 或 --role worker');
}

/** Nothing durable lies there but the key, where `BIHUAN_KEY` does not give it. */
function makeDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function required(name: string): void {
  if (!process.env[name]) throw new StackError('setting-missing', `必须设置环境变量 ${name}。`);
}

try {
  assertRuntime();
  const role = readRole();
  required('DATABASE_URL');
  required('TEMPORAL_ADDRESS');
  const dataDir = resolve(process.env['BIHUAN_DATA'] ?? '.bihuan');
  makeDataFolder(dataDir);
  const { url } = await startPostgres({ dataDir, log });
  await prepareDatabase(url);
  // An API serves what is recorded, and takes things in, while the Temporal server is away.
  const temporalAddress = process.env['TEMPORAL_ADDRESS'] ?? '';
  if (role === 'worker') await startTemporal({ dataDir, log, searchAttributes });
  const app = await startApplication({
    databaseUrl: url,
    temporalAddress,
    port: Number(process.env['PORT'] ?? 3000),
    dataDir,
    roles: [role],
    logger: { level: 'info' },
    log,
  });
  shutdown.add('应用', () => app.stop());
  const setupLink = await app.setupLink();
  if (setupLink !== undefined) log(`还没有管理员。用这个一次性链接设置：${setupLink}`);
  log(role === 'api' ? `接口已启动：${app.url}` : '工作进程已启动。');
} catch (error) {
  await (shutdown.leaving ?? shutdown.fail(error));
}
