import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client } from '@temporalio/client';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Pool, PoolClient } from 'pg';
import type { Vault } from '../db/vault.ts';
import type { Actor, Role } from '../domain/decider.ts';

/** The application as routes see it: Fastify with TypeBox schemas deciding the types of body, query and answer. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type Db = NodePgDatabase;

/** A transaction that is open on one connection: drizzle over it, and the bare connection as `$client`. */
export type Tx = NodePgDatabase & { $client: PoolClient };

/** The domain's clock: milliseconds since the epoch, real time plus a fixed offset. */
export interface Clock {
  now(): number;
}

/** Temporal as the API needs it. `client` is null while no connection could be made; the holder may be filled in later. */
export interface TemporalPort {
  client: Client | null;
  address: string;
  namespace: string;
}

export interface AppConfig {
  /** The largest evidence file in bytes. */
  maxFileBytes: number;
  /** True where the page is served over TLS: cookies are then marked Secure. */
  secureCookies: boolean;
  /** The folder with the built pages, or null where no pages are served. */
  webRoot: string | null;
  /** True where `X-Forwarded-*` of a proxy in front is to be believed. */
  trustProxy: boolean;
  /** True where the domain's clock is not the real one: pages show a banner. */
  clockShifted: boolean;
  /** Sessions end after this long without a request, and after this long in any case, in milliseconds of real time. */
  sessionIdleMs: number;
  sessionAbsoluteMs: number;
  /** How long a command may wait for its answer before the outcome is called unknown, in milliseconds. */
  commandTimeoutMs: number;
}

export const DEFAULT_CONFIG: AppConfig = {
  maxFileBytes: 50 * 1024 * 1024,
  secureCookies: false,
  webRoot: null,
  trustProxy: false,
  clockShifted: false,
  sessionIdleMs: 8 * 3_600_000,
  sessionAbsoluteMs: 7 * 24 * 3_600_000,
  commandTimeoutMs: 4_000,
};

/** Everything that the application depends on; it reads no environment. */
export interface AppDeps {
  pool: Pool;
  db: Db;
  /** The domain's clock. */
  clock: Clock;
  /** Real time, for sessions, login limits and the ages of technical rows. */
  wallClock: Clock;
  temporal: TemporalPort;
  taskQueue: string;
  /** 32 bytes: encrypts texts and files, signs cursors. */
  secretKey: Buffer;
  config: AppConfig;
}

/** What a write answers; it is stored under its idempotency key in the transaction of the write itself. */
export interface Answer<B> {
  status: number;
  body: B;
}

/** The signed-in person: the domain's actor, and the name that pages show. */
export interface SignedInActor extends Actor {
  name: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    deps: AppDeps;
    /** Seals texts and files under the installation's key. */
    vault: Vault;
    /** An `onRequest` hook: 401 without a live session, else it sets `request.actor`. The guarded scope has it already. */
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void>;
    /**
     * Runs a plain SQL write once per (actor, route, Idempotency-Key), in one transaction with its stored answer. The same
     * key and body give the stored answer again; another body is 422; a key that is in use for more than 5 s is 409. What
     * `work` throws rolls everything back and stores nothing. `digest` replaces the body where the body is a stream.
     */
    idempotent<B>(
      request: FastifyRequest,
      reply: FastifyReply,
      work: (tx: Tx) => Promise<Answer<B>>,
      digest?: string,
    ): Promise<B>;
  }
  interface FastifyRequest {
    /** Set by `authenticate`; reading it on a public route throws 401. */
    actor: SignedInActor;
  }
  interface FastifyContextConfig {
    /** Writes that need no Idempotency-Key: signing in and out, and setting the first password. */
    withoutIdempotencyKey?: boolean;
  }
}

/** Whether the actor holds one of the roles, in any department. */
export function holds(actor: Actor, ...roles: Role[]): boolean {
  return actor.posts.some((post) => roles.includes(post.role));
}
