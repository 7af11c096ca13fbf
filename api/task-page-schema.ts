import { Type } from '@fastify/type-provider-typebox';
import { LATENESS, TASK_STATES } from '../db/schema/tasks.ts';
import { ROLES } from '../domain/decider.ts';
import {
  DEADLINE_KINDS,
  PERIOD_INTAKES,
  PERIOD_PHASES,
  REPORT_STATUSES,
  SUB_ITEM_ORIGINS,
  TASK_PHASES,
} from '../domain/task/task-state.ts';
import {
  CivilDateOrNull,
  CivilDateSchema,
  codes,
  IdSchema,
  InstantOrNull,
  InstantSchema,
  StringOrNull,
} from './schemas.ts';
import { OFFERED_COMMANDS, type OfferedCommandName } from './task-command-bodies.ts';

const Named = Type.Object({ id: Type.String(), name: Type.String() });
export const NamedOrNull = Type.Union([Named, Type.Null()]);
export const FileSchema = Type.Object({
  id: IdSchema,
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
});
const OFFERED_NAMES = Object.keys(OFFERED_COMMANDS) as OfferedCommandName[];

const PeriodSchema = Type.Object({
  id: Type.String(),
  from: CivilDateOrNull,
  to: CivilDateOrNull,
  intake: codes(PERIOD_INTAKES),
  phase: codes(PERIOD_PHASES),
  originalDue: CivilDateOrNull,
  due: CivilDateOrNull,
  soft: Type.Boolean({ description: '原则性时限' }),
  provisional: Type.Boolean({ description: '暂定' }),
  entryBy: CivilDateOrNull,
  overdue: Type.Array(InstantSchema, { description: '每次逾期的时刻，延期后仍保留' }),
  extension: Type.Union([
    Type.Object({
      department: Named,
      requestedAt: InstantSchema,
      requestedBy: Named,
      to: CivilDateSchema,
      text: StringOrNull,
      level: codes(ROLES),
      decideBy: CivilDateSchema,
    }),
    Type.Null(),
  ]),
  extensions: Type.Array(
    Type.Object({ from: CivilDateSchema, to: CivilDateSchema, decidedAt: InstantSchema, level: codes(ROLES) }),
  ),
  adjustments: Type.Array(
    Type.Object({ from: CivilDateOrNull, to: CivilDateSchema, at: InstantSchema, documentNumber: Type.String() }),
  ),
  newDate: Type.Union([
    Type.Object({ department: Named, to: CivilDateSchema, text: StringOrNull, requestedAt: InstantSchema }),
    Type.Null(),
  ]),
  submissions: Type.Array(
    Type.Object({
      department: Named,
      phase: codes(['drafted', 'approved', 'verified', 'returned'] as const),
      submittedAt: InstantSchema,
      submittedBy: Named,
      approvedAt: InstantOrNull,
      approvedBy: NamedOrNull,
      verifyBy: CivilDateOrNull,
      verifyOverdueAt: InstantOrNull,
      completedOn: CivilDateSchema,
      text: StringOrNull,
      evidence: Type.Array(FileSchema),
    }),
  ),
  completedOn: CivilDateOrNull,
  closedAt: InstantOrNull,
});

/** Everything that a task's page shows. */
export const TaskPage = Type.Object({
  id: IdSchema,
  seq: Type.Integer({ description: '最近一条记录的序号' }),
  plan: Type.Object({ id: Type.String(), title: StringOrNull, documentNumber: StringOrNull }),
  path: Type.Array(Type.String()),
  section: StringOrNull,
  heading: StringOrNull,
  text: Type.String(),
  basis: StringOrNull,
  departmentsAsWritten: Type.Array(Type.String()),
  openEnded: Type.Boolean(),
  flags: Type.Array(Type.String()),
  deadline: Type.Object({ kind: codes(DEADLINE_KINDS), raw: StringOrNull }),
  textDeadlines: Type.Array(Type.Object({ raw: Type.String(), date: CivilDateOrNull })),
  indicators: Type.Array(
    Type.Object({
      raw: Type.String(),
      quantity: Type.Unsafe<number | null>({ type: ['number', 'null'] }),
      unit: StringOrNull,
      per: StringOrNull,
    }),
  ),
  phase: codes(TASK_PHASES),
  state: codes(TASK_STATES),
  lateness: codes(LATENESS),
  issuedOn: CivilDateOrNull,
  goLive: CivilDateSchema,
  openedAt: InstantSchema,
  closedAt: InstantOrNull,
  leadBasis: codes(['stated', 'assumed'] as const),
  claimBy: CivilDateOrNull,
  verifier: Type.Object({ department: Named, role: codes(ROLES) }),
  responsibilities: Type.Array(
    Type.Object({
      department: Named,
      part: codes(['lead', 'support'] as const),
      via: NamedOrNull,
      closes: Type.Boolean({ description: '由其提请办结' }),
      claimedAt: InstantOrNull,
      disputedAt: InstantOrNull,
      breakdown: Type.Union([Type.Object({ text: StringOrNull, measures: Type.Integer() }), Type.Null()]),
      lastReport: Type.Union([
        Type.Object({ at: InstantSchema, status: codes(REPORT_STATUSES), text: StringOrNull }),
        Type.Null(),
      ]),
    }),
  ),
  periods: Type.Array(PeriodSchema),
  subItems: Type.Array(
    Type.Object({
      id: Type.String(),
      origin: codes(SUB_ITEM_ORIGINS),
      department: NamedOrNull,
      text: Type.String(),
      due: CivilDateOrNull,
      soft: Type.Boolean(),
      doneOn: CivilDateOrNull,
      overdueAt: InstantOrNull,
    }),
  ),
  orders: Type.Array(
    Type.Object({
      id: Type.String(),
      period: Type.String(),
      draftedAt: InstantSchema,
      signedAt: InstantOrNull,
      signedBy: StringOrNull,
      replyBy: CivilDateOrNull,
      repliedAt: InstantOrNull,
      replyOverdueAt: InstantOrNull,
      closedAt: InstantOrNull,
    }),
  ),
  evidence: Type.Array(
    Type.Object({
      file: FileSchema,
      department: Named,
      on: CivilDateOrNull,
      period: StringOrNull,
      at: InstantSchema,
      by: Named,
    }),
  ),
  nextDue: Type.Array(Type.Object({ at: InstantSchema, text: Type.String() }), { description: '接下来自动发生的事' }),
  actions: Type.Array(
    Type.Object({
      name: codes(OFFERED_NAMES),
      summary: Type.String(),
      department: StringOrNull,
      period: StringOrNull,
      order: StringOrNull,
      item: StringOrNull,
      onPaper: Type.Boolean({ description: '只能代录书面批示' }),
    }),
    { description: '本人此刻可以进行的操作' },
  ),
});
