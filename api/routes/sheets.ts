import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { countSheets, listSheets, type SheetFilter, type SheetMonthRow } from '../../db/queries/sheets.ts';
import { dropDraft, saveDraft } from '../../db/sheets.ts';
import type { PaperDecision } from '../../domain/decider.ts';
import { sheetFaults, type SheetLine } from '../../domain/papers/sheet-lines.ts';
import { SHEET_PHASES } from '../../domain/sheet/sheet-state.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import type { CommandOutcome } from '../../workflows/messages.ts';
import type { App } from '../app-type.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import { codes, IdSchema, InstantSchema, LIST_LIMIT_DEFAULT, ListQuery, StringOrNull } from '../schemas.ts';
import { sheetMonthFor, sheetToFill, visibleDepartments } from '../sheet-access.ts';
import { answeredBefore, giveSheetCommand } from '../sheet-commands.ts';
import { FaultySheet, faultyResponse, sheetErrors } from '../sheet-faults.ts';
import { loadSheet } from '../sheet-lines.ts';
import {
  EntrySchema,
  MonthSchema,
  SheetCountsSchema,
  SheetItem,
  sheetItem,
  SheetPage,
  sheetPage,
} from '../sheet-view.ts';
import { Paper } from '../task-command-bodies.ts';
import { requiredVersion } from '../version-seen.ts';

const Month = '/api/sheets/:id/months/:month';
export const SheetParams = Type.Object({ id: IdSchema, month: MonthSchema });

const ListFilter = {
  plan: Type.Optional(IdSchema),
  month: Type.Optional(MonthSchema),
  department: Type.Optional(IdSchema),
  phase: Type.Optional(Type.Array(codes(SHEET_PHASES), { maxItems: SHEET_PHASES.length, description: '可重复' })),
  late: Type.Optional(Type.Boolean({ description: '只看曾逾期的或只看未逾期的' })),
  mine: Type.Optional(Type.Boolean({ description: '只看本人所在部门' })),
};

const Done = Type.Object({
  sheet: IdSchema,
  seq: Type.Integer({ description: '最近一条记录的序号' }),
  at: InstantSchema,
  events: Type.Array(Type.String()),
});

const OnPaper = Type.Object({ paper: Type.Optional(Paper) }, { additionalProperties: false });

