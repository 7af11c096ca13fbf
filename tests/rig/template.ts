import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** The database that `freshDatabase()` copies: migrated once a run, since a copy takes a tenth of the migrations' time. */
export const templateDatabase = 'bihuan_template';

export async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${templateDatabase}`);
  } finally {
    await admin.end();
  }
  const url = withDatabase(adminUrl, templateDatabase);
  const template = new Client({ connectionString: url });
  await template.connect();
  try {
    await template.query('create extension if not exists pg_trgm');
  } finally {
    await template.end();
  }
  if (existsSync(join(import.meta.dirname, '../../db/migrate.ts'))) {
    const { migrate } = (await import('../../db/migrate.ts' as string)) as {
      migrate: (url: string) => Promise<unknown>;
    };
    await migrate(url);
  }
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
