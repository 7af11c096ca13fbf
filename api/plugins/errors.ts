import fp from 'fastify-plugin';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemBody } from '../problem.ts';
import { validationText } from '../validation-text.ts';

/** Fastify's own errors that a sender can cause, by code. */
const FRAMEWORK: Record<string, [status: number, code: string, detail: string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'invalid-json', '请求内容不是有效的 JSON。'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'invalid-json', '请求内容为空，应为 JSON。'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'invalid-content-length', '请求的长度与声明的不符。'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large', '请求内容超过允许的大小。'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'unsupported-media-type', '不支持这种内容类型，请以 JSON 提交。'],
  FST_ERR_BAD_URL: [400, 'invalid-url', '网址格式不对。'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'url-too-long', '网址过长。'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [415, 'unsupported-media-type', '请以 multipart/form-data 上传文件。'],
  FST_REQ_FILE_TOO_LARGE: [413, 'file-too-large', '文件超过允许的大小。'],
  FST_FILES_LIMIT: [413, 'too-many-files', '一次只能上传一个文件。'],
  FST_PARTS_LIMIT: [413, 'too-many-parts', '上传的内容过多。'],
  FST_FIELDS_LIMIT: [413, 'too-many-parts', '上传的内容过多。'],
};

/** Postgres refuses NUL and half surrogate pairs in text and JSON: that is the sender's input, not our failure. */
const UNSTORABLE = new Set(['22021', '22P05']);
const DATABASE_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
  '08003',
]);

/** Every error leaves as problem+json in Chinese with a stable code; what nobody foresaw is logged and says nothing of itself. */
export const errorsPlugin = fp(async (app) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error, request);
    if (problem.status >= 500)
      request.log.error({ err: problem.cause ?? problem, code: problem.code }, 'request failed');
    return sendProblem(reply, problem);
  });
});

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problemBody(problem.status, problem.code, problem.message, problem.field));
}

export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

function asProblem(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error.validation !== undefined) {
    const { detail, field } = validationText(error.validation, error.validationContext);
    return new Problem(400, 'validation-failed', detail, field === undefined ? {} : { field });
  }
  const known = FRAMEWORK[error.code];
  if (known !== undefined) return new Problem(...known);
  const code = databaseCode(error);
  if (code !== undefined && UNSTORABLE.has(code)) {
    return new Problem(400, 'invalid-character', '内容含有不能保存的字符（空字符或残缺字符）。');
  }
  if (code !== undefined && DATABASE_AWAY.has(code)) {
    return new Problem(503, 'database-unavailable', '数据库暂时无法访问，请稍后再试。', {
      retryAfterSeconds: 5,
      cause: error,
    });
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    request.log.info({ err: error }, 'refused by the framework');
    return new Problem(error.statusCode, 'bad-request', '请求无法处理。');
  }
  return new Problem(500, 'internal-error', '服务器内部出错，已记录。', { cause: error });
}

/** drizzle wraps the driver's error: the code is on the innermost cause. */
export function databaseCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && !at.code.startsWith('FST_')) return at.code;
  }
  return undefined;
}
