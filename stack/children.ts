import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, isAlive, startTimeOf, type ProcessIdentity } from './processes.ts';
import { explainFileError, StackError } from './stack-error.ts';

/** Writes one line of progress for the operator (stderr in `npm start`). */
export type Log = (line: string) => void;

export type ChildSpec = {
  /** Stable English name, used in `children.json` and for the log file. */
  name: string;
  /** What the operator reads. */
  label: string;
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number } | undefined;
  stopSignal: NodeJS.Signals;
  stopGraceMs: number;
  logFile: string;
  /** One attempt to reach the child; rejects while it is not ready. Called again until `readyLimitMs` is over. */
  ready: () => Promise<void>;
  readyLimitMs: number;
};

export type RecordedChild = ProcessIdentity & {
  name: string;
  stopSignal: NodeJS.Signals;
  stopGraceMs: number;
};

export type RunningChild = {
  /** Process number of the running incarnation; changes when the child is restarted. */
  readonly pid: number;
  stop(): Promise<void>;
};

export type Supervisor = {
  run(spec: ChildSpec): Promise<RunningChild>;
  /** Called once when a child keeps dying: whoever owns the supervisor says why and ends the process. */
  onFatal(listener: (error: StackError) => void): void;
  /** Stops the children, the last started first, and the watchdog. */
  stop(): Promise<void>;
};

const restartsAllowed = 5;
const restartWindowMs = 120_000;
const logLimitBytes = 10_000_000;

/**
 * Runs children that live exactly as long as this process. `recordFile` names them (process number and start time), so
 * that a later start can end what a killed supervisor left behind where even the watchdog was killed.
 */
export function createSupervisor(options: { recordFile: string; log: Log }): Supervisor {
  const running: RecordedChild[] = [];
  const stops: Array<() => Promise<void>> = [];
  const watchdog = startWatchdog();
  let fatal: ((error: StackError) => void) | undefined;
  let closing = false;

  function publish(): void {
    const text = JSON.stringify(running);
    watchdog.tell(text);
    try {
      writeFileSync(`${options.recordFile}.new`, text, { mode: 0o600 });
      renameSync(`${options.recordFile}.new`, options.recordFile);
    } catch (error) {
      // A full disk must not end what still runs. The watchdog knows; an old record harms nobody, since start times are
      // compared.
      options.log(explainFileError(error, options.recordFile).message);
    }
  }

  function remember(child: RecordedChild): void {
    running.push(child);
    publish();
  }

  function forget(child: RecordedChild): void {
    const index = running.indexOf(child);
    if (index >= 0) running.splice(index, 1);
    publish();
  }

  async function run(spec: ChildSpec): Promise<RunningChild> {
    if (closing) throw new StackError('stopping', '正在停止，不再启动新的进程。');
    let stopping = false;
    let current = await launch(spec, remember, forget);
    const deaths: number[] = [];

    async function restart(reason: string): Promise<void> {
      for (;;) {
        const now = performance.now();
        deaths.push(now);
        const recent = deaths.filter((at) => now - at < restartWindowMs).length;
        if (recent > restartsAllowed) {
          fatal?.(new StackError('child-keeps-dying', `${spec.label}反复退出（${reason}），日志见 ${spec.logFile}。`));
          return;
        }
        options.log(`${spec.label}意外退出（${reason}），正在重新启动（第 ${recent} 次）……`);
        await sleep(250 * 2 ** (recent - 1));
        if (stopping) return;
        try {
          current = await launch(spec, remember, forget);
          if (stopping) await end();
          watch();
          options.log(`${spec.label}已恢复。`);
          return;
        } catch (error) {
          reason = (error instanceof Error ? error.message : String(error)).replace(/。$/, '');
        }
        if (stopping) return;
      }
    }

    function watch(): void {
      const { exited } = current;
      void exited.then((reason) => (stopping ? undefined : restart(reason)));
    }
    watch();

    async function stop(): Promise<void> {
      if (stopping) return;
      stopping = true;
      await end();
    }

    async function end(): Promise<void> {
      await endProcess(current.identity, { signal: spec.stopSignal, graceMs: spec.stopGraceMs });
      await current.exited;
    }
    stops.push(stop);
    return {
      get pid() {
        return current.identity.pid;
      },
      stop,
    };
  }

  return {
    run,
    onFatal(listener) {
      fatal = listener;
    },
    async stop() {
      closing = true;
      for (const stop of stops.toReversed()) await stop();
      // Those that are still starting: whoever waits for them gets their death as the reason.
      for (const child of running.toReversed()) {
        await endProcess(child, { signal: child.stopSignal, graceMs: child.stopGraceMs });
      }
      watchdog.close();
      rmSync(options.recordFile, { force: true });
    },
  };
}

