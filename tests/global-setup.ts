import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createSupervisor } from '../stack/children.ts';
import { startPostgres } from '../stack/postgres.ts';
import { searchAttributes } from '../stack/search-attributes.ts';
import { startTemporal } from '../stack/temporal.ts';
import { removeData } from './rig/remove-data.ts';
import { makeTemplate } from './rig/template.ts';

declare module 'vitest' {
  // Given by this set-up to every test file of the project "servers".
  export interface ProvidedContext {
    /** Connection string of a database of the run's Postgres, as its superuser. Take `freshDatabase()` instead. */
    databaseUrl: string;
    /** host:port of the run's Temporal development server (wall clock, schedules, search attributes). */
    temporalAddress: string;
  }
}

/** One real Postgres and one real Temporal server for the whole run; they end with it, however it ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The servers under test are ours, whatever the developer's shell points at.
  delete process.env['DATABASE_URL'];
  delete process.env['TEMPORAL_ADDRESS'];
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-test-'));
  const supervisor = createSupervisor({ recordFile: join(dataDir, 'children.json'), log });
  const tearDown = async (): Promise<void> => {
    await supervisor.stop();
    removeData(dataDir);
  };
  try {
    const options = { dataDir, log, supervisor, durable: false };
    const [postgres, temporal] = await Promise.all([
      startPostgres(options),
      startTemporal({ ...options, searchAttributes }),
    ]);
    await makeTemplate(postgres.url);
    project.provide('databaseUrl', postgres.url);
    project.provide('temporalAddress', temporal.address);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
