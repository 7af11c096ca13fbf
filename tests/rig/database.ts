import { Client } from 'pg';
import { inject } from 'vitest';
import { templateDatabase, withDatabase } from './template.ts';

export type TestDatabase = {
  /** Connection string of an empty, migrated database that nobody else uses. */
  url: string;
  /** Removes it; connections that are still open are cut. */
  drop(): Promise<void>;
};

let made = 0;

/** A database of its own for a test file (or a test): a copy of the migrated template, in a fraction of a second. */
export async function freshDatabase(): Promise<TestDatabase> {
  made += 1;
  const name = `test_${process.pid}_${process.env['VITEST_WORKER_ID'] ?? 0}_${made}_${performance.now().toFixed(0)}`;
  const adminUrl = inject('databaseUrl');
  await run(adminUrl, `create database ${name} template ${templateDatabase}`);
  return {
    url: withDatabase(adminUrl, name),
    drop: () => run(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