/** Ends the children that a supervisor recorded and did not live to stop. Only processes whose start time matches. */
export async function endRecordedChildren(recordFile: string, log: Log): Promise<void> {
  let recorded: RecordedChild[];
  try {
    recorded = JSON.parse(readFileSync(recordFile, 'utf8')) as RecordedChild[];
  } catch {
    return;
  }
  for (const child of recorded.toReversed()) {
    if (!isAlive(child)) continue;
    log(`上次运行遗留的进程 ${child.name}（${child.pid}）仍在，正在结束它……`);
    await endProcess(child, { signal: child.stopSignal, graceMs: child.stopGraceMs });
  }
  rmSync(recordFile, { force: true });
}

type Launched = { identity: RecordedChild; exited: Promise<string> };

async function launch(
  spec: ChildSpec,
  remember: (child: RecordedChild) => void,
  forget: (child: RecordedChild) => void,
): Promise<Launched> {
  const log = openLog(spec.logFile);
  const from = statSync(spec.logFile).size;
  let child: ChildProcess;
  try {
    child = spawn(spec.command, spec.args, {
      // A session of its own: Ctrl-C in the terminal must reach the supervisor only, which drains before it stops us.
      detached: true,
      stdio: ['ignore', log, log],
      cwd: spec.cwd ?? '/',
      env: spec.env ?? process.env,
      ...(spec.user === undefined ? {} : { uid: spec.user.uid, gid: spec.user.gid }),
    });
  } finally {
    closeSync(log);
  }
  const failed = await new Promise<Error | undefined>((resolve) => {
    child.once('spawn', () => resolve(undefined));
    child.once('error', resolve);
  });
  if (failed !== undefined || child.pid === undefined) {
    throw new StackError('child-not-started', `无法启动${spec.label}（${spec.command}）：${failed?.message ?? ''}`);
  }
  const identity: RecordedChild = {
    name: spec.name,
    pid: child.pid,
    startedAt: startTimeOf(child.pid) ?? 'gone',
    stopSignal: spec.stopSignal,
    stopGraceMs: spec.stopGraceMs,
  };
  remember(identity);
  let gone: string | undefined;
  const exited = new Promise<string>((resolve) => {
    const leave = (code: number | null, signal: NodeJS.Signals | null): void => {
      gone = signal === null ? `退出码 ${code}` : `信号 ${signal}`;
      forget(identity);
      resolve(gone);
    };
    if (child.exitCode !== null || child.signalCode !== null) leave(child.exitCode, child.signalCode);
    else child.once('exit', leave);
  });
  await untilReady(spec, () => gone, from).catch(async (error: unknown) => {
    await endProcess(identity, { signal: spec.stopSignal, graceMs: spec.stopGraceMs });
    throw error;
  });
  return { identity, exited };
}

async function untilReady(spec: ChildSpec, gone: () => string | undefined, from: number): Promise<void> {
  const until = performance.now() + spec.readyLimitMs;
  for (;;) {
    const reason = gone();
    const said = lastLines(spec.logFile, from);
    if (reason !== undefined) throw explainDeath(spec, reason, said);
    try {
      await spec.ready();
      return;
    } catch (error) {
      if (performance.now() > until) {
        const last = error instanceof Error ? error.message : String(error);
        throw new StackError('child-not-ready', `${spec.label}迟迟没有就绪（${last}），日志见 ${spec.logFile}。`);
      }
    }
    await sleep(50);
  }
}

function explainDeath(spec: ChildSpec, reason: string, said: string): StackError {
  if (/No space left on device|disk is full/i.test(said)) {
    return new StackError('disk-full', `磁盘已满，${spec.label}无法启动，请清理空间后再试。`);
  }
  if (/address already in use/i.test(said)) {
    return new StackError('port-taken', `${spec.label}要用的端口已被占用。`);
  }
  const last = said.trim().split('\n').at(-1) ?? '';
  return new StackError('child-died', `${spec.label}没能启动（${reason}）：${last}（日志见 ${spec.logFile}）`);
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // Only at a start: the child holds the file open while it runs.
    if (statSync(path).size > logLimitBytes) renameSync(path, `${path}.1`);
  } catch {
    // No log yet.
  }
  return openSync(path, 'a', 0o600);
}

function lastLines(path: string, from: number): string {
  try {
    return readFileSync(path).subarray(from).subarray(-4000).toString('utf8');
  } catch {
    return '';
  }
}

type Watchdog = { tell(text: string): void; close(): void };

function startWatchdog(): Watchdog {
  let last = '[]';
  let closed = false;
  let child = begin();

  function begin(): ChildProcess {
    const env = { ...process.env };
    // Test runners pass loaders and inspectors this way; the watchdog must start bare and at once.
    delete env['NODE_OPTIONS'];
    const started = spawn(process.execPath, ['--max-old-space-size=16', join(import.meta.dirname, 'watchdog.ts')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
      env,
    });
    started.stdin?.on('error', () => undefined);
    started.on('error', () => undefined);
    started.once('exit', () => {
      if (closed) return;
      setTimeout(() => {
        if (closed) return;
        child = begin();
        child.stdin?.write(`${last}\n`);
      }, 1000).unref();
    });
    started.unref();
    return started;
  }

  return {
    tell(text) {
      last = text;
      child.stdin?.write(`${text}\n`);
    },
    close() {
      closed = true;
      child.stdin?.end();
    },
  };
}
