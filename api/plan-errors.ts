import { Type } from '@fastify/type-provider-typebox';
import { PlanRefused } from '../db/plans/plan-refused.ts';
import { StaleCalendar } from '../db/calendars.ts';
import type { App } from './app-type.ts';
import { UnresolvedSchema } from './plan-view.ts';
import { Problem, problemBody } from './problem.ts';

/** The refusal of a publication: it names everything that a person must still decide. */
export const UnresolvedProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    field: Type.Optional(Type.String()),
    unresolved: Type.Optional(Type.Array(UnresolvedSchema)),
  },
  { title: 'PlanProblem', description: '错误（application/problem+json）' },
);

export const refusalResponse = {
  409: { description: '被拒绝', content: { 'application/problem+json': { schema: UnresolvedProblemSchema } } },
};

/** Turns what the record refuses into problem+json, in the scope that it is called in; everything else goes on. */
export function planErrors(app: App): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof StaleCalendar)
      throw new Problem(409, 'stale', `这一年的日历已被他人修改（现为第${error.current}版），请刷新后再改`, {
        field: 'version',
      });
    if (!(error instanceof PlanRefused)) throw error;
    const body = problemBody(error.status, error.code, error.message, error.field);
    return reply
      .code(error.status)
      .type('application/problem+json; charset=utf-8')
      .serializer(JSON.stringify)
      .send(error.unresolved.length === 0 ? body : { ...body, unresolved: error.unresolved });
  });
}
