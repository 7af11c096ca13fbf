import { Type } from '@fastify/type-provider-typebox';
import { listTasks } from '../../db/queries/task-list.ts';
import type { App } from '../app-type.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { LIST_LIMIT_DEFAULT, ListQuery, page } from '../schemas.ts';
import { taskFilter, TaskFilterQuery } from '../task-filter.ts';
import { TaskItem, taskItem } from '../task-view.ts';

/** The table of tasks. Everybody signed in may read it: the plan is the bureau's own. */
export async function tasksRoutes(app: App): Promise<void> {
  app.get(
    '/api/tasks',
    {
      schema: {
        tags: ['tasks'],
        summary: '任务列表',
        querystring: Type.Object({ ...TaskFilterQuery, ...ListQuery }, { additionalProperties: false }),
        response: { 200: page(TaskItem) },
      },
    },
    async (request) => {
      const { pool, secretKey } = app.deps;
      const { cursor, limit = LIST_LIMIT_DEFAULT, sort = 'plan' } = request.query;
      const scope = `tasks ${sort}`;
      const after = cursor === undefined ? null : openCursor(secretKey, scope, cursor);
      const { rows, more } = await listTasks(pool, { filter: taskFilter(request.query), sort, after, limit });
      const last = rows.at(-1);
      return {
        items: rows.map(taskItem),
        nextCursor: more && last !== undefined ? sealCursor(secretKey, scope, last.position) : null,
      };
    },
  );
}
