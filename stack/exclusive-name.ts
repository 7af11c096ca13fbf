import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from './stack-error.ts';

/**
 * A name that one process on this machine holds at a time and that the kernel takes back when that process dies, so a
 * lock file can never be left behind by `kill -9`. Linux: an abstract socket; Windows: a pipe; elsewhere: a socket in
 * the temporary folder, taken over when nobody answers on it. Whoever asks gets `answer()` as one line of JSON.
 */
export type HeldName = { release(): Promise<void> };

/** Takes the name, or returns undefined when a living process holds it. */
export async function holdName(name: string, answer: () => unknown): Promise<HeldName | undefined> {
  const path = socketPath(name);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`${JSON.stringify(answer())}\n`);
  });
  if (!(await listen(server, path))) {
    if (path.startsWith('\0') || (await ask(name)) !== undefined) return undefined;
    rmSync(path, { force: true });
    if (!(await listen(server, path))) return undefined;
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** As `holdName`, but waits for the holder to finish. `onWait` is called once when there is something to wait for. */
export async function holdNameWhenFree(name: string, onWait: () => void): Promise<HeldName> {
  for (let attempt = 0; ; attempt += 1) {
    const held = await holdName(name, () => ({ pid: process.pid }));
    if (held !== undefined) return held;
    if (attempt === 0) onWait();
    await sleep(200);
  }
}

/** What the holder of the name answers; undefined when nobody holds it or the holder does not answer in 2 s. */
export function ask(name: string): Promise<unknown> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(socketPath(name));
    socket.setEncoding('utf8');
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      try {
        resolve(JSON.parse(text));
      } catch {
        resolve(undefined);
      }
    });
  });
}

function socketPath(name: string): string {
  if (process.platform === 'linux') return `\0bihuan-${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\bihuan-${name}`;
  return join(tmpdir(), `bihuan-${name}.sock`);
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      if (errnoOf(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(path, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
