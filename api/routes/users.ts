import { createHmac } from 'node:crypto';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { deleteSessionsOf } from '../../db/queries/sessions.ts';
import { insertSetupToken } from '../../db/queries/setup.ts';
import {
  countAdministrators,
  findUser,
  insertUser,
  listUsers,
  lockUser,
  replacePosts,
  unknownPostDepartments,
  updateUser,
  userNameIsTaken,
  type UserRow,
} from '../../db/queries/users.ts';
import type { Queryable } from '../../db/pool.ts';
import { BUREAU, type Post } from '../../domain/decider.ts';
import type { App } from '../app-type.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { hashPassword, PASSWORD_MAX, PASSWORD_MIN } from '../password.ts';
import { bodyDigest, idempotencyKey } from '../plugins/idempotency.ts';
import { requireRole } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import { IdParams, IdSchema, LIST_LIMIT_DEFAULT, ListQuery, page, PostSchema, StringOrNull } from '../schemas.ts';
import { tokenHash } from '../token.ts';

const INVITATION_LASTS_MS = 7 * 24 * 3_600_000;

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`^\S(.*\S)?$`, description: '登录名' });
const MailOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'email', maxLength: 200 });
const Posts = Type.Array(PostSchema, { maxItems: 50, description: '所任岗位' });

const User = Type.Object({
  id: IdSchema,
  name: Type.String(),
  mail: StringOrNull,
  active: Type.Boolean(),
  hasPassword: Type.Boolean(),
  version: Type.Integer(),
  posts: Type.Array(PostSchema),
});
const SetupToken = Type.String({ description: '一次性设置链接的令牌：/setup/<令牌>，7 天有效，只显示这一次' });

const admin = { onRequest: requireRole('administrator') };

/** Accounts, for administrators. */
export async function usersRoutes(app: App): Promise<void> {
  app.get(
    '/api/users',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '账号列表',
        querystring: Type.Object(ListQuery, { additionalProperties: false }),
        response: { 200: page(User) },
      },
    },
    async (request) => {
      const { pool, secretKey } = app.deps;
      const { cursor, limit = LIST_LIMIT_DEFAULT } = request.query;
      const after = cursor === undefined ? null : String(openCursor(secretKey, 'users', cursor)[0]);
      const { rows, more } = await listUsers(pool, after, limit);
      const last = rows.at(-1);
      return { items: rows, nextCursor: more && last !== undefined ? sealCursor(secretKey, 'users', [last.id]) : null };
    },
  );

  app.post(
    '/api/users',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '新建账号',
        description: '不给初始密码时返回一次性设置链接的令牌，由本人设置密码。',
        body: Type.Object(
          {
            name: Name,
            mail: Type.Optional(MailOrNull),
            posts: Posts,
            password: Type.Optional(Type.String({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX })),
          },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ user: User, setupToken: Type.Union([SetupToken, Type.Null()]) }) },
      },
    },
    async (request, reply) => {
      const { name, mail = null, posts, password } = request.body;
      const passwordHash = password === undefined ? null : await hashPassword(password);
      const token = invitation(app, request);
      const now = app.deps.wallClock.now();
      const user = await app.idempotent(
        request,
        reply,
        async (tx) => {
          const db = tx.$client;
          await mustBeKnown(db, posts);
          const id = await insertUser(db, { name, mail, passwordHash, now });
          if (id === null) throw nameTaken();
          await replacePosts(db, id, posts);
          if (passwordHash === null) await invite(db, id, token, now);
          return { status: 201, body: mustExist(await findUser(db, id)) };
        },
        // The digest is stored, and one of a password could be guessed at: it has no part in it.
        bodyDigest({ name, mail, posts }),
      );
      return { user, setupToken: password === undefined ? token : null };
    },
  );

  app.patch(
    '/api/users/:id',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '修改账号、岗位，停用或恢复',
        params: IdParams,
        body: Type.Object(
          {
            version: Type.Integer({ minimum: 1 }),
            name: Type.Optional(Name),
            mail: Type.Optional(MailOrNull),
            active: Type.Optional(Type.Boolean()),
            posts: Type.Optional(Posts),
          },
          { additionalProperties: false },
        ),
        response: { 200: User },
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const db = tx.$client;
        const { version, posts, ...change } = request.body;
        const before = mustExist(await lockUser(db, request.params.id));
        if (before.version !== version)
          throw new Problem(409, 'stale', '这个账号刚被他人改动，请刷新后再改。', { field: 'version' });
        const after = { ...before, ...change };
        if (after.name !== before.name && (await userNameIsTaken(db, after.name, before.id))) throw nameTaken();
        const administrators = await countAdministrators(db);
        await updateUser(db, before.id, after);
        if (posts !== undefined) {
          await mustBeKnown(db, posts);
          await replacePosts(db, before.id, posts);
        }
        // Counted before and after: an installation that never had one is not stopped from being repaired.
        if (administrators > 0 && (await countAdministrators(db)) === 0) {
          throw new Problem(409, 'last-administrator', '这是最后一位能登录的系统管理员，不能停用或免去其岗位。');
        }
        if (!after.active) await deleteSessionsOf(db, before.id);
        return { status: 200, body: mustExist(await findUser(db, before.id)) };
      }),
  );

  app.post(
    '/api/users/:id/setup-link',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '签发重设密码的链接',
        params: IdParams,
        response: { 201: Type.Object({ setupToken: SetupToken }) },
      },
    },
    async (request, reply) => {
      const token = invitation(app, request);
      await app.idempotent(request, reply, async (tx) => {
        const user = mustExist(await lockUser(tx.$client, request.params.id));
        if (!user.active) throw new Problem(409, 'user-inactive', '账号已停用。');
        await invite(tx.$client, user.id, token, app.deps.wallClock.now());
        return { status: 201, body: null };
      });
      return { setupToken: token };
    },
  );
}

/** Made anew from the request, so that its repetition answers the same without the token ever being stored. */
function invitation(app: App, request: FastifyRequest): string {
  return createHmac('sha256', app.deps.secretKey)
    .update(['invitation', request.actor.id, request.url, idempotencyKey(request)].join('\n'))
    .digest('base64url');
}

async function invite(db: Queryable, userId: string, token: string, now: number): Promise<void> {
  await db.query('delete from setup_tokens where user_id = $1', [userId]);
  await insertSetupToken(db, { tokenHash: tokenHash(token), userId, now, expiresAt: now + INVITATION_LASTS_MS });
}

async function mustBeKnown(db: Queryable, posts: readonly Post[]): Promise<void> {
  const [unknown] = await unknownPostDepartments(
    db,
    posts.filter((post) => post.department !== BUREAU),
  );
  if (unknown !== undefined) {
    throw new Problem(422, 'unknown-department', `没有这个部门，或已停用：${unknown}`, { field: 'posts' });
  }
}

function mustExist(user: UserRow | null): UserRow {
  if (user === null) throw new Problem(404, 'not-found', '没有这个账号。');
  return user;
}

function nameTaken(): Problem {
  return new Problem(409, 'name-taken', '这个姓名已有账号。', { field: 'name' });
}
