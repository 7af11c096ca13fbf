import { Type, type Static } from '@fastify/type-provider-typebox';
import { planCounts } from '../db/plans/plan-counts.ts';
import type { PlanSummary } from '../db/plans/plan-queries.ts';
import type { LoadedPlan, PlanItemRow } from '../db/plans/preview.ts';
import { unresolvedProblems } from '../db/plans/unresolved.ts';
import { DEPARTMENT_KINDS } from '../db/schema/people.ts';
import { ITEM_FLAGS, NAME_BASES, PLAN_STATUSES } from '../db/schema/plans.ts';
import type { PlanOpenings } from '../domain/plan-opening/plan-openings.ts';
import { PERIOD_INTAKES } from '../domain/task/task-state.ts';
import { isoShanghai } from '../domain/working-time/instants.ts';
import {
  CivilDateOrNull,
  CivilDateSchema,
  codes,
  codesOrNull,
  IdSchema,
  InstantOrNull,
  InstantSchema,
  IntegerOrNull,
  StringOrNull,
} from './schemas.ts';

export const PlanListItem = Type.Object(
  {
    id: IdSchema,
    title: Type.String(),
    documentNumber: StringOrNull,
    issuedOn: CivilDateOrNull,
    goLive: CivilDateOrNull,
    status: codes(PLAN_STATUSES, '草稿、已发布、已撤回'),
    version: Type.Integer(),
    sourceFilename: Type.String(),
    importedAt: InstantSchema,
    publishedAt: InstantOrNull,
    tasks: Type.Integer({ description: '任务数' }),
    late: Type.Integer({ description: '已逾期的任务数' }),
    closed: Type.Integer({ description: '已办结的任务数' }),
  },
  { title: 'PlanListItem' },
);

const DEADLINE_KIND = ['date', 'recurring', 'ongoing', 'declared-done', 'none'] as const;

const Deadline = Type.Object(
  {
    raw: Type.String({ description: '原文写法' }),
    kind: codes(DEADLINE_KIND),
    date: CivilDateOrNull,
    every: codesOrNull(['year', 'quarter', 'month'] as const),
    repaired: Type.Boolean({ description: '原文缺字，修复后读出' }),
    from: codes(['annotation', 'text'] as const),
    soft: Type.Optional(Type.Boolean({ description: '原则上' })),
    alternative: Type.Optional(CivilDateSchema),
    yearAssumed: Type.Optional(Type.Boolean()),
    continues: Type.Optional(Type.Boolean()),
    start: Type.Optional(CivilDateSchema),
    dueInPeriod: Type.Optional(Type.Object({ month: IntegerOrNull, day: Type.Integer() })),
    immediate: Type.Optional(Type.Boolean()),
    workingDays: Type.Optional(Type.Integer()),
  },
  { title: 'PlanDeadline' },
);

const content = {
  path: Type.Array(Type.String()),
  heading: Type.String(),
  text: Type.String(),
  departments: Type.Array(Type.String()),
  lead: Type.Array(Type.String()),
  leadBasis: codes(['stated', 'assumed'] as const),
  support: Type.Array(Type.String()),
  openEnded: Type.Boolean(),
  deadline: Deadline,
  textDeadlines: Type.Array(
    Type.Object({
      raw: Type.String(),
      date: CivilDateOrNull,
      soft: Type.Optional(Type.Boolean()),
      repaired: Type.Optional(Type.Boolean()),
      alternative: Type.Optional(CivilDateSchema),
    }),
  ),
  indicators: Type.Array(
    Type.Object({
      raw: Type.String(),
      quantity: Type.Unsafe<number | null>({ type: ['number', 'null'] }),
      unit: Type.String(),
      per: Type.String(),
    }),
  ),
};

export const PlanItem = Type.Object(
  {
    id: IdSchema,
    ordinal: Type.Integer(),
    ...content,
    parsed: Type.Union([Type.Object(content), Type.Null()], { description: '读取时的原样；人工新增的为空' }),
    line: IntegerOrNull,
    flags: Type.Array(codes(ITEM_FLAGS)),
    confirmedDeadlines: Type.Array(Type.Integer()),
    state: codes(['kept', 'removed', 'merged'] as const),
    mergedInto: StringOrNull,
    correctedAt: InstantOrNull,
    confirmedAt: InstantOrNull,
    version: Type.Integer(),
    taskId: StringOrNull,
  },
  { title: 'PlanItem' },
);

export const PlanCountsSchema = Type.Object(
  {
    tasks: Type.Integer(),
    names: Type.Integer({ description: '不同的部门名称数' }),
    responsibilities: Type.Integer({ description: '原文的责任数' }),
    expandedResponsibilities: Type.Integer({ description: '群组展开后的责任数' }),
    byDeadlineKind: Type.Object({
      date: Type.Integer(),
      recurring: Type.Integer(),
      ongoing: Type.Integer(),
      'declared-done': Type.Integer(),
      none: Type.Integer(),
    }),
    periods: Type.Integer({ description: '周期性任务的期数' }),
    byIntake: Type.Object(
      {
        timed: Type.Integer(),
        'before-issue': Type.Integer(),
        'before-go-live': Type.Integer(),
        'declared-done': Type.Integer(),
        ongoing: Type.Integer(),
      },
      { description: '各期按接管方式计数：系统计时、印发前到期、启用前到期、自报完成、长期' },
    ),
  },
  { title: 'PlanCounts' },
);

