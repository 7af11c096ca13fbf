import { createServer } from 'node:http';
import type { Log } from './children.ts';

export type ApplicationOptions = {
  databaseUrl: string;
  temporalAddress: string;
  port: number;
  dataDir: string;
  clockStart?: string;
  log: Log;
};

export type Application = { url: string; setupLink?: string; stop(): Promise<void> };

/** Placeholder that only answers /healthz, until the worker, the relay and the API are wired here. */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const server = createServer((_request, response) => response.end('{"status":"ok"}'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export async function importPlanFile(_app: Application, file: string, _options: { goLive?: string }): Promise<void> {
  throw new Error(`importing ${file} is not wired yet`);
}

export async function loadSample(_app: Application): Promise<void> {
  throw new Error('the sample is not wired yet');
}
