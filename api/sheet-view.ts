import { Type } from '@fastify/type-provider-typebox';
import type { SheetCounts, SheetMonthRow } from '../db/queries/sheets.ts';
import type { Actor } from '../domain/decider.ts';
import { carriedOver, type SheetEntry } from '../domain/papers/sheet-lines.ts';
import { LONGEST_TEXT } from '../domain/papers/sheet-table.ts';
import { SHEET_PHASES } from '../domain/sheet/sheet-state.ts';
import { REPORT_STATUSES } from '../domain/task/task-state.ts';
import { isoShanghai } from '../domain/working-time/instants.ts';
import {
  CivilDateOrNull,
  CivilDateSchema,
  codes,
  IdSchema,
  InstantOrNull,
  InstantSchema,
  StringOrNull,
} from './schemas.ts';
import { SHEET_ACTIONS, sheetActions } from './sheet-access.ts';
import { entryBasis, type LoadedSheet } from './sheet-lines.ts';
import { instantOrNull } from './task-view.ts';

export const MonthSchema = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', description: '月份，YYYY-MM' });
const Named = Type.Object({ id: Type.String(), name: StringOrNull });
const NamedOrNull = Type.Union([Named, Type.Null()]);

export const SheetItem = Type.Object({
  id: IdSchema,
  month: MonthSchema,
  plan: Type.Object({ id: Type.String(), title: StringOrNull }),
  department: Named,
  phase: codes(SHEET_PHASES, 'requested 待填报，submitted 待审核，approved 已审核，not-owed 无须填报'),
  askedAt: InstantSchema,
  dueOn: CivilDateSchema,
  owed: Type.Integer({ description: '应填任务数' }),
  submittedAt: InstantOrNull,
  approvedAt: InstantOrNull,
  overdueAt: InstantOrNull,
  actions: Type.Array(codes(SHEET_ACTIONS)),
});

export const SheetCountsSchema = Type.Object({
  requested: Type.Integer({ description: '待填报' }),
  submitted: Type.Integer({ description: '待审核' }),
  approved: Type.Integer({ description: '已审核' }),
  notOwed: Type.Integer({ description: '无须填报' }),
  late: Type.Integer({ description: '曾逾期' }),
  missing: Type.Integer({ description: '逾期未报' }),
} satisfies Record<keyof SheetCounts, unknown>);

export const EntrySchema = Type.Object(
  {
    task: IdSchema,
    status: codes(REPORT_STATUSES),
    text: Type.String({ maxLength: LONGEST_TEXT, description: '本月进展；无新进展时为原因' }),
    noProgress: Type.Boolean({ description: '无新进展' }),
    indicators: Type.Array(
      Type.Object(
        { id: Type.String({ minLength: 1, maxLength: 100 }), value: Type.Number() },
        { additionalProperties: false },
      ),
      { maxItems: 100 },
    ),
  },
  { additionalProperties: false },
);

export const SheetPage = Type.Object({
  ...SheetItem.properties,
  submittedBy: NamedOrNull,
  version: Type.Integer({ description: '草稿版本，0 表示还没有草稿；保存、提交时带上' }),
  savedAt: InstantOrNull,
  savedBy: NamedOrNull,
  returned: Type.Union([Type.Object({ at: InstantSchema, by: Named, text: Type.String() }), Type.Null()]),
  lines: Type.Array(
    Type.Object({
      task: IdSchema,
      number: Type.String({ description: '计划编号' }),
      text: Type.String(),
      due: CivilDateOrNull,
      indicators: Type.Array(Type.Object({ id: Type.String(), raw: Type.String(), unit: Type.String() })),
      last: Type.Union([
        Type.Object({
          on: CivilDateSchema,
          month: StringOrNull,
          status: codes(REPORT_STATUSES),
          text: Type.String(),
          noProgress: Type.Boolean(),
        }),
        Type.Null(),
      ]),
      basis: codes(
        ['none', 'carried-over', 'unchanged', 'written'] as const,
        'none 未填；carried-over 沿用上次、尚未保存；unchanged 与上次相同；written 已填写',
      ),
      entry: Type.Union([EntrySchema, Type.Null()]),
    }),
  ),
});

export function sheetItem(actor: Actor, row: SheetMonthRow) {
  return {
    id: row.sheet,
    month: row.month,
    plan: { id: row.plan, title: row.planTitle },
    department: { id: row.department, name: row.departmentName },
    phase: row.phase,
    askedAt: isoShanghai(row.askedAt),
    dueOn: row.dueOn,
    owed: row.owed.length,
    submittedAt: instantOrNull(row.submittedAt),
    approvedAt: instantOrNull(row.approvedAt),
    overdueAt: instantOrNull(row.overdueAt),
    actions: sheetActions(actor, row),
  };
}

export function sheetPage(actor: Actor, { row, lines, draft, returned, names }: LoadedSheet) {
  const named = (id: string) => ({ id, name: names.get(id) ?? null });
  const offered = row.phase === 'requested' ? carriedOver : (): SheetEntry | null => null;
  return {
    ...sheetItem(actor, row),
    submittedBy: row.submittedBy === null ? null : named(row.submittedBy),
    version: draft?.version ?? 0,
    savedAt: draft === null ? null : isoShanghai(draft.savedAt),
    savedBy: draft === null ? null : named(draft.savedBy),
    returned: returned === null ? null : { at: isoShanghai(returned.at), by: named(returned.by), text: returned.text },
    lines: lines.map((line) => ({ ...line, basis: entryBasis(line), entry: line.entry ?? offered(line) })),
  };
}
