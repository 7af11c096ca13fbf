import { Type } from '@fastify/type-provider-typebox';
import { isoShanghai } from '../domain/working-time/instants.ts';
import { DEADLINE_KINDS, REPORT_STATUSES, TASK_PHASES } from '../domain/task/task-state.ts';
import type { TaskRow } from '../db/queries/task-list.ts';
import { LATENESS, TASK_STATES } from '../db/schema/tasks.ts';
import {
  CivilDateOrNull,
  codes,
  codesOrNull,
  IdSchema,
  InstantOrNull,
  InstantSchema,
  StringOrNull,
} from './schemas.ts';

/** One row of the table of tasks. */
export const TaskItem = Type.Object({
  id: IdSchema,
  plan: Type.Object({ id: Type.String(), title: StringOrNull }),
  path: Type.Array(Type.String(), { description: '计划中的层级编号' }),
  section: StringOrNull,
  heading: StringOrNull,
  text: Type.String(),
  deadline: Type.Object({
    kind: codes(DEADLINE_KINDS),
    raw: StringOrNull,
    due: CivilDateOrNull,
    originalDue: CivilDateOrNull,
    provisional: Type.Boolean({ description: '暂定' }),
  }),
  phase: codes(TASK_PHASES),
  state: codes(TASK_STATES),
  lateness: codes(LATENESS),
  period: StringOrNull,
  periods: Type.Integer(),
  periodsClosed: Type.Integer(),
  departments: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      part: codes(['lead', 'support'] as const),
      claimed: Type.Boolean({ description: '该部门已认领' }),
    }),
  ),
  leadBasis: codes(['stated', 'assumed'] as const),
  unclaimed: Type.Integer({ description: '未认领部门数' }),
  disputed: Type.Integer({ description: '有异议部门数' }),
  extensionPending: Type.Boolean(),
  ordersOpen: Type.Integer({ description: '未了结督办单数' }),
  reportStatus: codesOrNull(REPORT_STATUSES),
  lastReportAt: InstantOrNull,
  updatedAt: InstantSchema,
  closedAt: InstantOrNull,
});

export function taskItem(row: TaskRow) {
  return {
    id: row.id,
    plan: { id: row.planId, title: row.planTitle },
    path: row.path ?? [],
    section: row.section,
    heading: row.heading,
    text: row.text ?? '',
    deadline: {
      kind: row.deadlineKind,
      raw: row.deadlineRaw,
      due: row.due,
      originalDue: row.originalDue,
      provisional: row.provisional,
    },
    phase: row.phase,
    state: row.state,
    lateness: row.lateness,
    period: row.currentPeriod,
    periods: row.periods,
    periodsClosed: row.periodsClosed,
    departments: row.departments,
    leadBasis: row.leadBasis,
    unclaimed: row.unclaimed,
    disputed: row.disputed,
    extensionPending: row.extensionPending,
    ordersOpen: row.ordersOpen,
    reportStatus: row.reportStatus,
    lastReportAt: instantOrNull(row.lastReportAt),
    updatedAt: isoShanghai(Number(row.updatedAt)),
    closedAt: instantOrNull(row.closedAt),
  };
}

export function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : isoShanghai(ms);
}
