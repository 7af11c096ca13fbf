import type { Log } from './children.ts';
import { errnoOf, StackError } from './stack-error.ts';

export type Shutdown = {
  /** Registers what must be undone; the last registered is undone first. */
  add(name: string, stop: () => Promise<void>): void;
  /** Undoes everything and leaves the process; a second call waits for the first, whose exit code counts. */
  leave(code: number): Promise<never>;
  /** Says why, then leaves with 1: one line for what an operator can act on, the stack for a bug. */
  fail(error: unknown): Promise<never>;
  /** Set once leaving has begun. */
  readonly leaving: Promise<never> | undefined;
};

const drainLimitMs = 60_000;

/** Ends this process in order on SIGINT, SIGTERM, SIGHUP and on errors that nobody caught. One a process. */
export function createShutdown(options: { log: Log; onLeaving?: () => void }): Shutdown {
  const { log } = options;
  const stages: Array<{ name: string; stop: () => Promise<void> }> = [];
  let leaving: Promise<never> | undefined;

  async function undo(code: number): Promise<never> {
    options.onLeaving?.();
    // Whoever asked for the signal may have set a code: a worker that died is no clean end.
    let left = code || Number(process.exitCode ?? 0);
    for (const stage of stages.toReversed()) {
      try {
        await withLimit(stage.stop(), stage.name);
      } catch (error) {
        log(`停止${stage.name}时出错：${error instanceof Error ? error.message : String(error)}`);
        left = 1;
      }
    }
    if (left === 0) log('已全部停止。');
    process.exit(left);
  }

  function leave(code: number): Promise<never> {
    leaving ??= undo(code);
    return leaving;
  }

  function fail(error: unknown): Promise<never> {
    log(error instanceof StackError ? `错误：${error.message}` : `意外错误：${describe(error)}`);
    return leave(1);
  }

  let firstSignalAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (leaving === undefined) {
        firstSignalAt = performance.now();
        log('正在停止：先处理完手头的请求和任务……（再按一次立即退出）');
        void leave(0);
      } else if (performance.now() - firstSignalAt > 1000) {
        // Not at once: Ctrl-C reaches us twice, from the terminal and passed on by npm.
        log('再次收到信号，立即退出。');
        process.exit(130);
      }
    });
  }
  process.on('uncaughtException', (error) => void fail(error));
  process.on('unhandledRejection', (error) => void fail(error));

  return {
    add: (name, stop) => void stages.push({ name, stop }),
    leave,
    fail,
    get leaving() {
      return leaving;
    },
  };
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

function describe(error: unknown): string {
  if (errnoOf(error) === 'ENOSPC') return '磁盘已满，请清理空间后再启动。';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
