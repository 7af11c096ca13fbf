import { Pool as PgPool, types, type ClientBase, type PoolClient as PgPoolClient } from 'pg';

export type Pool = PgPool;
export type PoolClient = PgPoolClient;
/** Whatever can run one statement: a pool, or a client inside a transaction. */
export type Queryable = Pick<ClientBase, 'query'>;

/** int8 columns hold milliseconds and counters far below 2^53; as strings they would sort and add wrongly. */
const INT8 = 20;
/** `pg` turns DATE into local midnight, which is the day before in half of the world: dates stay strings. */
const DATE = 1082;

export interface PoolOptions {
  max?: number;
  applicationName?: string;
}

/** Opens a pool. The caller ends it. A broken idle connection is dropped and replaced, never an unhandled error. */
export function openPool(databaseUrl: string, { max = 10, applicationName = 'bihuan' }: PoolOptions = {}): Pool {
  const pool = new PgPool({
    connectionString: databaseUrl,
    max,
    application_name: applicationName,
    types: {
      getTypeParser(oid: number, format?: 'text' | 'binary') {
        if (oid === INT8) return Number;
        if (oid === DATE) return (value: string) => value;
        return types.getTypeParser(oid, format as 'text');
      },
    },
  });
  pool.on('error', () => undefined);
  return pool;
}

/** Runs `work` in one transaction on one client; any error rolls back and is thrown on. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
