import { Type } from '@fastify/type-provider-typebox';
import {
  addAlias,
  departmentNames,
  findDepartment,
  insertDepartment,
  listDepartments,
  lockDepartment,
  membersContain,
  moveBelongings,
  nameIsTaken,
  openTasksOf,
  removeAlias,
  renameDepartment,
  replaceMembers,
  updateDepartment,
  type DepartmentRow,
} from '../../db/queries/departments.ts';
import { newId } from '../../db/ids.ts';
import { orderSignals } from '../../db/outbox.ts';
import type { Queryable } from '../../db/pool.ts';
import { DEPARTMENT_KINDS } from '../../db/schema/people.ts';
import { BUREAU, type Json } from '../../domain/decider.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import { REVISE_SIGNAL } from '../../workflows/messages.ts';
import type { App } from '../app-type.ts';
import { requireRole } from '../plugins/session.ts';
import { Problem } from '../problem.ts';
import { codes, IdParams, IdSchema, InstantOrNull, InstantSchema, StringOrNull } from '../schemas.ts';
import { instantOrNull } from '../task-view.ts';

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`^\S(.*\S)?$`, description: '名称' });
const MailOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'email', maxLength: 200 });
const Kind = codes(DEPARTMENT_KINDS, 'department 部门，group 一组部门，task-force 专班');
const Version = Type.Integer({ minimum: 1, description: '读到的版本；已被他人改动时拒绝' });
const DocumentNumber = Type.String({ minLength: 1, maxLength: 100, description: '文号' });

const Department = Type.Object({
  id: IdSchema,
  name: Type.String(),
  kind: Kind,
  active: Type.Boolean(),
  mail: StringOrNull,
  mergedInto: StringOrNull,
  ordinal: Type.Integer(),
  version: Type.Integer(),
  aliases: Type.Array(Type.String()),
  members: Type.Array(IdSchema),
});

const DepartmentPage = Type.Object({
  ...Department.properties,
  names: Type.Array(
    Type.Object({ name: Type.String(), since: InstantSchema, until: InstantOrNull, documentNumber: StringOrNull }),
  ),
});

const admin = { onRequest: requireRole('administrator') };
const response = { 200: Department };

