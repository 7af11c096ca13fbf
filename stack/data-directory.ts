import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endRecordedChildren, type Log } from './children.ts';
import { ask, holdName, type HeldName } from './exclusive-name.ts';
import { explainFileError, StackError } from './stack-error.ts';

/** What a running stack tells other commands of this project. Holds the database password: the file is 0600. */
export type RunningStack = { url: string; databaseUrl: string; temporalAddress: string };

type Phase = 'starting' | 'running' | 'stopping';

export type DataDirectory = {
  path: string;
  /** Where the supervisor writes down its children. */
  childrenFile: string;
  /** Tells other commands where everything listens. */
  announce(running: RunningStack): void;
  /** From now on another start waits for us instead of giving up. */
  beginStopping(): void;
  release(): Promise<void>;
};

/** Number of the layout of this folder; a later program may change it and must then convert. */
const layout = 1;
const leastFreeBytes = 200_000_000;
const stoppingLimitMs = 90_000;

/**
 * Opens a data directory for one supervisor: makes it, checks that it can be written to and has room, takes it for this
 * process, and ends children that a killed supervisor left behind. Layout: `version.json`, `children.json`,
 * `running.json`, `postgres/` or `postgres-place`, `postgres-password`, `temporal.db`, `logs/`.
 * `orphaned` says whether whoever started this process is gone, so that we are about to stop.
 */
export async function openDataDirectory(
  given: string,
  options: { log: Log; orphaned?: () => boolean; freeBytes?: (path: string) => number },
): Promise<DataDirectory> {
  const path = resolve(given);
  const childrenFile = join(path, 'children.json');
  const runningFile = join(path, 'running.json');
  prepare(path, options.freeBytes ?? freeBytesOn);
  let phase: Phase = 'starting';
  const held = await take(path, options.log, () => ({
    pid: process.pid,
    phase: options.orphaned?.() ? 'stopping' : phase,
  }));
  try {
    checkLayout(path);
    rmSync(runningFile, { force: true });
    await endRecordedChildren(childrenFile, options.log);
  } catch (error) {
    await held.release();
    throw explainFileError(error, path);
  }
  return {
    path,
    childrenFile,
    announce(running) {
      writeFileSync(`${runningFile}.new`, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${runningFile}.new`, runningFile);
      phase = 'running';
    },
    beginStopping() {
      phase = 'stopping';
      rmSync(runningFile, { force: true });
    },
    release: () => held.release(),
  };
}

/** Where the stack on this data directory listens; undefined when none runs there. */
export async function findRunningStack(given: string): Promise<RunningStack | undefined> {
  const path = resolve(given);
  if (!existsSync(path) || (await ask(nameOf(path))) === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(join(path, 'running.json'), 'utf8')) as RunningStack;
  } catch {
    return undefined;
  }
}

function prepare(path: string, freeBytes: (path: string) => number): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, 'x'.repeat(4096));
    rmSync(probe);
  } catch (error) {
    throw explainFileError(error, path);
  }
  const free = freeBytes(path);
  if (free < leastFreeBytes) {
    const has = Math.floor(free / 1e6);
    throw new StackError(
      'disk-full',
      `磁盘空间不足：${path} 所在磁盘只剩 ${has} MB，至少要 ${leastFreeBytes / 1e6} MB。`,
    );
  }
}

function freeBytesOn(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

/** By device and inode, so that the same folder reached by another path is still the same. */
function nameOf(path: string): string {
  const { dev, ino } = statSync(path);
  return `data-${dev}-${ino}`;
}

async function take(path: string, log: Log, answer: () => { pid: number; phase: Phase }): Promise<HeldName> {
  const until = performance.now() + stoppingLimitMs;
  let told = false;
  for (;;) {
    const held = await holdName(nameOf(path), answer);
    if (held !== undefined) return held;
    const holder = (await ask(nameOf(path))) as { pid?: number; phase?: Phase } | undefined;
    if (holder !== undefined && (holder.phase !== 'stopping' || performance.now() > until)) {
      throw new StackError('data-in-use', `数据目录 ${path} 正在被另一个闭环进程（${holder.pid}）使用。`);
    }
    if (!told && holder !== undefined) log('上一个进程正在停止，等待它结束……');
    told = told || holder !== undefined;
    await sleep(200);
  }
}

function checkLayout(path: string): void {
  const file = join(path, 'version.json');
  if (!existsSync(file)) {
    writeFileSync(file, `${JSON.stringify({ layout })}\n`, { mode: 0o600 });
    return;
  }
  const found = JSON.parse(readFileSync(file, 'utf8')) as { layout?: unknown };
  if (found.layout === layout) return;
  throw new StackError(
    'data-version',
    `数据目录 ${path} 的格式是 ${String(found.layout)}，本程序只认 ${layout}，请用写它的版本打开。`,
  );
}
