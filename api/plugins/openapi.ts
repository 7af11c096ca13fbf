import swagger from '@fastify/swagger';
import { Type } from '@fastify/type-provider-typebox';
import reference from '@scalar/fastify-api-reference';
import fp from 'fastify-plugin';
import { ProblemSchema } from '../problem.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

const WriteHeaders = Type.Object({
  'idempotency-key': Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^[\\x21-\\x7e]+$',
    description: '每次写入用一个新键；重试同一次写入时用同一个键，结果只生效一次。',
  }),
});

/** The one form that routes take. Fastify reads no schema for forms, so it stands here for the reader. */
const FileForm = Type.Object({ file: Type.Unsafe<string>({ type: 'string', format: 'binary' }) });

/** The description of the API, made from the very schemas that check requests, at `/openapi.json`, and a page to read it. */
export const openapiPlugin = fp(async (app) => {
  app.addSchema(ProblemSchema);
  // Every route can refuse: one shape for all refusals, added where it cannot be forgotten.
  app.addHook('onRoute', (route) => {
    if (route.schema === undefined || route.schema.hide === true) return;
    const content = { 'application/problem+json': { schema: { $ref: 'Problem#' } } };
    const response = (route.schema.response ?? {}) as Record<string, unknown>;
    route.schema = {
      ...route.schema,
      response: {
        ...response,
        '4xx': response['4xx'] ?? { description: '请求被拒绝', content },
        '5xx': response['5xx'] ?? { description: '服务暂不可用', content },
      },
    };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bihuan 闭环',
        version: '0.1.0',
        description: '城管执法行动计划任务闭环跟踪：每项写入都要带 Idempotency-Key；错误为 application/problem+json。',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'bihuan_session' } },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, at) => String(json.$id ?? `def-${at}`) },
    transform: ({ schema, url, route }) => {
      const reads = [route.method].flat().every((method) => READS.includes(method));
      const form = schema?.consumes?.includes('multipart/form-data') === true && schema.body === undefined;
      return {
        url,
        schema: {
          ...schema,
          // For the reader only: the guarded scope checks the key itself, with a code of its own.
          ...(reads || route.config?.withoutIdempotencyKey === true ? {} : { headers: WriteHeaders }),
          ...(form ? { body: FileForm } : {}),
        },
      };
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger());
  });
  await app.register(reference, {
    routePrefix: '/reference',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Bihuan 闭环 · API',
      // No fonts, telemetry or assistants from elsewhere: bureaus have no way out.
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
    },
  });
});
