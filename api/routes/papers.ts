import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { verifyingOffice } from '../../db/calendars.ts';
import {
  extensionRequest,
  lastReportBefore,
  orderReply,
  paperPlan,
  taskForPaper,
  tasksOfDepartment,
} from '../../db/queries/papers.ts';
import { departmentNamesOf } from '../../db/queries/people.ts';
import { readTexts } from '../../db/texts.ts';
import type { Paper } from '../../domain/papers/paper.ts';
import { extensionPaper, handoverPaper, orderPaper, type NameOf } from '../../domain/papers/task-papers.ts';
import type { TaskState } from '../../domain/task/task-state.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { contentDisposition } from '../content-disposition.ts';
import { DOCX, papersOf } from '../papers-port.ts';
import { Problem } from '../problem.ts';
import { IdSchema } from '../schemas.ts';

const PeriodSchema = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9-]+$' });
const Docx = {
  200: {
    description: 'DOCX',
    content: { [DOCX]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
  },
};

/** Papers that people sign (DOMAIN 8), made from the record. Whoever may read a task may print its papers. */
export async function papersRoutes(app: App): Promise<void> {
  app.get(
    '/api/plans/:id/papers/handover/:department.docx',
    {
      schema: {
        tags: ['papers'],
        summary: '任务交办单：一个部门在计划中承担的全部任务',
        params: Type.Object({ id: IdSchema, department: IdSchema }),
        response: Docx,
      },
    },
    async (request, reply) => {
      const { pool, db } = app.deps;
      const { id, department } = request.params;
      const [plan, tasks, issuer] = await Promise.all([
        paperPlan(pool, id),
        tasksOfDepartment(pool, id, department),
        verifyingOffice(db),
      ]);
      if (plan === null) throw new Problem(404, 'not-found', '没有这份已发布的计划。');
      const nameOf = await namesOf(tasks.map(({ state }) => state));
      const paper = handoverPaper({ plan, nameOf, issuer }, department, tasks);
      if (paper === null) throw new Problem(404, 'not-found', '这个部门在计划中没有任务。');
      return send(reply, paper, `任务交办单-${paper.department}.docx`);
    },
  );

  app.get(
    '/api/tasks/:id/papers/order/:order.docx',
    {
      schema: {
        tags: ['papers'],
        summary: '督办通知书和回复单',
        params: Type.Object({ id: IdSchema, order: IdSchema }),
        response: Docx,
      },
    },
    async (request, reply) => {
      const { pool, db, clock } = app.deps;
      const { id, order } = request.params;
      const [found, answer, issuer] = await Promise.all([
        taskForPaper(pool, id),
        orderReply(pool, id, order),
        verifyingOffice(db),
      ]);
      if (found === null) throw noSuchTask();
      const { task, plan } = found;
      const draftedAt = task.state.orders.find((each) => each.id === order)?.draftedAt ?? clock.now();
      const word = await lastReportBefore(pool, id, task.state.closers, draftedAt);
      const texts = await readTexts(
        pool,
        app.vault,
        [word, answer?.text].flatMap((text) => text ?? []),
      );
      const nameOf = await namesOf([task.state]);
      const answered =
        answer === null
          ? null
          : { department: nameOf(answer.department), on: civilDate(answer.at), text: texts.get(answer.text) ?? '' };
      const lastWord = word === null ? null : (texts.get(word) ?? null);
      const paper = orderPaper({ plan, nameOf, issuer }, task, {
        order,
        today: civilDate(clock.now()),
        lastWord,
        reply: answered,
      });
      if (paper === null) throw new Problem(404, 'not-found', '没有这份督办单。');
      return send(reply, paper, `督办通知书-${paper.departments.join('、')}.docx`);
    },
  );

  app.get(
    '/api/tasks/:id/papers/extension/:period.docx',
    {
      schema: {
        tags: ['papers'],
        summary: '延期申请表：按最近一次申请填写，没有申请时只填已知各项',
        params: Type.Object({ id: IdSchema, period: PeriodSchema }),
        response: Docx,
      },
    },
    async (request, reply) => {
      const { pool } = app.deps;
      const { id, period } = request.params;
      const [found, asked] = await Promise.all([taskForPaper(pool, id), extensionRequest(pool, id, period)]);
      if (found === null) throw noSuchTask();
      const { task, plan } = found;
      const texts = await readTexts(pool, app.vault, asked === null ? [] : [asked.text]);
      const nameOf = await namesOf([task.state], asked === null ? [] : [asked.department]);
      const paper = extensionPaper({ plan, nameOf }, task, {
        period,
        request:
          asked === null
            ? null
            : {
                department: asked.department,
                on: civilDate(asked.at),
                to: asked.to,
                reason: texts.get(asked.text) ?? '',
                level: asked.level,
                decision: asked.decision && {
                  outcome: asked.decision.outcome,
                  on: civilDate(asked.decision.at),
                  minutes: asked.decision.minutes,
                },
              },
      });
      if (paper === null) throw new Problem(404, 'not-found', '任务没有这个期间。');
      return send(reply, paper, `延期申请表-${paper.department}.docx`);
    },
  );

  async function send(reply: FastifyReply, paper: Paper, name: string): Promise<Buffer> {
    const bytes = await papersOf(app).renderPaper(paper);
    reply.type(DOCX).header('content-disposition', contentDisposition('attachment', name));
    return reply.serializer((body: Buffer) => body as unknown as string).send(Buffer.from(bytes)) as unknown as Buffer;
  }

  async function namesOf(tasks: readonly TaskState[], more: readonly string[] = []): Promise<NameOf> {
    const ids = tasks.flatMap((task) => [
      ...task.closers,
      ...task.responsibilities.map(({ department }) => department),
    ]);
    const names = await departmentNamesOf(app.deps.pool, [...ids, ...more]);
    return (department) => names.get(department) ?? department;
  }
}

function noSuchTask(): Problem {
  return new Problem(404, 'not-found', '没有这项任务。');
}
