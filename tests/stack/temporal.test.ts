import { Client, Connection } from '@temporalio/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTemporal } from '../../stack/temporal.ts';

let dataDir: string;
beforeEach(() => {
  vi.stubEnv('TEMPORAL_ADDRESS', '');
  dataDir = mkdtempSync(join(tmpdir(), 'bihuan-temporal-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

const options = () => ({ dataDir, log: () => undefined, searchAttributes: { BihuanKind: 'Keyword' } as const });

async function withClient<T>(address: string, use: (client: Client, connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }), connection);
  } finally {
    await connection.close();
  }
}

test('workflows, search attributes and retention are there after a kill -9 and a second start', async () => {
  const first = await startTemporal(options());
  expect(first.version).toMatch(/^\d+\.\d+/);
  await withClient(first.address, (client) =>
    client.workflow.start('task', {
      workflowId: 'kept',
      taskQueue: 'nobody',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    }),
  );
  const before = first.pid ?? 0;
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(first.pid).not.toBe(before), { timeout: 30_000 });
  await first.stop();

  const second = await startTemporal(options());
  await withClient(second.address, async (client, connection) => {
    expect((await client.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
    const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(known.customAttributes ?? {})).toContain('BihuanKind');
    const namespace = await connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(Number(namespace.config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 24 * 3600);
  });
  await second.stop();
});

test('TEMPORAL_ADDRESS is taken where it is set and given the search attributes; one that does not answer is named', async () => {
  const server = await startTemporal({ ...options(), searchAttributes: {} });
  vi.stubEnv('TEMPORAL_ADDRESS', server.address);
  const given = await startTemporal(options());
  expect(given).toMatchObject({ address: server.address, pid: undefined, version: server.version });
  await withClient(server.address, async (_client, connection) => {
    const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(known.customAttributes ?? {})).toContain('BihuanKind');
  });
  // A second start finds them registered.
  await startTemporal(options());
  await server.stop();
  await expect(startTemporal(options())).rejects.toMatchObject({ code: 'temporal-unreachable' });
});
