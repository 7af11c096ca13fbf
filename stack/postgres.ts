import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { createSupervisor, type Log, type Supervisor } from './children.ts';
import { freePort } from './ports.ts';
import { canEnter, ownerAccount, postgresAccount, type Account } from './postgres-account.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { explainFileError, StackError } from './stack-error.ts';

export type RunningPostgres = {
  /** Connection string of the database `bihuan`; holds the password. */
  url: string;
  /** Process number of the server that we run; undefined for a server named by DATABASE_URL. */
  readonly pid: number | undefined;
  /** Stops the server that we run (fast shutdown); a server named by DATABASE_URL is left alone. */
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** Must exist. Holds the cluster, or the record of where it lies. */
  dataDir: string;
  log: Log;
  /** Default: any free one. */
  port?: number;
  /** Default: one of its own, which `stop` also ends. */
  supervisor?: Supervisor;
  /** Tests only: does not wait for the disk, so a power cut may lose or damage the data. Default true. */
  durable?: boolean;
};

const user = 'bihuan';
const database = 'bihuan';

/** The database: the server that `DATABASE_URL` names, or a real Postgres of our own below `dataDir`. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    options.log('使用 DATABASE_URL 指定的数据库。');
    await assertUsable(given);
    return { url: given, pid: undefined, stop: async () => undefined };
  }
  const supervisor =
    options.supervisor ??
    createSupervisor({ recordFile: join(options.dataDir, 'children-postgres.json'), log: options.log });
  try {
    const started = await startEmbedded(options, supervisor);
    return {
      url: started.url,
      get pid() {
        return started.child.pid;
      },
      stop: () => (options.supervisor === undefined ? supervisor.stop() : started.child.stop()),
    };
  } catch (error) {
    if (options.supervisor === undefined) await supervisor.stop();
    throw error;
  }
}

async function startEmbedded(options: PostgresOptions, supervisor: Supervisor) {
  const place = locateCluster(options.dataDir);
  const binaries = postgresBinaries(place.account);
  const password = readOrMakePassword(options.dataDir);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) createCluster(options, place, binaries, password);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const url = (name: string): string => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
    try {
      const child = await supervisor.run({
        name: 'postgres',
        label: 'Postgres 数据库',
        command: binaries.postgres,
        args: ['-D', place.cluster, ...settings(port, options.durable ?? true)],
        // Our own settings must not be overruled by PGDATA, PGPORT and the like, nor messages come in another language.
        env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' },
        user: place.account,
        stopSignal: 'SIGINT',
        stopGraceMs: 30_000,
        logFile: join(options.dataDir, 'logs', 'postgres.log'),
        ready: () => withClient(url('postgres'), (client) => client.query('select 1')),
        readyLimitMs: 120_000,
      });
      await createDatabase(url('postgres'));
      await assertUsable(url(database));
      return { child, url: url(database) };
    } catch (error) {
      // Another process may take the port between our look and the start; leftovers of a killed server need a moment.
      const code = error instanceof StackError ? error.code : '';
      if (options.port !== undefined || code !== 'port-taken' || attempt >= 3) throw error;
    }
  }
}

type Place = { cluster: string; account: Account | undefined };

/**
 * Where the cluster lies. Normally `DATA/postgres`. As root, when the account of Postgres cannot enter there (below
 * `/root` or a private temporary folder), a folder under `/var/lib/bihuan`, and `DATA/postgres-place` says which: the
 * permissions of folders that are not ours are left alone.
 */
