import { createServer } from 'node:net';
import { errnoOf, StackError } from './stack-error.ts';

/** A port on 127.0.0.1 that nobody listens on at this moment. The caller must be ready to lose the race for it. */
export function freePort(): Promise<number> {
  return listenOnce(0, '127.0.0.1');
}

/** Rejects with `port-taken` when the page's port cannot be had, before anything else has been started. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  try {
    await listenOnce(port, host);
  } catch (error) {
    if (errnoOf(error) === 'EACCES') {
      throw new StackError('port-forbidden', `没有权限使用端口 ${port}，请用 --port N 换一个。`, { cause: error });
    }
    throw new StackError('port-taken', `端口 ${port} 已被占用，请用 --port N 换一个。`, { cause: error });
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(got));
    });
  });
}
