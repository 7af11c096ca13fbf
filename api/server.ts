import type { AddressInfo } from 'node:net';
import type { App } from './app-type.ts';

/** Listens, and answers where. `close` of the application drains: no request that has begun is cut. */
export async function listen(app: App, { host, port }: { host: string; port: number }): Promise<AddressInfo> {
  await app.listen({ host, port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('listening without an address');
  return address;
}
