import { Type } from '@fastify/type-provider-typebox';
import { deleteSessionsOf } from '../../db/queries/sessions.ts';
import { mailPreferences, passwordHashOf, saveMailPreferences, setPassword } from '../../db/queries/users.ts';
import { MAIL_MODES } from '../../db/schema/people.ts';
import { NOTICE_KINDS } from '../../domain/decider.ts';
import type { App } from '../app-type.ts';
import { hashPassword, PASSWORD_MAX, PASSWORD_MIN, passwordMatches } from '../password.ts';
import { bodyDigest } from '../plugins/idempotency.ts';
import { sessionToken } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import { codes } from '../schemas.ts';
import { tokenHash } from '../token.ts';

const TimeOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

const Preferences = Type.Object(
  {
    mode: codes(MAIL_MODES, 'off 不发邮件，digest 每日汇总，single 逐条'),
    kinds: Type.Array(codes(NOTICE_KINDS), { uniqueItems: true, maxItems: NOTICE_KINDS.length }),
    quietFrom: TimeOrNull,
    quietUntil: TimeOrNull,
  },
  { additionalProperties: false },
);

/** What a person sets for themselves. */
export async function meRoutes(app: App): Promise<void> {
  app.get(
    '/api/me/preferences',
    { schema: { tags: ['session'], summary: '本人的邮件设置', response: { 200: Preferences } } },
    async (request) =>
      (await mailPreferences(app.deps.pool, request.actor.id)) ?? {
        mode: 'digest' as const,
        kinds: [...NOTICE_KINDS],
        quietFrom: null,
        quietUntil: null,
      },
  );

  app.put(
    '/api/me/preferences',
    { schema: { tags: ['session'], summary: '修改本人的邮件设置', body: Preferences, response: { 200: Preferences } } },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { body } = request;
        if ((body.quietFrom === null) !== (body.quietUntil === null)) {
          throw new Problem(400, 'validation-failed', '免打扰时段要同时给出起止时间。', { field: 'quietUntil' });
        }
        await saveMailPreferences(tx.$client, request.actor.id, body);
        return { status: 200, body };
      }),
  );

  app.put(
    '/api/me/password',
    {
      schema: {
        tags: ['session'],
        summary: '修改本人密码',
        description: '其他地方的登录随之失效。',
        body: Type.Object(
          {
            current: Type.String({ minLength: 1, maxLength: PASSWORD_MAX }),
            password: Type.String({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ changed: Type.Boolean() }) },
      },
    },
    (request, reply) => {
      const { current, password } = request.body;
      const { pool } = app.deps;
      return app.idempotent(
        request,
        reply,
        async (tx) => {
          if (!(await passwordMatches(current, await passwordHashOf(pool, request.actor.id)))) {
            throw new Problem(403, 'wrong-credentials', '现用密码不对。', { field: 'current' });
          }
          await setPassword(tx.$client, request.actor.id, await hashPassword(password));
          const token = sessionToken(request);
          await deleteSessionsOf(tx.$client, request.actor.id, token === null ? null : tokenHash(token));
          return { status: 200, body: { changed: true } };
        },
        // The digest is stored, and one of a password could be guessed at: the body has no part in it.
        bodyDigest('password'),
      );
    },
  );
}
