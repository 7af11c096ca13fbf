import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { saveDraft } from '../../db/sheets.ts';
import { readSheetTable, sheetTable, type SheetHead } from '../../domain/papers/sheet-table.ts';
import type { App } from '../app-type.ts';
import { contentDisposition } from '../content-disposition.ts';
import { papersOf, XLSX } from '../papers-port.ts';
import { Problem } from '../problem.ts';
import { sheetMonthFor, sheetToFill } from '../sheet-access.ts';
import { FaultySheet, faultyResponse, sheetErrors } from '../sheet-faults.ts';
import { loadSheet, type LoadedSheet } from '../sheet-lines.ts';
import { SheetPage, sheetPage } from '../sheet-view.ts';
import { SheetParams } from './sheets.ts';

/** A sheet of some hundred tasks is some hundred kilobytes. */
const MAX_TABLE_BYTES = 10 * 1024 * 1024;
const Binary = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/** The monthly sheet out to Excel and back in. What comes back is a draft to look at, whole or not at all. */
export async function sheetTablesRoutes(app: App): Promise<void> {
  sheetErrors(app);
  if (!app.hasDecorator('multipartErrors')) await app.register(multipart);

  app.get(
    '/api/sheets/:id/months/:month/month.xlsx',
    {
      schema: {
        tags: ['sheets'],
        summary: '下载本月月报（Excel），填好后可再上传',
        params: SheetParams,
        response: { 200: { description: 'XLSX', content: { [XLSX]: { schema: Binary } } } },
      },
    },
    async (request, reply) => {
      const row = await sheetMonthFor(app, request.actor, request.params.id, request.params.month);
      const loaded = await loadSheet(app, request.actor, row);
      const head = headOf(loaded);
      const { layout, rows } = sheetTable(head, loaded.lines);
      const name = `${head.department}${head.month}月报.xlsx`;
      reply.type(XLSX).header('content-disposition', contentDisposition('attachment', name));
      return reply.send(papersOf(app).workbook(layout, rows));
    },
  );

  app.post(
    '/api/sheets/:id/months/:month/xlsx',
    {
      bodyLimit: MAX_TABLE_BYTES + 64 * 1024,
      schema: {
        tags: ['sheets'],
        summary: '上传填好的月报（Excel），存为草稿',
        description: '整份校验，有一处不对就一行也不保存，并逐条说明。multipart/form-data，字段名 file。',
        params: SheetParams,
        querystring: Type.Object(
          { version: Type.Optional(Type.Integer({ minimum: 0, description: '所见的草稿版本；不填则替换现有草稿' })) },
          { additionalProperties: false },
        ),
        consumes: ['multipart/form-data'],
        response: { 200: SheetPage, ...faultyResponse },
      },
    },
    async (request, reply) => {
      const { id, month } = request.params;
      const row = await sheetToFill(app, request.actor, id, month);
      const bytes = await uploaded(request);
      const loaded = await loadSheet(app, request.actor, row);
      const table = await papersOf(app).readTable(bytes);
      if ('refused' in table)
        throw new Problem(statusOf(table.refused.code), table.refused.code, table.refused.detail, { field: 'file' });
      const read = readSheetTable(headOf(loaded), loaded.lines, table);
      if ('faults' in read)
        throw new FaultySheet(
          'sheet-table-wrong',
          read.faults.map((fault) => ({ ...fault, task: null })),
        );
      const { entries } = read;
      const seen = request.query.version ?? loaded.draft?.version ?? 0;
      const now = app.deps.clock.now();
      const by = request.actor.id;
      // The stored answer holds no words: drafts are sealed.
      await app.idempotent(
        request,
        reply,
        async (tx) => {
          const version = await saveDraft(tx.$client, app.vault, { sheet: id, month }, { seen, entries, by, now });
          if (version === null)
            throw new Problem(409, 'stale', '草稿已被他人另行保存，请刷新后再上传。', { field: 'version' });
          return { status: 200, body: { version } };
        },
        createHash('sha256').update(bytes).digest('hex'),
      );
      return sheetPage(request.actor, await loadSheet(app, request.actor, row));
    },
  );
}

function headOf({ row }: LoadedSheet): SheetHead {
  return {
    sheet: row.sheet,
    month: row.month,
    plan: row.planTitle ?? '',
    department: row.departmentName ?? row.department,
  };
}

async function uploaded(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new Problem(415, 'unsupported-media-type', '请以 multipart/form-data 上传文件。');
  const file = await request.file({ limits: { fileSize: MAX_TABLE_BYTES, files: 1, fields: 5 } });
  if (file === undefined) throw new Problem(422, 'file-missing', '没有收到文件。', { field: 'file' });
  const bytes = await file.toBuffer();
  if (bytes.length === 0) throw new Problem(422, 'empty', '文件是空的。', { field: 'file' });
  return bytes;
}

function statusOf(code: string): 413 | 415 | 422 {
  if (code === 'too-large' || code === 'zip-bomb') return 413;
  return code === 'unsupported-type' || code === 'legacy-office' ? 415 : 422;
}
