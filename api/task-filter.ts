import { Type, type Static } from '@fastify/type-provider-typebox';
import { TASK_SORTS, type TaskFilter } from '../db/queries/task-list.ts';
import { LATENESS, TASK_STATES } from '../db/schema/tasks.ts';
import { CivilDateSchema, codes, IdSchema } from './schemas.ts';

/** The filters that the list and its exports share. */
export const TaskFilterQuery = {
  plan: Type.Optional(IdSchema),
  department: Type.Optional(IdSchema),
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
    ...(query.state === undefined ? {} : { states: query.state }),
    ...(query.lateness === undefined ? {} : { lateness: query.lateness }),
    ...(query.dueFrom === undefined ? {} : { dueFrom: query.dueFrom }),
    ...(query.dueTo === undefined ? {} : { dueTo: query.dueTo }),
    ...(query.q === undefined ? {} : { text: query.q }),
  };
}