/** Departments, groups and task forces. Everybody reads them; administrators change them. */
export async function departmentsRoutes(app: App): Promise<void> {
  app.get(
    '/api/departments',
    {
      schema: {
        tags: ['people'],
        summary: '部门、组和专班',
        response: { 200: Type.Object({ items: Type.Array(Department) }) },
      },
    },
    async () => ({ items: await listDepartments(app.deps.pool) }),
  );

  app.get(
    '/api/departments/:id',
    { schema: { tags: ['people'], summary: '部门及曾用名', params: IdParams, response: { 200: DepartmentPage } } },
    async (request) => {
      const department = mustExist(await findDepartment(app.deps.pool, request.params.id));
      const names = await departmentNames(app.deps.pool, department.id);
      return {
        ...department,
        names: names.map(({ since, until, ...rest }) => ({
          ...rest,
          since: isoShanghai(since),
          until: instantOrNull(until),
        })),
      };
    },
  );

  app.post(
    '/api/departments',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '新建部门',
        body: Type.Object(
          {
            name: Name,
            kind: Kind,
            mail: Type.Optional(MailOrNull),
            ordinal: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
          },
          { additionalProperties: false },
        ),
        response: { 201: Department },
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { name, kind, mail = null, ordinal = 0 } = request.body;
        const about = { by: request.actor.id, now: app.deps.clock.now() };
        const id = await insertDepartment(tx.$client, { name, kind, mail, ordinal, ...about });
        if (id === null) throw nameTaken(name);
        return { status: 201, body: mustExist(await findDepartment(tx.$client, id)) };
      }),
  );

  app.patch(
    '/api/departments/:id',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '更名或修改部门',
        params: IdParams,
        body: Type.Object(
          {
            version: Version,
            name: Type.Optional(Name),
            documentNumber: Type.Optional(DocumentNumber),
            kind: Type.Optional(Kind),
            mail: Type.Optional(MailOrNull),
            ordinal: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
            active: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
        response,
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const db = tx.$client;
        const { version, name, documentNumber = null, ...change } = request.body;
        const before = await changeable(db, request.params.id, version);
        const active = change.active ?? before.active;
        if (before.active && !active) await mustOweNothing(db, before.id);
        if (name !== undefined && name !== before.name) {
          if (await nameIsTaken(db, name, before.id)) throw nameTaken(name);
          const about = { by: request.actor.id, now: app.deps.clock.now() };
          await renameDepartment(db, { id: before.id, name, documentNumber, ...about });
        }
        if (!before.active && active && (await nameIsTaken(db, name ?? before.name, before.id)))
          throw nameTaken(before.name);
        await updateDepartment(db, before.id, { ...before, ...change, mergedInto: active ? null : before.mergedInto });
        return { status: 200, body: mustExist(await findDepartment(db, before.id)) };
      }),
  );

  app.put(
    '/api/departments/:id/members',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '设定一组的成员',
        params: IdParams,
        body: Type.Object(
          { version: Version, members: Type.Array(IdSchema, { maxItems: 500, uniqueItems: true }) },
          { additionalProperties: false },
        ),
        response,
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const db = tx.$client;
        const { version, members } = request.body;
        const group = await changeable(db, request.params.id, version);
        if (group.kind !== 'group') throw new Problem(409, 'not-a-group', '只有组才有成员。');
        for (const id of members) {
          const member = await findDepartment(db, id);
          if (member === null || !member.active || id === BUREAU) {
            throw new Problem(422, 'unknown-department', `没有这个部门，或已停用：${id}`, { field: 'members' });
          }
        }
        if (await membersContain(db, members, group.id)) {
          throw new Problem(422, 'group-in-itself', '组不能直接或间接包含自己。', { field: 'members' });
        }
        await replaceMembers(db, group.id, members);
        return { status: 200, body: mustExist(await findDepartment(db, group.id)) };
      }),
  );

  app.post(
    '/api/departments/:id/aliases',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '认定别名',
        params: IdParams,
        body: Type.Object({ alias: Name }, { additionalProperties: false }),
        response: { 201: Department },
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const db = tx.$client;
        const department = mustExist(await lockDepartment(db, request.params.id));
        const { alias } = request.body;
        if (await nameIsTaken(db, alias, null)) throw nameTaken(alias);
        await addAlias(db, { alias, departmentId: department.id, by: request.actor.id, now: app.deps.clock.now() });
        return { status: 201, body: mustExist(await findDepartment(db, department.id)) };
      }),
  );

  app.delete(
    '/api/departments/:id/aliases/:alias',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '取消别名',
        params: Type.Object({ id: IdSchema, alias: Type.String({ minLength: 1, maxLength: 100 }) }),
        response,
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const { id, alias } = request.params;
        if (!(await removeAlias(tx.$client, id, alias))) throw new Problem(404, 'not-found', '没有这个别名。');
        return { status: 200, body: mustExist(await findDepartment(tx.$client, id)) };
      }),
  );

  app.post(
    '/api/departments/:id/merge',
    {
      ...admin,
      schema: {
        tags: ['people'],
        summary: '并入另一部门',
        description: '未了结的职责、别名和岗位转到新部门；历史仍记在原名下。',
        params: IdParams,
        body: Type.Object(
          { version: Version, into: IdSchema, documentNumber: DocumentNumber },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ department: Department, tasksMoved: Type.Integer() }) },
      },
    },
    (request, reply) =>
      app.idempotent(request, reply, async (tx) => {
        const db = tx.$client;
        const { version, into, documentNumber } = request.body;
        const from = await changeable(db, request.params.id, version);
        const to = await lockDepartment(db, into);
        if (to === null || !to.active || to.kind === 'group' || into === BUREAU || into === from.id) {
          throw new Problem(422, 'unknown-department', '并入的部门不存在、已停用，或就是它自己。', { field: 'into' });
        }
        const { actor } = request;
        await moveBelongings(db, {
          from: from.id,
          fromName: from.name,
          to: into,
          by: actor.id,
          now: app.deps.clock.now(),
        });
        await updateDepartment(db, from.id, { ...from, active: false, mergedInto: into });
        const tasks = await openTasksOf(db, from.id);
        const command = {
          id: newId('merge'),
          name: 'renameDepartment',
          payload: { from: from.id, to: into, documentNumber },
          actor: { id: actor.id, posts: actor.posts },
        };
        await orderSignals(db, tasks, REVISE_SIGNAL, [command as unknown as Json]);
        return {
          status: 200,
          body: { department: mustExist(await findDepartment(db, from.id)), tasksMoved: tasks.length },
        };
      }),
  );
}

async function changeable(db: Queryable, id: string, version: number): Promise<DepartmentRow> {
  const department = mustExist(await lockDepartment(db, id));
  if (id === BUREAU) throw new Problem(409, 'bureau-is-fixed', '“全局”是固定的，不能更改。');
  if (department.version !== version) {
    throw new Problem(409, 'stale', '这个部门刚被他人改动，请刷新后再改。', { field: 'version' });
  }
  return department;
}

async function mustOweNothing(db: Queryable, id: string): Promise<void> {
  const tasks = await openTasksOf(db, id);
  if (tasks.length > 0) {
    throw new Problem(409, 'department-has-duties', `这个部门还有 ${tasks.length} 项未了结的任务，请先并入其他部门。`);
  }
}

function mustExist(department: DepartmentRow | null): DepartmentRow {
  if (department === null) throw new Problem(404, 'not-found', '没有这个部门。');
  return department;
}

function nameTaken(name: string): Problem {
  return new Problem(409, 'name-taken', `“${name}”已是其他部门的名称或别名。`, { field: 'name' });
}
