import { Client } from 'pg';
import { migrate } from '../../db/migrate.ts';

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
  await migrate(withDatabase(adminUrl, templateDatabase));
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
