import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../api/app.ts';
import { DEFAULT_CONFIG, type AppDeps } from '../../api/app-type.ts';
import { clientTypes, type OpenApi } from './client-types.ts';

/**
 * Writes the types that the pages call the API with, from the very schemas that check requests: `npm run client`, and
 * with `--check` exit 1 where the stored file is not what the routes say now. Nothing is started for it.
 */
const target = join(import.meta.dirname, '../../web/src/api/generated/operations.ts');

export async function currentClientTypes(): Promise<string> {
  const app = await buildApp(deadDeps());
  try {
    await app.ready();
    return clientTypes(app.swagger() as OpenApi);
  } finally {
    await app.close();
  }
}

/** Describing routes reaches for nothing; whatever would is an error that says so. */
function deadDeps(): AppDeps {
  const clock = { now: () => 0 };
  const nothing = new Proxy(
    {},
    {
      get(_target, name) {
        if (typeof name === 'symbol' || name === 'then') return undefined;
        throw new Error(`describing the API reached for ${name}`);
      },
    },
  );
  return {
    pool: nothing as AppDeps['pool'],
    db: nothing as AppDeps['db'],
    clock,
    wallClock: clock,
    temporal: { client: null, address: '', namespace: '' },
    taskQueue: '',
    secretKey: Buffer.alloc(32),
    config: DEFAULT_CONFIG,
  } as AppDeps;
}

async function main(): Promise<void> {
  const types = await currentClientTypes();
  if (!process.argv.includes('--check')) {
    writeFileSync(target, types);
    return;
  }
  if (readFileSync(target, 'utf8') === types) return;
  process.stderr.write('web/src/api/generated/operations.ts 与接口不符，请运行 npm run client。\n');
  process.exitCode = 1;
}

if (import.meta.main) await main();
