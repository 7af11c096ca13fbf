import { migrate } from '../db/migrate.ts';
import { StackError } from './stack-error.ts';

/** Brings the tables to this version; several processes may do so at once. A failure is told in one line. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackError('migrations-failed', `数据库升级失败：${reason}`, { cause: error });
  }
}
