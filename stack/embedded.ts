import type { Log, Supervisor } from './children.ts';
import type { DataDirectory } from './data-directory.ts';
import { startPostgres } from './postgres.ts';
import { startTemporal, type SearchAttributes } from './temporal.ts';

/** Where both servers listen. */
export type Servers = { databaseUrl: string; temporalAddress: string };

/** Starts, side by side, what `DATABASE_URL` and `TEMPORAL_ADDRESS` do not name. The supervisor's owner stops them. */
export async function startServers(options: {
  directory: DataDirectory;
  supervisor: Supervisor;
  searchAttributes: SearchAttributes;
  log: Log;
}): Promise<Servers> {
  const { directory, supervisor, searchAttributes, log } = options;
  const common = { dataDir: directory.path, log, supervisor };
  const [postgres, temporal] = await Promise.allSettled([
    startPostgres(common),
    startTemporal({ ...common, searchAttributes }),
  ]);
  // Both have settled: the reason that counts is the first, and nothing is still on its way up.
  if (postgres.status === 'rejected') throw postgres.reason;
  if (temporal.status === 'rejected') throw temporal.reason;
  log(`Postgres 已就绪${pidNote(postgres.value.pid)}。`);
  log(`Temporal 服务器 ${temporal.value.version} 已就绪${pidNote(temporal.value.pid)}。`);
  return { databaseUrl: postgres.value.url, temporalAddress: temporal.value.address };
}

function pidNote(pid: number | undefined): string {
  return pid === undefined ? '' : `（进程 ${pid}）`;
}
