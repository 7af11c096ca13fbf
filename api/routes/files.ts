import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fileBytes, findFile, saveFile, type StoredFile } from '../../db/files.ts';
import type { App } from '../app-type.ts';
import { contentDisposition } from '../content-disposition.ts';
import { sniffFile } from '../file-kinds.ts';
import { withoutMetadata } from '../image-metadata.ts';
import { Problem } from '../problem.ts';
import { IdParams, IdSchema } from '../schemas.ts';

const StoredFileSchema = Type.Object({
  id: IdSchema,
  name: Type.String(),
  mediaType: Type.String({ description: '按文件内容判定的类型' }),
  size: Type.Integer({ description: '存储的字节数' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

/** Shown in the browser; everything else is only ever saved. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf']);
const FORM_OVERHEAD = 64 * 1024;
/** A file is held whole while it is examined and sealed: three times its size, times so many at once. */
const AT_ONCE = 4;

/** Evidence and scanned papers: what the bytes are decides, photos lose their metadata, everything is kept sealed. */
export async function filesRoutes(app: App): Promise<void> {
  const { maxFileBytes } = app.deps.config;
  let receiving = 0;
  await app.register(multipart, { limits: { fileSize: maxFileBytes, files: 1, fields: 5, parts: 6 } });

  app.post(
    '/api/files',
    {
      bodyLimit: maxFileBytes + FORM_OVERHEAD,
      schema: {
        tags: ['files'],
        summary: '上传佐证或扫描件',
        description: 'multipart/form-data，字段名 file。照片会去除拍摄位置等信息。',
        consumes: ['multipart/form-data'],
        response: { 201: StoredFileSchema },
      },
    },
    async (request, reply) => {
      if (receiving >= AT_ONCE) {
        throw new Problem(503, 'uploads-busy', '同时上传的人较多，请稍后再传。', { retryAfterSeconds: 5 });
      }
      receiving += 1;
      try {
        return await store(app, request, reply);
      } finally {
        receiving -= 1;
      }
    },
  );

  app.get(
    '/api/files/:id',
    {
      schema: {
        tags: ['files'],
        summary: '下载文件',
        params: IdParams,
        produces: ['application/octet-stream'],
        response: { 200: Type.Unsafe<Readable>({ type: 'string', format: 'binary', description: '文件内容' }) },
      },
    },
    async (request, reply) => {
      const file = await findFile(app.deps.pool, request.params.id);
      if (file === null) throw new Problem(404, 'not-found', '没有这个文件。');
      return reply
        .headers({
          'content-type': file.mediaType.startsWith('text/') ? 'text/plain; charset=utf-8' : file.mediaType,
          'content-length': file.size,
          'content-disposition': contentDisposition(SHOWN.has(file.mediaType) ? 'inline' : 'attachment', file.name),
          // Uploaded files may hold scripts: nothing of them runs under our name.
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .serializer((stream: Readable) => stream as unknown as string)
        .send(Readable.from(fileBytes(app.deps.pool, app.vault, file)));
    },
  );
}

async function store(app: App, request: FastifyRequest, reply: FastifyReply): Promise<StoredFile> {
  const { name, bytes } = await receive(request, app.deps.config.maxFileBytes);
  const kind = sniffFile(bytes, name);
  if (kind === null) {
    const detail = '不支持这种文件，请上传图片、PDF、办公文档、音视频、压缩包或文本。';
    throw new Problem(415, 'unsupported-file', detail, { field: 'file' });
  }
  const clean = withoutMetadata(bytes, kind.mediaType);
  if (clean === null) {
    throw new Problem(422, 'damaged-file', '图片已损坏，无法去除拍摄信息，请重新导出后上传。', { field: 'file' });
  }
  const sha256 = createHash('sha256').update(clean).digest('hex');
  const file = { name, mediaType: kind.mediaType, sha256, bytes: clean };
  const about = { by: request.actor.id, now: app.deps.clock.now() };
  return app.idempotent(
    request,
    reply,
    async (tx) => ({ status: 201, body: await saveFile(tx.$client, app.vault, { ...file, ...about }) }),
    createHash('sha256').update(`${name}\n${sha256}`).digest('hex'),
  );
}

async function receive(request: FastifyRequest, most: number): Promise<{ name: string; bytes: Buffer }> {
  const part = await request.file();
  if (part === undefined || part.fieldname !== 'file') {
    throw new Problem(400, 'file-required', '请在字段 file 中附上文件。', { field: 'file' });
  }
  const bytes = await part.toBuffer().catch((error: unknown) => {
    if (part.file.truncated) throw tooLarge(most);
    throw error;
  });
  if (part.file.truncated) throw tooLarge(most);
  if (bytes.length === 0) throw new Problem(400, 'file-required', '文件是空的。', { field: 'file' });
  return { name: fileName(part.filename), bytes };
}

function tooLarge(most: number): Problem {
  return new Problem(413, 'file-too-large', `文件超过 ${Math.floor(most / 1024 / 1024)} MB，请压缩或分开上传。`, {
    field: 'file',
  });
}

/** The last part of a path, without characters that mean something to a file system, at most 200 characters. */
function fileName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = last.replaceAll(/[\u0000-\u001f\u007f<>:"|?*]/g, '_').trim();
  return clean === '' || clean === '.' || clean === '..' ? '未命名' : [...clean].slice(-200).join('');
}
