import { Type, type Static } from '@fastify/type-provider-typebox';
import { addTask } from '../../db/plans/add-task.ts';
import { comparePlans } from '../../db/plans/compare.ts';
import { planOverview } from '../../db/plans/plan-overview.ts';
import { loadPlan } from '../../db/plans/preview.ts';
import { publishPlan } from '../../db/plans/publish.ts';
import { publishRevision, revisionBase } from '../../db/plans/publish-revision.ts';
import { withdrawPlan } from '../../db/plans/withdraw.ts';
import { REVISE_SIGNAL } from '../../workflows/messages.ts';
import type { App } from '../app-type.ts';
import { PERMISSIONS } from '../permissions.ts';
import { planErrors, refusalResponse } from '../plan-errors.ts';
import { DifferenceView, differenceView, OverviewView, overviewView } from '../plan-overview-view.ts';
import { requireRole } from '../plugins/session.ts';
import { CivilDateSchema, IdParams, IdSchema } from '../schemas.ts';

const Published = Type.Object({
  id: IdSchema,
  goLive: CivilDateSchema,
  tasks: Type.Integer({ description: '启动的任务数' }),
  departments: Type.Integer({ description: '开始报月报的部门数' }),
  evaluations: Type.Integer(),
  revision: Type.Optional(
    Type.Object({
      runningPlan: IdSchema,
      continued: Type.Integer(),
      added: Type.Integer(),
      dropped: Type.Integer(),
      merged: Type.Integer(),
    }),
  ),
});

/** A draft goes live, revises a running plan, or is withdrawn; and the whole plan on one page. */
export async function planPublicationRoutes(app: App): Promise<void> {
  planErrors(app);
  const mayPublish = requireRole(...PERMISSIONS['plans.publish']);

  app.post(
    '/api/plans/:id/publish',
    {
      onRequest: mayPublish,
      // Everything in it has a default: a request without a body means them all.
      preValidation: async (request) => {
        request.body ??= {};
      },
      schema: {
        tags: ['plans'],
        summary: '发布草稿：每项任务启动一个流程；或作为修订稿发布',
        params: IdParams,
        body: Type.Object(
          {
            goLive: Type.Optional(CivilDateSchema),
            confirmAssumptions: Type.Optional(
              Type.Boolean({ description: '接受修复和推定之处（标记待确认），未知部门按原名新建' }),
            ),
            revises: Type.Optional(
              Type.Object(
                { plan: IdSchema, documentNumber: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }) },
                { additionalProperties: false, description: '修订哪份已发布的计划，及其文号' },
              ),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Published, ...refusalResponse },
      },
    },
    async (request, reply) =>
      app.idempotent<Static<typeof Published>>(request, reply, async (tx) => {
        const { goLive = null, confirmAssumptions = false, revises } = request.body;
        const planId = request.params.id;
        const input = { planId, goLive, confirmAssumptions, by: request.actor.id, now: app.deps.clock.now() };
        if (revises === undefined) {
          const { planId: id, ...published } = await publishPlan(tx.$client, input);
          return { status: 200, body: { id, ...published } };
        }
        const applied = await publishRevision(tx.$client, {
          ...input,
          revisesId: revises.plan,
          documentNumber: revises.documentNumber,
          signal: REVISE_SIGNAL,
        });
        const { runningPlanId: runningPlan, continued, added, dropped, merged } = applied;
        const revision = { runningPlan, continued, added, dropped, merged };
        return {
          status: 200,
          body: { id: planId, goLive: applied.goLive, tasks: added, departments: 0, evaluations: 0, revision },
        };
      }),
  );

  app.post(
    '/api/plans/:id/withdraw',
    {
      onRequest: mayPublish,
      schema: {
        tags: ['plans'],
        summary: '撤回计划：未办结的任务随之撤回，历史保留',
        params: IdParams,
        body: Type.Object(
          {
            ground: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }),
            documentNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ tasks: Type.Integer({ description: '随之撤回的任务数' }) }) },
      },
    },
    async (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { ground, documentNumber = null } = request.body;
        const body = await withdrawPlan(tx.$client, {
          planId: request.params.id,
          ground,
          documentNumber,
          signal: REVISE_SIGNAL,
          by: request.actor.id,
          now: app.deps.clock.now(),
        });
        return { status: 200, body };
      }),
  );

  app.get(
    '/api/plans/:id/overview',
    {
      schema: {
        tags: ['plans'],
        summary: '一页看全计划：按章节、部门、状态、逾期、下一到期',
        params: IdParams,
        response: { 200: OverviewView },
      },
    },
    async (request) => {
      const { db, pool } = app.deps;
      const { root } = await revisionBase(db, request.params.id);
      const { plan } = await loadPlan(db, root);
      return overviewView(plan, await planOverview(pool, root), app.deps.clock.now(), await departmentNames(app));
    },
  );

  app.get(
    '/api/plans/:id/difference',
    {
      schema: {
        tags: ['plans'],
        summary: '修订稿与已发布计划的差异：新增、删去、合并、改期、改部门',
        params: IdParams,
        querystring: Type.Object(
          { with: Type.String({ minLength: 1, maxLength: 100, description: '要比较的已发布计划' }) },
          { additionalProperties: false },
        ),
        response: { 200: DifferenceView },
      },
    },
    async (request) => {
      const { db } = app.deps;
      const { root, newest } = await revisionBase(db, request.query.with);
      // A published revision is shown beside the text that it replaced, not beside itself.
      const base = newest === request.params.id ? root : newest;
      return differenceView(await comparePlans(db, base, request.params.id));
    },
  );

  app.post(
    '/api/tasks',
    {
      onRequest: requireRole('supervising-office', 'director-office', 'administrator'),
      schema: {
        tags: ['tasks'],
        summary: '手工新增一项任务（领导交办）',
        body: Type.Object(
          {
            plan: Type.Optional(IdSchema),
            text: Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' }),
            heading: Type.Optional(Type.String({ maxLength: 500 })),
            departments: Type.Array(IdSchema, { minItems: 1, maxItems: 100, uniqueItems: true }),
            lead: Type.Optional(Type.Array(IdSchema, { maxItems: 100 })),
            deadline: Type.String({ minLength: 1, maxLength: 200, description: '如“2027年3月底前”“每季度”“长期坚持”' }),
            basis: Type.String({
              minLength: 1,
              maxLength: 500,
              pattern: '\\S',
              description: '交办依据：会议、批示或文号',
            }),
          },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ id: IdSchema, plan: IdSchema }) },
      },
    },
    async (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { plan = null, text, heading = '领导交办', departments, lead = [], deadline, basis } = request.body;
        const added = await addTask(tx.$client, {
          planId: plan,
          text,
          heading,
          departments,
          lead,
          deadline,
          basis,
          by: request.actor.id,
          now: app.deps.clock.now(),
        });
        return { status: 201, body: { id: added.id, plan: added.planId } };
      }),
  );
}

async function departmentNames(app: App): Promise<Map<string, string>> {
  const { rows } = await app.deps.pool.query<{ id: string; name: string }>('select id, name from departments');
  return new Map(rows.map((row) => [row.id, row.name]));
}
