import { Type } from '@fastify/type-provider-typebox';
import { departmentNamesOf } from '../../db/queries/people.ts';
import { filesOf, taskEvidence, taskPage, taskTimeline, userNamesOf } from '../../db/queries/task-page.ts';
import { readTexts } from '../../db/texts.ts';
import { BUREAU, type PaperDecision } from '../../domain/decider.ts';
import { taskEventText } from '../../domain/task/event-text.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import type { App } from '../app-type.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import { referencedIds } from '../referenced-ids.ts';
import { CivilDateSchema, IdParams, InstantSchema, LIST_LIMIT_DEFAULT, ListQuery, page } from '../schemas.ts';
import { FileSchema, NamedOrNull, TaskPage } from '../task-page-schema.ts';
import { named, taskPageView, type TaskNames } from '../task-page-view.ts';

const TimelineEntry = Type.Object({
  seq: Type.Integer(),
  type: Type.String(),
  at: InstantSchema,
  by: NamedOrNull,
  text: Type.String({ description: '发生了什么' }),
  department: NamedOrNull,
  details: Type.Array(Type.String(), { description: '所附文字' }),
  files: Type.Array(FileSchema),
  paper: Type.Union([Type.Object({ decidedBy: Type.String(), decidedOn: CivilDateSchema }), Type.Null()], {
    description: '代录批示：批示人与批示日期；by 为代录人',
  }),
});

/** One task's page, and its history as the ledger has it. */
export async function taskPageRoutes(app: App): Promise<void> {
  app.get(
    '/api/tasks/:id',
    { schema: { tags: ['tasks'], summary: '任务详情', params: IdParams, response: { 200: TaskPage } } },
    async (request) => {
      const { pool, clock } = app.deps;
      const { id } = request.params;
      const [row, evidence] = await Promise.all([taskPage(pool, id), taskEvidence(pool, id)]);
      if (row === null) throw noSuchTask();
      // Calendar and policy are the bulk of a state and name nobody.
      const { calendar: _calendar, policy: _policy, ...rest } = row.state;
      const names = await namesIn(app, [rest, evidence]);
      return taskPageView({ row, names, evidence, actor: request.actor, now: clock.now() });
    },
  );

  app.get(
    '/api/tasks/:id/timeline',
    {
      schema: {
        tags: ['tasks'],
        summary: '任务历程（新的在前）',
        params: IdParams,
        querystring: Type.Object(ListQuery, { additionalProperties: false }),
        response: { 200: page(TimelineEntry) },
      },
    },
    async (request) => {
      const { pool, secretKey } = app.deps;
      const { id } = request.params;
      const { cursor, limit = LIST_LIMIT_DEFAULT } = request.query;
      const scope = `timeline ${id}`;
      const before = cursor === undefined ? null : Number(openCursor(secretKey, scope, cursor)[0]);
      const { events, more } = await taskTimeline(pool, id, before, limit);
      // Event 1 is always there, so an empty first page means that there is no such task.
      if (events.length === 0 && before === null) throw noSuchTask();
      const names = await namesIn(
        app,
        events.map(({ by, data }) => [by, withoutBulk(data)]),
      );
      const last = events.at(-1);
      return {
        items: events.map((event) => {
          const ids = referencedIds(withoutBulk(event.data));
          const department = (event.data as { department?: unknown }).department;
          return {
            seq: event.seq,
            type: event.type,
            at: isoShanghai(event.at),
            by: named(names.users, event.by),
            text: taskEventText(event, names),
            department: typeof department === 'string' ? named(names.departments, department) : null,
            details: ids.texts.flatMap((text) => names.texts.get(text) ?? []),
            files: ids.files.flatMap((file) => names.files.get(file) ?? []),
            paper: paperOf(event.data, names),
          };
        }),
        nextCursor: more && last !== undefined ? sealCursor(secretKey, scope, [last.seq]) : null,
      };
    },
  );
}

async function namesIn(app: App, value: unknown): Promise<TaskNames> {
  const { pool } = app.deps;
  const ids = referencedIds(value);
  const [departments, users, texts, files] = await Promise.all([
    departmentNamesOf(pool, [...ids.departments, BUREAU]),
    userNamesOf(pool, ids.users),
    readTexts(pool, app.vault, ids.texts),
    filesOf(pool, ids.files),
  ]);
  return { departments, users, texts, files };
}

/** Who decided on paper: a title, or the name of an account. */
function paperOf(data: object, names: TaskNames): { decidedBy: string; decidedOn: string } | null {
  const { paper } = data as { paper?: PaperDecision | null };
  if (paper === undefined || paper === null) return null;
  return { decidedBy: names.users.get(paper.decidedBy) ?? paper.decidedBy, decidedOn: paper.decidedOn };
}

/** Without what a fact carries along whole: parts of departments bring words that were said, and shown, earlier. */
function withoutBulk(data: object): object {
  const { calendar: _calendar, policy: _policy, ...rest } = data as { calendar?: unknown; policy?: unknown };
  const { responsibilities } = rest as { responsibilities?: unknown };
  if (!Array.isArray(responsibilities)) return rest;
  return { ...rest, responsibilities: responsibilities.map((part: { department?: unknown }) => part.department) };
}

function noSuchTask(): Problem {
  return new Problem(404, 'not-found', '没有这项任务。');
}
