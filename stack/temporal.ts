import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { msToTs } from '@temporalio/common/lib/time.js';
import { createSupervisor, type Log, type Supervisor } from './children.ts';
import { freePort } from './ports.ts';
import { StackError } from './stack-error.ts';
import { findTemporalServer } from './temporal-binaries.ts';

export type RunningTemporal = {
  /** host:port of the front end. */
  address: string;
  /** Version of the server, as it says itself. */
  version: string;
  /** Process number of the server that we run; undefined for a server named by TEMPORAL_ADDRESS. */
  readonly pid: number | undefined;
  /** Stops the server that we run; a server named by TEMPORAL_ADDRESS is left alone. */
  stop(): Promise<void>;
};

/** Names of the types as the command line writes them, with the names that the protocol uses. */
const searchAttributeTypes = {
  Keyword: 'KEYWORD',
  KeywordList: 'KEYWORD_LIST',
  Datetime: 'DATETIME',
  Int: 'INT',
  Double: 'DOUBLE',
  Bool: 'BOOL',
  Text: 'TEXT',
} as const;

export type SearchAttributes = Readonly<Record<string, keyof typeof searchAttributeTypes>>;

export type TemporalOptions = {
  /** Must exist. Holds the database file and the log. */
  dataDir: string;
  log: Log;
  /** Default: one of its own, which `stop` also ends. */
  supervisor?: Supervisor;
  /** Search attributes to register, by name; those that are there already stay. */
  searchAttributes?: SearchAttributes;
  /** Tests only: false keeps everything in memory. Default true. */
  durable?: boolean;
};

const namespace = 'default';
/** Closed workflows stay readable in Temporal this long; the ledger keeps them for ever. */
const retention = '30 days';

/**
 * The Temporal server: the one that `TEMPORAL_ADDRESS` names, or one of our own with its store below `dataDir`.
 * Its own page is off: whoever wants it points `temporal` or the UI image at the address.
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const given = process.env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') {
    options.log(`使用 TEMPORAL_ADDRESS 指定的 Temporal 服务器 ${given}。`);
    const version = await greet(given, 10_000).catch((error: unknown) => {
      throw new StackError('temporal-unreachable', `连不上 TEMPORAL_ADDRESS 指定的 Temporal 服务器 ${given}。`, {
        cause: error,
      });
    });
    await registerSearchAttributes(given, options.searchAttributes ?? {});
    return { address: given, version, pid: undefined, stop: async () => undefined };
  }
  const command = await findTemporalServer(options.log);
  const supervisor =
    options.supervisor ??
    createSupervisor({ recordFile: join(options.dataDir, 'children-temporal.json'), log: options.log });
  try {
    const { child, address } = await withFreePort((port) => launchServer(options, supervisor, command, port));
    const version = await greet(address, 10_000);
    await keepClosedWorkflows(address);
    return {
      address,
      version,
      get pid() {
        return child.pid;
      },
      stop: () => (options.supervisor === undefined ? supervisor.stop() : child.stop()),
    };
  } catch (error) {
    if (options.supervisor === undefined) await supervisor.stop();
    throw error;
  }
}

async function launchServer(options: TemporalOptions, supervisor: Supervisor, command: string, port: number) {
  const address = `127.0.0.1:${port}`;
  const file = join(options.dataDir, 'temporal.db');
  // WAL with full sync loses nothing at a power cut and is three times as fast as the server's default journal.
  const store = ['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'];
  const attributes = Object.entries(options.searchAttributes ?? {});
  const child = await supervisor.run({
    name: 'temporal',
    label: 'Temporal 服务器',
    command,
    args: [
      ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
      (options.durable ?? true) ? store : [],
      attributes.flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
      // One tenant on one machine: the limits that protect tenants from each other would only slow a large import.
      ['--dynamic-config-value', 'frontend.namespaceRPS=20000'],
      ['--dynamic-config-value', 'frontend.namespaceRPS.visibility=200'],
    ].flat(),
    // The CLI reads settings from TEMPORAL_*; they are meant for clients and would change what we start.
    env: withoutTemporalSettings(),
    cwd: options.dataDir,
    stopSignal: 'SIGINT',
    stopGraceMs: 20_000,
    logFile: join(options.dataDir, 'logs', 'temporal.log'),
    ready: async () => void (await greet(address, 1000)),
    readyLimitMs: 120_000,
  });
  return { child, address };
}

/** Another process may take a port between our look and the start: then once more with another one. */
async function withFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (!(error instanceof StackError) || error.code !== 'port-taken' || attempt >= 3) throw error;
    }
  }
}

async function greet(address: string, limitMs: number): Promise<string> {
  return withConnection(address, limitMs, async (connection) => {
    const info = await connection.workflowService.getSystemInfo({});
    return info.serverVersion || 'unknown';
  });
}

async function keepClosedWorkflows(address: string): Promise<void> {
  await withConnection(address, 10_000, (connection) =>
    connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(retention) },
    }),
  );
}

/** What `--search-attribute` does for a server that we start, for one that we did not. */
async function registerSearchAttributes(address: string, attributes: SearchAttributes): Promise<void> {
  await withConnection(address, 10_000, async (connection) => {
    const missing = async () => {
      const known = await connection.operatorService.listSearchAttributes({ namespace });
      return Object.entries(attributes).flatMap(([name, type]) => {
        const encoded = encodeSearchAttributeIndexedValueType(searchAttributeTypes[type]);
        return known.customAttributes?.[name] === undefined && encoded !== undefined ? [[name, encoded] as const] : [];
      });
    };
    const wanted = await missing();
    if (wanted.length === 0) return;
    try {
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(wanted) });
    } catch (error) {
      // Several workers may start at once, and the slower one is told that they exist.
      if ((await missing()).length > 0) throw error;
    }
  });
}

async function withConnection<T>(address: string, limitMs: number, use: (connection: Connection) => Promise<T>) {
  const connection = await Connection.connect({ address, connectTimeout: limitMs });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

function withoutTemporalSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}
