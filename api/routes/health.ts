import { Type } from '@fastify/type-provider-typebox';
import type { App } from '../app-type.ts';

const Ready = Type.Object({
  status: Type.Unsafe<'ready' | 'not-ready'>({ type: 'string', enum: ['ready', 'not-ready'] }),
  database: Type.Boolean(),
  temporal: Type.Boolean({ description: '不在时仍可查阅，操作会稍后再答' }),
});

/** For supervisors and load balancers; public, and says nothing of the bureau. */
export async function healthRoutes(app: App): Promise<void> {
  app.get(
    '/healthz',
    {
      schema: {
        tags: ['operations'],
        summary: '进程在运行',
        response: { 200: Type.Object({ status: Type.Literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    { schema: { tags: ['operations'], summary: '可以接受请求', response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const database = await app.deps.pool.query('select 1').then(
        () => true,
        () => false,
      );
      const temporal = app.deps.temporal.client !== null;
      return reply.code(database ? 200 : 503).send({ status: database ? 'ready' : 'not-ready', database, temporal });
    },
  );
}
