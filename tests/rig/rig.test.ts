import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase, type TestDatabase } from './database.ts';
import { startTimeSkipping } from './time-skipping.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a fresh database knows Chinese trigrams and is nobody else's", async () => {
  expect(await rows(database.url, "select cardinality(show_trgm('违法')) > 0 as seen")).toEqual([{ seen: true }]);
  await rows(database.url, 'create table mine (id int)');
  const other = await freshDatabase();
  await expect(rows(other.url, 'select * from mine')).rejects.toThrow(/mine/);
  await other.drop();
  await expect(rows(other.url, 'select 1')).rejects.toThrow(/does not exist/);
});

test('the development server knows our search attributes', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const listed = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(listed.customAttributes ?? {})).toContain('BihuanKind');
  await connection.close();
});

test('the skipping server lets days pass at once', async () => {
  const env = await startTimeSkipping();
  try {
    const before = await env.currentTimeMs();
    await env.sleep('40 days');
    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(40 * 24 * 3_600_000);
  } finally {
    await env.teardown();
  }
});