export const UnresolvedSchema = Type.Object(
  {
    kind: codes(['item', 'department', 'source'] as const),
    ref: Type.String(),
    line: IntegerOrNull,
    code: Type.String(),
    detail: Type.String(),
    blocking: Type.Boolean(),
  },
  { title: 'UnresolvedProblem' },
);

export const PlanDepartment = Type.Object(
  {
    name: Type.String({ description: '原文写法' }),
    departmentId: StringOrNull,
    departmentName: StringOrNull,
    kind: codes(DEPARTMENT_KINDS),
    basis: codes(NAME_BASES, '对应依据：同名、别名、拟新建、人工指定'),
    members: Type.Array(Type.String(), { description: '群组成员的名称' }),
  },
  { title: 'PlanDepartment' },
);

export const PlanDetail = Type.Object(
  {
    id: IdSchema,
    title: Type.String(),
    documentNumber: StringOrNull,
    issuedOn: CivilDateOrNull,
    horizon: Type.Union([Type.Object({ from: CivilDateSchema, to: CivilDateSchema }), Type.Null()]),
    goLive: CivilDateOrNull,
    status: codes(PLAN_STATUSES),
    version: Type.Integer(),
    sourceFilename: Type.String(),
    sourceSha256: Type.String(),
    goals: Type.Array(Type.String()),
    evaluations: Type.Array(Type.Object({ kind: codes(['mid-term', 'final'] as const), dueOn: CivilDateSchema })),
    problems: Type.Array(Type.Object({ line: Type.Integer(), code: Type.String(), detail: Type.String() })),
    unresolved: Type.Array(UnresolvedSchema, { description: '发布前待确认的事项' }),
    counts: PlanCountsSchema,
    items: Type.Array(PlanItem),
    departments: Type.Array(PlanDepartment),
    importedAt: InstantSchema,
    publishedAt: InstantOrNull,
    withdrawnAt: InstantOrNull,
    withdrawnGround: StringOrNull,
  },
  { title: 'PlanDetail' },
);

export function planListItem(plan: PlanSummary): Static<typeof PlanListItem> {
  return { ...plan, importedAt: isoShanghai(plan.importedAt), publishedAt: instant(plan.publishedAt) };
}

export function planItem(item: PlanItemRow): Static<typeof PlanItem> {
  return {
    id: item.id,
    ordinal: item.ordinal,
    ...item.content,
    parsed: item.parsed,
    line: item.sourceLine,
    flags: item.flags,
    confirmedDeadlines: item.confirmedDeadlines,
    state: item.state,
    mergedInto: item.mergedInto,
    correctedAt: instant(item.correctedAt),
    confirmedAt: instant(item.confirmedAt),
    version: item.version,
    taskId: item.taskId,
  };
}

export function planDetail(loaded: LoadedPlan, opened: PlanOpenings): Static<typeof PlanDetail> {
  const { plan, items, names } = loaded;
  return {
    id: plan.id,
    title: plan.title,
    documentNumber: plan.documentNumber,
    issuedOn: plan.issuedOn,
    horizon:
      plan.horizonFrom === null || plan.horizonTo === null ? null : { from: plan.horizonFrom, to: plan.horizonTo },
    goLive: plan.goLive,
    status: plan.status,
    version: plan.version,
    sourceFilename: plan.sourceFilename,
    sourceSha256: plan.sourceSha256,
    goals: plan.goals,
    evaluations: plan.evaluations,
    problems: plan.problems,
    unresolved: plan.status === 'draft' ? unresolvedProblems(plan, items, names) : [],
    counts: counts(loaded, opened),
    items: items.map(planItem),
    departments: names.map((row) => ({
      name: row.name,
      departmentId: row.departmentId,
      departmentName: row.departmentId === null ? null : loaded.nameOf(row.departmentId),
      kind: row.proposedKind,
      basis: row.basis,
      members: loaded.resolve(row.name).members.map(loaded.nameOf),
    })),
    importedAt: isoShanghai(plan.importedAt),
    publishedAt: instant(plan.publishedAt),
    withdrawnAt: instant(plan.withdrawnAt),
    withdrawnGround: plan.withdrawnGround,
  };
}

function counts(loaded: LoadedPlan, opened: PlanOpenings): Static<typeof PlanCountsSchema> {
  const kept = loaded.items.filter((item) => item.state === 'kept').map((item) => item.content);
  const recurring = opened.tasks.filter((task) => task.deadlineKind === 'recurring');
  const periods = recurring.reduce((sum, task) => sum + task.periods.length, 0);
  const byIntake = {
    timed: 0,
    'before-issue': 0,
    'before-go-live': 0,
    'declared-done': 0,
    ongoing: 0,
  } satisfies Record<(typeof PERIOD_INTAKES)[number], number>;
  for (const task of opened.tasks) for (const period of task.periods) byIntake[period.intake] += 1;
  return { ...planCounts(kept, (name) => loaded.resolve(name).members, periods), byIntake };
}

function instant(at: number | null): string | null {
  return at === null ? null : isoShanghai(at);
}
