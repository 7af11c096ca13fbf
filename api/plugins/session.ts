import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { findSession, touchSession } from '../../db/queries/sessions.ts';
import type { Role } from '../../domain/decider.ts';
import { holds, type AppConfig, type SignedInActor } from '../app-type.ts';
import { Problem } from '../problem.ts';
import { tokenHash } from '../token.ts';

const COOKIE = 'bihuan_session';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** `seen_at` is written at most this often: a page asks several times a second. */
const TOUCH_EVERY_MS = 60_000;

/** Who is asking: a random token in a cookie, its hash in the table, posts read anew with every request. */
export const sessionPlugin = fp(async (app) => {
  await app.register(cookie);
  const actors = new WeakMap<FastifyRequest, SignedInActor>();
  app.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      const actor = actors.get(this);
      if (actor === undefined) throw notSignedIn();
      return actor;
    },
  });
  app.decorate('authenticate', async (request: FastifyRequest, _reply: FastifyReply) => {
    const token = sessionToken(request);
    if (token === null) throw notSignedIn();
    const { pool, wallClock, config } = app.deps;
    const hash = tokenHash(token);
    const now = wallClock.now();
    const session = await findSession(pool, hash, now, config.sessionIdleMs);
    if (session === null) throw notSignedIn();
    if (now - session.seenAt > TOUCH_EVERY_MS) await touchSession(pool, hash, now);
    actors.set(request, { id: session.userId, name: session.name, posts: session.posts });
  });
});

export function sessionToken(request: FastifyRequest): string | null {
  const token = request.cookies[COOKIE];
  return token === undefined || token === '' || token.length > 100 ? null : token;
}

export function setSessionCookie(reply: FastifyReply, token: string, config: AppConfig): void {
  reply.setCookie(COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.secureCookies,
    maxAge: Math.floor(config.sessionAbsoluteMs / 1000),
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: '/' });
}

/** An `onRequest` hook: a write that a browser sends from another site is refused. Other programs send no Origin. */
export async function refuseForeignOrigin(request: FastifyRequest): Promise<void> {
  if (SAFE.has(request.method)) return;
  const { origin } = request.headers;
  const foreign = new Problem(403, 'cross-origin', '不接受其他网站发来的写入请求。');
  if (request.headers['sec-fetch-site'] === 'cross-site') throw foreign;
  if (origin === undefined) return;
  if (!URL.canParse(origin)) throw foreign;
  const { protocol, host } = new URL(origin);
  // Parsed alike, since a scheme's own port may be written or left out.
  const ours = `${protocol}//${request.host}`;
  if (!URL.canParse(ours) || new URL(ours).host !== host) throw foreign;
}

/** An `onRequest` hook for routes that only some roles may use; the deciders check their own commands themselves. */
export function requireRole(...roles: Role[]): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (!holds(request.actor, ...roles)) throw new Problem(403, 'role-required', '您的岗位不能进行这项操作。');
  };
}

function notSignedIn(): Problem {
  return new Problem(401, 'not-signed-in', '请先登录。');
}
