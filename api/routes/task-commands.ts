import { Type } from '@fastify/type-provider-typebox';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import type { Json } from '../../domain/decider.ts';
import type { App } from '../app-type.ts';
import { Problem } from '../problem.ts';
import { IdParams, IdSchema, InstantSchema } from '../schemas.ts';
import { commandBody, OFFERED_COMMANDS, type OfferedCommandName } from '../task-command-bodies.ts';
import { giveTaskCommand } from '../task-commands.ts';

const Outcome = Type.Object({
  task: IdSchema,
  seq: Type.Integer({ description: '任务最近一条记录的序号' }),
  at: InstantSchema,
  events: Type.Array(Type.String(), { description: '本次操作产生的记录类型' }),
});

/** One route for each command, so that the description of the API is exact about every body. */
export async function taskCommandsRoutes(app: App): Promise<void> {
  for (const [name, offered] of Object.entries(OFFERED_COMMANDS) as [
    OfferedCommandName,
    (typeof OFFERED_COMMANDS)[OfferedCommandName],
  ][]) {
    app.post(
      `/api/tasks/:id/commands/${name}`,
      {
        schema: {
          tags: ['task-commands'],
          summary: offered.summary,
          description:
            '文字先加密保存，操作只带其编号；被规则拒绝时返回 409 或 403 及理由；结果未知时返回 503，请用同一个键再问。',
          params: IdParams,
          body: commandBody(offered),
          response: { 200: Outcome },
        },
      },
      async (request) => {
        const body = request.body as { [field: string]: Json };
        const result = await giveTaskCommand(app, request, { task: request.params.id, name, body });
        return { task: result.entity, seq: result.seq, at: isoShanghai(result.at), events: result.events };
      },
    );
  }

  app.post(
    '/api/tasks/:id/commands/:name',
    { schema: { hide: true, params: Type.Object({ id: IdSchema, name: Type.String() }) } },
    async (request) => {
      throw new Problem(404, 'unknown-command', `没有这种操作：${request.params.name}`);
    },
  );
}
