import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['workflows/**/*.ts', 'domain/**/*.ts'];

/**
 * The workflow bundle of the sources as they are, built once and kept under `.cache` by the digest of what goes into it;
 * building takes seconds, reading milliseconds. Where the folder cannot be written the bundle is built in memory.
 */
export async function workflowBundle(workflowsPath = join(ROOT, 'workflows/index.ts')): Promise<{ code: string }> {
  const file = join(ROOT, '.cache', `workflows-${digestOf(workflowsPath)}.js`);
  if (existsSync(file)) return { code: readFileSync(file, 'utf8') };
  const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
  try {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    const half = `${file}.${process.pid}`;
    writeFileSync(half, code);
    renameSync(half, file);
  } catch {
    // A read-only installation: built again at the next start.
  }
  return { code };
}

function digestOf(workflowsPath: string): string {
  const sum = createHash('sha256').update(workflowsPath);
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  sum.update(version);
  for (const file of [...globSync(SOURCES, { cwd: ROOT }).map((name) => join(ROOT, name)), workflowsPath].toSorted()) {
    sum.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return sum.digest('hex').slice(0, 16);
}

function ignore(): void {}
