import { createHash } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import fp from 'fastify-plugin';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PoolClient } from 'pg';
import type { Answer, AppDeps, Tx } from '../app-type.ts';
import { Problem } from '../problem.ts';
import { databaseCode, pathOf } from './errors.ts';

const KEY = /^[\x21-\x7e]{1,200}$/;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Every write carries an Idempotency-Key. Plain SQL writes go through `app.idempotent`; commands to workflows check the
 * ledger instead. The custom header also keeps other sites' forms out: a browser sends none without asking first.
 */
export const idempotencyPlugin = fp(async (app) => {
  app.decorate('idempotent', (request, reply, work, digest) => once(app.deps, request, reply, work, digest));
});

/** An `onRequest` hook of the guarded scope. */
export async function requireIdempotencyKey(request: FastifyRequest): Promise<void> {
  if (READS.has(request.method) || request.routeOptions.config.withoutIdempotencyKey === true) return;
  idempotencyKey(request);
}

/** The key of a write; 400 where it is missing or malformed. */
export function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') {
    throw new Problem(
      400,
      'idempotency-key-required',
      '缺少 Idempotency-Key 请求头：每次写入都要带上，重试时用同一个。',
    );
  }
  if (!KEY.test(key)) {
    throw new Problem(400, 'idempotency-key-invalid', 'Idempotency-Key 只能是 1 到 200 个可见的 ASCII 字符。');
  }
  return key;
}

/** A digest of a JSON body that does not depend on the order of its keys. */
export function bodyDigest(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(body ?? null)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, sorted(inner)]),
    );
  }
  return value;
}

async function once<B>(
  deps: AppDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: Tx) => Promise<Answer<B>>,
  digest = bodyDigest(request.body),
): Promise<B> {
  const key = idempotencyKey(request);
  const route = `${request.method} ${pathOf(request.url)}`;
  const actor = request.actor.id;
  const client = await deps.pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const stored = await claim(client, [actor, route, key], digest, deps.wallClock.now());
    if (stored !== null) {
      await client.query('commit');
      reply.code(stored.status);
      return stored.body as B;
    }
    const answer = await work(drizzle(client));
    await client.query('update http_results set status = $4, body = $5 where actor = $1 and route = $2 and key = $3', [
      actor,
      route,
      key,
      answer.status,
      JSON.stringify(answer.body ?? null),
    ]);
    await client.query('commit');
    reply.code(answer.status);
    return answer.body;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Takes the key for this transaction, waiting for another one that holds it; or gives the answer that is stored under it. */
async function claim(
  client: PoolClient,
  scope: [actor: string, route: string, key: string],
  digest: string,
  now: number,
): Promise<Answer<unknown> | null> {
  await client.query("set local lock_timeout = '5s'");
  const inserted = await client
    .query(
      'insert into http_results (actor, route, key, digest, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [...scope, digest, now],
    )
    .catch((error: unknown) => {
      if (databaseCode(error) === '55P03') {
        throw new Problem(
          409,
          'idempotency-key-in-use',
          '同一个 Idempotency-Key 的请求还在处理，请稍后用同一个键再问。',
          {
            retryAfterSeconds: 2,
          },
        );
      }
      throw error;
    });
  await client.query('set local lock_timeout = 0');
  if (inserted.rowCount === 1) return null;
  const { rows } = await client.query<{ digest: string; status: number; body: unknown }>(
    'select digest, status, body from http_results where actor = $1 and route = $2 and key = $3',
    scope,
  );
  const [row] = rows;
  if (row === undefined)
    throw new Problem(409, 'idempotency-key-in-use', '请稍后用同一个键再问。', { retryAfterSeconds: 2 });
  if (row.digest !== digest) {
    throw new Problem(422, 'idempotency-key-reused', '这个 Idempotency-Key 已用于内容不同的请求，请换一个键。');
  }
  return { status: row.status, body: row.body };
}
