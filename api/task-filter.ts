import { Type, type Static } from '@fastify/type-provider-typebox';
import { PENDING_DECISIONS, TASK_SORTS, type TaskFilter } from '../db/queries/task-list.ts';
import { LATENESS, TASK_STATES } from '../db/schema/tasks.ts';
import { CivilDateSchema, codes, IdSchema, RoleSchema } from './schemas.ts';

/** The filters that the list and its exports share. */
export const TaskFilterQuery = {
  plan: Type.Optional(IdSchema),
  department: Type.Optional(IdSchema),
  unclaimedBy: Type.Optional({ ...IdSchema, description: '既未认领也未提出异议的部门' }),
  pending: Type.Optional(
    Type.Array(codes(PENDING_DECISIONS), {
      maxItems: PENDING_DECISIONS.length,
      description: '等待决定：dispute 异议，extension 延期，new-date 新期限，order 待签发的督办单；可重复',
    }),
  ),
  level: Type.Optional({ ...RoleSchema, description: '只与 pending=extension 合用：现由该岗位决定的延期申请' }),
  state: Type.Optional(Type.Array(codes(TASK_STATES), { maxItems: TASK_STATES.length, description: '可重复' })),
  lateness: Type.Optional(Type.Array(codes(LATENESS), { maxItems: LATENESS.length, description: '可重复' })),
  dueFrom: Type.Optional(CivilDateSchema),
  dueTo: Type.Optional(CivilDateSchema),
  q: Type.Optional(Type.String({ maxLength: 200, description: '文字检索，空格分开的词都要出现' })),
  sort: Type.Optional(codes(TASK_SORTS, 'plan 按计划顺序（默认），due 按期限，updated 按最近变动；前加 - 为倒序')),
};

export const TaskFilterSchema = Type.Object(TaskFilterQuery, { additionalProperties: false });

export function taskFilter(query: Static<typeof TaskFilterSchema>): TaskFilter {
  return {
    ...(query.plan === undefined ? {} : { plan: query.plan }),
    ...(query.department === undefined ? {} : { department: query.department }),
    ...(query.unclaimedBy === undefined ? {} : { unclaimedBy: query.unclaimedBy }),
    ...(query.pending === undefined ? {} : { pending: query.pending }),
    ...(query.level === undefined ? {} : { level: query.level }),
    ...(query.state === undefined ? {} : { states: query.state }),
    ...(query.lateness === undefined ? {} : { lateness: query.lateness }),
    ...(query.dueFrom === undefined ? {} : { dueFrom: query.dueFrom }),
    ...(query.dueTo === undefined ? {} : { dueTo: query.dueTo }),
    ...(query.q === undefined ? {} : { text: query.q }),
  };
}