function locateCluster(dataDir: string): Place {
  const record = join(dataDir, 'postgres-place');
  const near = join(dataDir, 'postgres');
  const cluster = existsSync(record) ? readFileSync(record, 'utf8').trim() : near;
  if (existsSync(cluster)) {
    return { cluster, account: ownerAccount(statSync(cluster).uid) ?? postgresAccount() };
  }
  const account = postgresAccount();
  if (account === undefined || existsSync(record)) return { cluster, account };
  try {
    // Way through, not a look inside; nothing else about a folder that may be older than us.
    const { mode } = statSync(dataDir);
    if ((mode & 0o011) !== 0o011) chmodSync(dataDir, (mode & 0o7777) | 0o011);
    mkdirSync(join(dataDir, 'probe'), { recursive: true, mode: 0o755 });
    const reachable = canEnter(account, join(dataDir, 'probe'));
    rmSync(join(dataDir, 'probe'), { recursive: true });
    if (reachable) return { cluster: near, account };
    const elsewhere = `/var/lib/bihuan/${randomBytes(8).toString('hex')}`;
    mkdirSync(elsewhere, { recursive: true, mode: 0o711 });
    if (!canEnter(account, '/var/lib')) {
      throw new StackError('postgres-place', `账户 ${account.name} 进不了 /var/lib，请把 --data 设在它能进入的目录。`);
    }
    writeFileSync(join(elsewhere, 'belongs-to'), `${dataDir}\n`, { mode: 0o600 });
    const moved = join(elsewhere, 'postgres');
    writeFileSync(record, `${moved}\n`, { mode: 0o600 });
    return { cluster: moved, account };
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

function readOrMakePassword(dataDir: string): string {
  const path = join(dataDir, 'postgres-password');
  try {
    if (existsSync(path)) return readFileSync(path, 'utf8').trim();
    const password = randomBytes(24).toString('hex');
    writeFileSync(path, `${password}\n`, { mode: 0o600 });
    return password;
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** initdb into a folder beside, renamed when complete: an initdb that was killed leaves nothing that looks usable. */
function createCluster(options: PostgresOptions, place: Place, binaries: PostgresBinaries, password: string): void {
  options.log('正在新建 Postgres 数据库……');
  const staging = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.password`;
  try {
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { mode: 0o700 });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    for (const path of [staging, passwordFile]) {
      if (place.account) chownSync(path, place.account.uid, place.account.gid);
    }
  } catch (error) {
    throw explainFileError(error, options.dataDir);
  }
  const result = spawnSync(
    binaries.initdb,
    [
      ['-D', staging],
      [`--username=${user}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ['--encoding=UTF8', '--locale=C.UTF-8', '--lc-messages=C'],
      ['--data-checksums', ...((options.durable ?? true) ? [] : ['--no-sync'])],
    ].flat(),
    {
      cwd: '/',
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' },
      encoding: 'utf8',
      ...(place.account === undefined ? {} : { uid: place.account.uid, gid: place.account.gid }),
    },
  );
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    const said = `${result.stderr ?? ''}${result.error?.message ?? ''}`.trim();
    rmSync(staging, { recursive: true, force: true });
    if (said.includes('No space left on device')) {
      throw new StackError('disk-full', `磁盘已满，无法在 ${options.dataDir} 新建数据库，请清理空间后再启动。`);
    }
    throw new StackError('initdb-failed', `新建 Postgres 数据库失败：${said.split('\n').slice(-3).join(' ')}`);
  }
  renameSync(staging, place.cluster);
}

function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // Local sockets would need a folder that both accounts can enter; the loopback address serves.
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Short transactions only: compiling a query takes longer than running it.
    jit: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function createDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  });
}

/** Reachable and UTF-8. What else the tables need (trigrams that see Chinese) the migrations check. */
async function assertUsable(url: string): Promise<void> {
  try {
    await withClient(url, async (client) => {
      const encoding = await client.query<{ server_encoding: string }>('show server_encoding');
      if (encoding.rows[0]?.server_encoding !== 'UTF8') {
        throw new StackError('database-encoding', '数据库编码不是 UTF8，请另建一个 UTF8 的数据库。');
      }
    });
  } catch (error) {
    if (error instanceof StackError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackError('database-unusable', `数据库无法使用：${reason}`, { cause: error });
  }
}

async function withClient(url: string, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
