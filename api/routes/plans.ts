import { createHash } from 'node:crypto';
import multipart, { type MultipartFile } from '@fastify/multipart';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { importDraft } from '../../db/plans/import-draft.ts';
import { listPlans, planOfFile } from '../../db/plans/plan-queries.ts';
import { loadPlan, previewOpenings } from '../../db/plans/preview.ts';
import { PLAN_STATUSES } from '../../db/schema/plans.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { PERMISSIONS } from '../permissions.ts';
import { PlanDetail, planDetail, PlanListItem, planListItem } from '../plan-view.ts';
import { planErrors } from '../plan-errors.ts';
import { requireRole } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import type { PlanFileRefused } from '../read-plan-file.ts';
import { CivilDateSchema, codes, IdParams, IdSchema } from '../schemas.ts';

/** A plan is some hundred kilobytes; with pictures some megabytes. */
const MAX_PLAN_BYTES = 50 * 1024 * 1024;

const Imported = Type.Object({
  id: IdSchema,
  status: codes(PLAN_STATUSES),
  created: Type.Boolean({ description: '同一份文件已导入过时为 false，给出的是原来的计划' }),
});

/** Plans as documents: handed in, listed, read. Everybody signed in may read; the plan is the bureau's own. */
export async function plansRoutes(app: App): Promise<void> {
  planErrors(app);
  if (!app.hasDecorator('multipartErrors')) await app.register(multipart);

  app.get(
    '/api/plans',
    {
      schema: {
        tags: ['plans'],
        summary: '行动计划列表，新的在前',
        response: { 200: Type.Object({ items: Type.Array(PlanListItem) }) },
      },
    },
    async () => ({ items: (await listPlans(app.deps.db)).map(planListItem) }),
  );

  app.post(
    '/api/plans',
    {
      onRequest: requireRole(...PERMISSIONS['plans.import']),
      schema: {
        tags: ['plans'],
        summary: '上传行动计划（txt、html、docx、pdf、xlsx），读成草稿',
        consumes: ['multipart/form-data'],
        response: { 200: Imported, 201: Imported },
      },
    },
    async (request, reply) => {
      const { bytes, filename } = await uploaded(request);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const known = await planOfFile(app.deps.db, sha256);
      const read = known === null ? await readPlan(app, bytes, filename) : null;
      return app.idempotent(
        request,
        reply,
        async (tx) => {
          if (known !== null || read === null)
            return { status: 200, body: { id: known?.id ?? '', status: known?.status ?? 'draft', created: false } };
          const imported = await importDraft(tx, {
            ...read,
            sourceSha256: sha256,
            filename,
            by: request.actor.id,
            now: app.deps.clock.now(),
          });
          const { planId, status, created } = imported;
          return { status: created ? 201 : 200, body: { id: planId, status, created } };
        },
        sha256,
      );
    },
  );

  app.get(
    '/api/plans/:id',
    {
      schema: {
        tags: ['plans'],
        summary: '一份行动计划：任务、疑问、部门对应、统计',
        params: IdParams,
        querystring: Type.Object(
          { goLive: Type.Optional(CivilDateSchema) },
          { additionalProperties: false, description: '草稿按此启用日试算期数，默认今天' },
        ),
        response: { 200: PlanDetail },
      },
    },
    async (request) => {
      const { db, clock } = app.deps;
      const loaded = await loadPlan(db, request.params.id);
      const goLive = loaded.plan.goLive ?? request.query.goLive ?? civilDate(clock.now());
      return planDetail(loaded, await previewOpenings(db, loaded, goLive, clock.now()));
    },
  );

  app.get(
    '/api/plans/:id/source',
    {
      schema: {
        tags: ['plans'],
        summary: '计划原文（提取出的文字），行号与疑问的行号一致',
        params: IdParams,
        response: { 200: Type.Object({ filename: Type.String(), text: Type.String() }) },
      },
    },
    async (request) => {
      const { plan } = await loadPlan(app.deps.db, request.params.id);
      return { filename: plan.sourceFilename, text: plan.sourceText };
    },
  );
}

/** The one file of the form. 413 and 415 come from the multipart plugin by code. */
async function uploaded(request: FastifyRequest): Promise<{ bytes: Buffer; filename: string }> {
  if (!request.isMultipart()) throw new Problem(415, 'unsupported-media-type', '请以 multipart/form-data 上传文件。');
  const file: MultipartFile | undefined = await request.file({
    limits: { fileSize: MAX_PLAN_BYTES, files: 1, fields: 5 },
  });
  if (file === undefined) throw new Problem(422, 'file-missing', '没有收到文件。', { field: 'file' });
  const bytes = await file.toBuffer();
  if (bytes.length === 0) throw new Problem(422, 'empty', '文件是空的。', { field: 'file' });
  return { bytes, filename: file.filename === '' ? '未命名' : file.filename };
}

async function readPlan(app: App, bytes: Buffer, filename: string) {
  const { readPlanFile } = app.deps;
  if (!readPlanFile) throw new Problem(503, 'plan-reading-unavailable', '此进程不读取计划文件，请稍后再试。');
  const read = await readPlanFile({ bytes, filename });
  if ('refused' in read) throw fileRefused(read);
  if (read.reading.tasks.length === 0) {
    const detail =
      read.reading.problems[0]?.detail ?? '文件中没有找到责任单位、完成时间等任务标注，不是可读取的行动计划。';
    throw new Problem(422, 'no-task-found', detail, { field: 'file' });
  }
  return read;
}

function fileRefused({ refused }: PlanFileRefused): Problem {
  const status =
    { 'unsupported-type': 415, 'legacy-office': 415, 'too-large': 413, 'zip-bomb': 413 }[refused.code] ?? 422;
  return new Problem(status, refused.code, refused.detail, { field: 'file' });
}
