import { createHash } from 'node:crypto';
import { Type } from '@fastify/type-provider-typebox';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import { findLogin, postNames } from '../../db/queries/people.ts';
import { countLoginAttempt, createSession, deleteSession, forgiveLoginAttempt } from '../../db/queries/sessions.ts';
import type { App, SignedInActor } from '../app-type.ts';
import { passwordMatches, PASSWORD_MAX } from '../password.ts';
import { PERMISSION_NAMES, permissionsOf } from '../permissions.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import { codes, IdSchema, InstantSchema, RoleSchema } from '../schemas.ts';
import { newToken, tokenHash } from '../token.ts';

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords for one name from one address, and for any names from one address (a bureau may share one). */
const PER_NAME = 5;
const PER_ADDRESS = 100;

export const SessionSchema = Type.Object({
  user: Type.Object({ id: IdSchema, name: Type.String() }),
  posts: Type.Array(Type.Object({ department: IdSchema, departmentName: Type.String(), role: RoleSchema }), {
    description: '所任岗位',
  }),
  permissions: Type.Array(codes(PERMISSION_NAMES), { description: '页面可提供的操作' }),
  /** The domain's time, which may be shifted in demonstrations. */
  now: InstantSchema,
  clockShifted: Type.Boolean({ description: '业务时钟不是真实时间（仅演示和测试）' }),
});

/** Signing in and out: the only writes of the API without an Idempotency-Key. */
export async function sessionRoutes(app: App): Promise<void> {
  app.post(
    '/api/session',
    {
      config: { withoutIdempotencyKey: true },
      schema: {
        tags: ['session'],
        summary: '登录',
        body: Type.Object({
          name: Type.String({ minLength: 1, maxLength: 100 }),
          password: Type.String({ minLength: 1, maxLength: PASSWORD_MAX }),
        }),
        response: { 200: SessionSchema },
      },
    },
    async (request, reply) => {
      const { pool, wallClock, config } = app.deps;
      const { password } = request.body;
      const name = request.body.name.trim();
      const now = wallClock.now();
      const keys = { name: attemptKey(name, request.ip), address: attemptKey('', request.ip) };
      await limitAttempts(app, keys.name, PER_NAME, now);
      await limitAttempts(app, keys.address, PER_ADDRESS, now);
      const login = await findLogin(pool, name);
      const matches = await passwordMatches(password, login?.passwordHash ?? null);
      if (login === null || !matches) throw new Problem(401, 'wrong-credentials', '姓名或密码不对。');
      await forgiveLoginAttempt(pool, keys, now, WINDOW_MS);
      const token = newToken();
      await createSession(pool, {
        tokenHash: tokenHash(token),
        userId: login.id,
        now,
        expiresAt: now + config.sessionAbsoluteMs,
      });
      setSessionCookie(reply, token, config);
      return describeSession(app, { id: login.id, name: login.name, posts: login.posts });
    },
  );

  app.delete(
    '/api/session',
    {
      config: { withoutIdempotencyKey: true },
      schema: { tags: ['session'], summary: '退出', response: { 204: Type.Null({ description: '已退出' }) } },
    },
    async (request, reply) => {
      const token = sessionToken(request);
      if (token !== null) await deleteSession(app.deps.pool, tokenHash(token));
      clearSessionCookie(reply);
      return reply.code(204).send(null);
    },
  );
}

/** In the guarded scope: who am I, which posts do I hold, what may pages offer me. */
export async function signedInRoutes(app: App): Promise<void> {
  app.get(
    '/api/session',
    { schema: { tags: ['session'], summary: '当前登录者', response: { 200: SessionSchema } } },
    async (request) => describeSession(app, request.actor),
  );
}

async function describeSession(app: App, actor: SignedInActor) {
  const names = await postNames(app.deps.pool, actor.posts);
  return {
    user: { id: actor.id, name: actor.name },
    posts: actor.posts.map((post) => ({ ...post, departmentName: names.get(post.department) ?? post.department })),
    permissions: permissionsOf(actor),
    now: isoShanghai(app.deps.clock.now()),
    clockShifted: app.deps.config.clockShifted,
  };
}

async function limitAttempts(app: App, key: string, limit: number, now: number): Promise<void> {
  const { attempts, since } = await countLoginAttempt(app.deps.pool, key, now, WINDOW_MS);
  if (attempts <= limit) return;
  const seconds = Math.max(1, Math.ceil((since + WINDOW_MS - now) / 1000));
  throw new Problem(429, 'too-many-attempts', `登录失败次数过多，请 ${Math.ceil(seconds / 60)} 分钟后再试。`, {
    retryAfterSeconds: seconds,
  });
}

function attemptKey(name: string, address: string): string {
  return createHash('sha256').update(`${name}\n${address}`).digest('hex');
}
