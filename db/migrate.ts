import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { DATABASE_OBJECTS } from './database-objects.ts';

/** Any number, the same for every process that migrates this application's tables. */
const MIGRATION_LOCK = 720_240_604;

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the database to this version. Several processes may call it at once: drizzle takes no lock, so an advisory one
 * is taken here. Throws, in Chinese, where the database cannot serve: no `pg_trgm`, or one that is blind to Chinese
 * (a database whose character type is C finds no letters in 违法 and every search would be empty).
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'bihuan-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await requireTrigrams(client);
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS });
    for (const statement of DATABASE_OBJECTS) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function requireTrigrams(client: Client): Promise<void> {
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  } catch (error) {
    throw new Error('数据库缺少 pg_trgm 扩展，且当前用户无权安装', { cause: error });
  }
  const { rows } = await client.query<{ grams: string[] }>(`SELECT show_trgm('违法') AS grams`);
  if ((rows[0]?.grams.length ?? 0) === 0) {
    throw new Error('数据库的字符类型不识别汉字（LC_CTYPE 为 C），无法检索；请以 UTF8 编码、C.UTF-8 区域重建数据库');
  }
}
