import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export type StartedProgram = {
  child: ChildProcess;
  /** Everything on both outputs so far. */
  said(): string;
  /** Waits until the output holds this text; rejects with the output when the program ends without it. */
  says(text: string): Promise<void>;
  /** Waits for the end; the exit code, or null after a signal. */
  ended(): Promise<number | null>;
};

/** Starts one of our own programs under this very Node, as npm would. `path` counts from the project's root. */
export function startProgram(path: string, args: string[], env: NodeJS.ProcessEnv = {}): StartedProgram {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../..', path), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', TEMPORAL_ADDRESS: '', ...env },
  });
  let text = '';
  let code: number | null | undefined;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      tell();
    });
  }
  child.once('close', (exitCode) => {
    code = exitCode;
    tell();
  });
  const until = (done: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!done() && code === undefined) return;
        listeners.delete(look);
        if (done()) resolve();
        else reject(new Error(`ended (${code}) without the expected output:\n${text}`));
      };
      listeners.add(look);
      look();
    });
  return {
    child,
    said: () => text,
    says: (wanted) => until(() => text.includes(wanted)),
    async ended() {
      await until(() => code !== undefined);
      return code ?? null;
    },
  };
}