/** Monthly sheets (月报): who owes one and who is missing, the sheet of a month, its draft, and the commands on it. */
export async function sheetsRoutes(app: App): Promise<void> {
  sheetErrors(app);

  app.get(
    '/api/sheets',
    {
      schema: {
        tags: ['sheets'],
        summary: '月报列表（新的月份在前）和填报统计',
        description: '部门人员只见本部门；局领导、综合协调部门等见全部。统计按同样的筛选条件。',
        querystring: Type.Object({ ...ListFilter, ...ListQuery }, { additionalProperties: false }),
        response: {
          200: Type.Object({ items: Type.Array(SheetItem), nextCursor: StringOrNull, counts: SheetCountsSchema }),
        },
      },
    },
    async (request) => {
      const { pool, secretKey } = app.deps;
      const { cursor, limit = LIST_LIMIT_DEFAULT, ...query } = request.query;
      const filter = sheetFilter(request, query);
      const after = cursor === undefined ? null : (openCursor(secretKey, 'sheets', cursor) as [string, string]);
      const [{ rows, more }, counts] = await Promise.all([
        listSheets(pool, { filter, after, limit }),
        countSheets(pool, filter),
      ]);
      const last = rows.at(-1);
      return {
        items: rows.map((row) => sheetItem(request.actor, row)),
        nextCursor: more && last !== undefined ? sealCursor(secretKey, 'sheets', [last.month, last.sheet]) : null,
        counts,
      };
    },
  );

  app.get(
    Month,
    {
      schema: {
        tags: ['sheets'],
        summary: '一个月的月报：每项任务一行，未填的沿用上次文字',
        params: SheetParams,
        response: { 200: SheetPage },
      },
    },
    async (request) => {
      const row = await sheetMonthFor(app, request.actor, request.params.id, request.params.month);
      return sheetPage(request.actor, await loadSheet(app, request.actor, row));
    },
  );

  app.put(
    `${Month}/draft`,
    {
      schema: {
        tags: ['sheets'],
        summary: '保存草稿（整份替换）',
        description: '带上所见的版本；他人已另行保存时返回 409 stale，不覆盖。',
        params: SheetParams,
        body: Type.Object(
          { version: Type.Optional(Type.Integer({ minimum: 0 })), rows: Type.Array(EntrySchema, { maxItems: 2_000 }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ version: Type.Integer(), savedAt: InstantSchema }),
          ...faultyResponse,
        },
      },
    },
    async (request, reply) => {
      const { id, month } = request.params;
      const seen = requiredVersion(request, request.body.version);
      const { rows } = request.body;
      const row = await sheetToFill(app, request.actor, id, month);
      const { lines } = await loadSheet(app, request.actor, row);
      refuseFaults(lines, rows, false);
      const now = app.deps.clock.now();
      return app.idempotent(request, reply, async (tx) => {
        const draft = { seen, entries: rows, by: request.actor.id, now };
        const version = await saveDraft(tx.$client, app.vault, { sheet: id, month }, draft);
        if (version === null) throw stale();
        return { status: 200, body: { version, savedAt: isoShanghai(now) } };
      });
    },
  );

  app.post(
    `${Month}/submit`,
    {
      schema: {
        tags: ['sheets'],
        summary: '提交月报给部门负责人审核',
        params: SheetParams,
        body: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 0 })) }, { additionalProperties: false }),
        response: { 200: Done, ...faultyResponse },
      },
    },
    async (request) => {
      const { id, month } = request.params;
      const seen = requiredVersion(request, request.body.version);
      const row = await sheetMonthFor(app, request.actor, id, month);
      const entries = (await answeredBefore(app, request, id)) ? [] : await completeDraft(request, row, seen);
      return done(
        await giveSheetCommand(app, request, {
          sheet: id,
          name: 'submitSheet',
          payload: (seal) => ({
            department: row.department,
            month,
            rows: entries.map((entry) => ({ ...entry, text: seal(entry.text) })),
          }),
          paper: null,
        }),
      );
    },
  );

  app.post(
    `${Month}/withdraw`,
    {
      schema: { tags: ['sheets'], summary: '撤回已提交的月报', params: SheetParams, response: { 200: Done } },
    },
    async (request) => {
      const { id, month } = request.params;
      const { department } = await sheetMonthFor(app, request.actor, id, month);
      const payload = () => ({ department, month });
      return done(await giveSheetCommand(app, request, { sheet: id, name: 'withdrawSheet', payload, paper: null }));
    },
  );

  app.post(
    `${Month}/approve`,
    {
      schema: {
        tags: ['sheets'],
        summary: '部门负责人审核通过',
        params: SheetParams,
        body: Type.Union([OnPaper, Type.Null()]),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id, month } = request.params;
      const { department } = await sheetMonthFor(app, request.actor, id, month);
      const paper = (request.body?.paper ?? null) as PaperDecision | null;
      const payload = () => ({ department, month });
      const outcome = await giveSheetCommand(app, request, { sheet: id, name: 'approveSheet', payload, paper });
      await dropDraft(app.deps.pool, { sheet: id, month });
      return done(outcome);
    },
  );

  app.post(
    `${Month}/return`,
    {
      schema: {
        tags: ['sheets'],
        summary: '部门负责人退回修改',
        params: SheetParams,
        body: Type.Object(
          {
            text: Type.String({ minLength: 1, maxLength: 2_000, pattern: String.raw`\S`, description: '退回的理由' }),
            paper: Type.Optional(Paper),
          },
          { additionalProperties: false },
        ),
        response: { 200: Done },
      },
    },
    async (request) => {
      const { id, month } = request.params;
      const { text } = request.body;
      const { department } = await sheetMonthFor(app, request.actor, id, month);
      const paper = (request.body.paper ?? null) as PaperDecision | null;
      return done(
        await giveSheetCommand(app, request, {
          sheet: id,
          name: 'returnSheet',
          payload: (seal) => ({ department, month, text: seal(text) }),
          paper,
        }),
      );
    },
  );

  /** The draft that the person saw, complete; nothing else is ever handed in. */
  async function completeDraft(request: FastifyRequest, row: SheetMonthRow, seen: number) {
    const { lines, draft } = await loadSheet(
      app,
      request.actor,
      await sheetToFill(app, request.actor, row.sheet, row.month),
    );
    if ((draft?.version ?? 0) !== seen) throw stale();
    const entries = draft?.entries ?? [];
    refuseFaults(lines, entries, true);
    return entries;
  }
}

function sheetFilter(
  request: FastifyRequest,
  query: {
    plan?: string;
    month?: string;
    department?: string;
    phase?: SheetFilter['phases'];
    late?: boolean;
    mine?: boolean;
  },
): SheetFilter {
  const own = [...new Set(request.actor.posts.map((post) => post.department))];
  return {
    ...(query.plan === undefined ? {} : { plan: query.plan }),
    ...(query.month === undefined ? {} : { month: query.month }),
    ...(query.department === undefined ? {} : { department: query.department }),
    ...(query.phase === undefined ? {} : { phases: query.phase }),
    ...(query.late === undefined ? {} : { late: query.late }),
    visible: query.mine === true ? own : visibleDepartments(request.actor),
  };
}

function refuseFaults(lines: SheetLine[], entries: Parameters<typeof sheetFaults>[1], complete: boolean): void {
  const faults = sheetFaults(lines, entries, complete);
  if (faults.length === 0) return;
  throw new FaultySheet(
    complete ? 'sheet-incomplete' : 'sheet-rows-wrong',
    faults.map((fault) => ({ ...fault, row: null, column: null })),
  );
}

function stale(): Problem {
  return new Problem(409, 'stale', '草稿已被他人另行保存，请刷新后再改。', { field: 'version' });
}

function done({ entity, seq, at, events }: CommandOutcome) {
  return { sheet: entity, seq, at: isoShanghai(at), events };
}
