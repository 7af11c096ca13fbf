import { Type } from '@fastify/type-provider-typebox';
import { finishSetup, findSetup } from '../../db/queries/setup.ts';
import type { App } from '../app-type.ts';
import { hashPassword, PASSWORD_MAX, PASSWORD_MIN } from '../password.ts';
import { Problem } from '../problem.ts';
import { StringOrNull } from '../schemas.ts';
import { tokenHash } from '../token.ts';

const TokenParams = Type.Object({ token: Type.String({ minLength: 1, maxLength: 100 }) });

/** One-time links: the first administrator names themselves, an invited person sets a password. */
export async function setupRoutes(app: App): Promise<void> {
  app.get(
    '/api/setup/:token',
    {
      schema: {
        tags: ['session'],
        summary: '查看设置链接',
        params: TokenParams,
        response: { 200: Type.Object({ name: StringOrNull, firstAdministrator: Type.Boolean() }) },
      },
    },
    async (request) => {
      const setup = await findSetup(app.deps.pool, tokenHash(request.params.token), app.deps.wallClock.now());
      if (setup === null) throw spent();
      return { name: setup.name, firstAdministrator: setup.userId === null };
    },
  );

  app.post(
    '/api/setup/:token',
    {
      config: { withoutIdempotencyKey: true },
      schema: {
        tags: ['session'],
        summary: '用设置链接建立账号或设置密码',
        description: '首位管理员要给出姓名；受邀者的姓名已定。链接只能用一次。',
        params: TokenParams,
        body: Type.Object({
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          password: Type.String({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX }),
        }),
        response: { 200: Type.Object({ name: Type.String() }) },
      },
    },
    async (request) => {
      const { pool, wallClock } = app.deps;
      const { name, password } = request.body;
      const now = wallClock.now();
      const hash = tokenHash(request.params.token);
      const setup = await findSetup(pool, hash, now);
      if (setup === null) throw spent();
      const chosen = setup.name ?? name?.trim();
      if (chosen === undefined || chosen === '') {
        throw new Problem(400, 'validation-failed', '请给出管理员的姓名。', { field: 'name' });
      }
      const outcome = await finishSetup(pool, {
        tokenHash: hash,
        name: chosen,
        passwordHash: await hashPassword(password),
        now,
      });
      if (outcome === 'spent') throw spent();
      if (outcome === 'name-taken') throw new Problem(409, 'name-taken', '这个姓名已有账号。', { field: 'name' });
      return { name: chosen };
    },
  );
}

function spent(): Problem {
  return new Problem(410, 'setup-link-spent', '这个设置链接已用过或已过期，请向管理员要新的。');
}
