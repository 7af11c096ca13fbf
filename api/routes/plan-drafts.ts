import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { ItemChange } from '../../db/plans/corrected-content.ts';
import {
  addItem,
  chooseDepartment,
  confirmItems,
  editItem,
  mergeItem,
  removeItem,
  type Edit,
} from '../../db/plans/edit-draft.ts';
import { DEPARTMENT_KINDS } from '../../db/schema/people.ts';
import type { App } from '../app-type.ts';
import { PERMISSIONS } from '../permissions.ts';
import { planErrors } from '../plan-errors.ts';
import { PlanItem, planItem } from '../plan-view.ts';
import { requireRole } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import { requiredVersion } from '../version-seen.ts';
import { codes, IdParams, IdSchema } from '../schemas.ts';

const Name = Type.String({ minLength: 1, maxLength: 100 });

const change = {
  path: Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 12 })),
  heading: Type.Optional(Type.String({ maxLength: 500 })),
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' })),
  departments: Type.Optional(Type.Array(Name, { maxItems: 100 })),
  lead: Type.Optional(Type.Array(Name, { maxItems: 100 })),
  openEnded: Type.Optional(Type.Boolean()),
  deadline: Type.Optional(
    Type.String({ maxLength: 200, description: '按计划的写法，如“2025年一季度”“每年”“长期坚持”' }),
  ),
  confirmedDeadlines: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0 }), {
      maxItems: 50,
      description: '正文中哪些时限（从0起的序号）设为有时限的子项',
    }),
  ),
};

const ItemPatch = Type.Object(
  {
    version: Type.Optional(Type.Integer({ minimum: 1, description: '修改时所见的版本；也可用 If-Match 请求头' })),
    ...change,
    state: Type.Optional(codes(['kept', 'removed'] as const, '移除或恢复')),
    mergeInto: Type.Optional(IdSchema),
  },
  { additionalProperties: false },
);

const ItemParams = Type.Object({ id: IdSchema, item: IdSchema });
const Confirmed = Type.Object({ confirmed: Type.Integer({ description: '这次新确认的项数' }) });

/** A person corrects what was read, says who each name is, and confirms; all before the plan goes live. */
export async function planDraftsRoutes(app: App): Promise<void> {
  planErrors(app);
  app.addHook('onRequest', requireRole(...PERMISSIONS['plans.import']));
  const edit = (request: FastifyRequest, planId: string): Edit => ({
    planId,
    by: request.actor.id,
    now: app.deps.clock.now(),
  });

  app.patch(
    '/api/plans/:id/items/:item',
    {
      schema: {
        tags: ['plans'],
        summary: '更正、移除、恢复或并入草稿中的一项任务',
        params: ItemParams,
        body: ItemPatch,
        response: { 200: PlanItem },
      },
    },
    async (request, reply) => {
      const { id, item } = request.params;
      const { version: _version, state, mergeInto, ...corrections } = request.body;
      const version = requiredVersion(request, request.body.version);
      return app.idempotent(request, reply, async (tx) => {
        const at = edit(request, id);
        if ([state, mergeInto, Object.keys(corrections)[0]].filter((each) => each !== undefined).length > 1)
          throw new Problem(422, 'one-change-at-a-time', '更正、移除和并入请分开提交', { field: 'state' });
        const changed =
          mergeInto !== undefined
            ? await mergeItem(tx, at, item, version, mergeInto)
            : state !== undefined
              ? await removeItem(tx, at, item, version, state)
              : await editItem(tx, at, item, version, corrections as ItemChange);
        return { status: 200, body: planItem(changed) };
      });
    },
  );

  app.post(
    '/api/plans/:id/items',
    {
      schema: {
        tags: ['plans'],
        summary: '在草稿中补一项读取时漏掉的任务',
        params: IdParams,
        body: Type.Object(
          {
            ...change,
            text: Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' }),
            departments: Type.Array(Name, { minItems: 1, maxItems: 100 }),
            after: Type.Optional(IdSchema),
          },
          { additionalProperties: false },
        ),
        response: { 201: PlanItem },
      },
    },
    async (request, reply) =>
      app.idempotent(request, reply, async (tx) => ({
        status: 201,
        body: planItem(
          await addItem(tx, edit(request, request.params.id), request.body as Parameters<typeof addItem>[2]),
        ),
      })),
  );

  app.post(
    '/api/plans/:id/items/:item/confirm',
    {
      schema: { tags: ['plans'], summary: '确认一项任务照现状无误', params: ItemParams, response: { 200: Confirmed } },
    },
    async (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { id, item } = request.params;
        return { status: 200, body: { confirmed: await confirmItems(tx, edit(request, id), [item]) } };
      }),
  );

  app.post(
    '/api/plans/:id/confirm',
    {
      schema: {
        tags: ['plans'],
        summary: '一并确认若干项任务，不列则全部',
        params: IdParams,
        body: Type.Object(
          { items: Type.Optional(Type.Array(IdSchema, { maxItems: 5000 })) },
          { additionalProperties: false },
        ),
        response: { 200: Confirmed },
      },
    },
    async (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const confirmed = await confirmItems(tx, edit(request, request.params.id), request.body.items ?? null);
        return { status: 200, body: { confirmed } };
      }),
  );

  app.put(
    '/api/plans/:id/departments',
    {
      schema: {
        tags: ['plans'],
        summary: '指定原文中的部门名称对应哪个部门，或按何种类型新建',
        params: IdParams,
        body: Type.Object(
          {
            departments: Type.Array(
              Type.Object(
                {
                  name: Name,
                  departmentId: Type.Optional(Type.Union([IdSchema, Type.Null()], { description: '为空则按原名新建' })),
                  kind: Type.Optional(codes(DEPARTMENT_KINDS)),
                },
                { additionalProperties: false },
              ),
              { minItems: 1, maxItems: 1000 },
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ mapped: Type.Integer() }) },
      },
    },
    async (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { departments } = request.body;
        for (const { name, departmentId = null, kind = null } of departments)
          await chooseDepartment(tx, edit(request, request.params.id), { name, departmentId, kind });
        return { status: 200, body: { mapped: departments.length } };
      }),
  );
}
