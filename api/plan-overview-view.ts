import { Type, type Static } from '@fastify/type-provider-typebox';
import type { ComparedPlans } from '../db/plans/compare.ts';
import type { OverviewEvaluation, OverviewTask } from '../db/plans/plan-overview.ts';
import type { PlanRow } from '../db/plans/preview.ts';
import { PLAN_STATUSES } from '../db/schema/plans.ts';
import { naturalDaysBetween } from '../domain/working-time/civil-date.ts';
import { civilDate, isoShanghai } from '../domain/working-time/instants.ts';
import {
  CivilDateOrNull,
  CivilDateSchema,
  codes,
  IdSchema,
  InstantOrNull,
  IntegerOrNull,
  StringOrNull,
} from './schemas.ts';

const Tally = {
  tasks: Type.Integer(),
  closed: Type.Integer(),
  late: Type.Integer({ description: '已逾期' }),
  dueSoon: Type.Integer({ description: '30日内到期' }),
  nextDue: CivilDateOrNull,
};

const Part = Type.Object({ id: Type.String(), name: Type.String() });

export const OverviewView = Type.Object(
  {
    plan: Type.Object({
      id: IdSchema,
      title: Type.String(),
      documentNumber: StringOrNull,
      issuedOn: CivilDateOrNull,
      goLive: CivilDateOrNull,
      status: codes(PLAN_STATUSES),
      goals: Type.Array(Type.String()),
    }),
    today: CivilDateSchema,
    total: Type.Object(Tally),
    byState: Type.Array(Type.Object({ state: Type.String(), tasks: Type.Integer() })),
    sections: Type.Array(
      Type.Object({
        section: Type.String(),
        ...Tally,
        tasks: Type.Integer(),
        items: Type.Array(
          Type.Object({
            id: IdSchema,
            path: Type.Array(Type.String()),
            heading: Type.String(),
            text: Type.String(),
            deadlineKind: Type.String(),
            deadlineRaw: Type.String(),
            state: Type.String(),
            lateness: Type.String(),
            due: CivilDateOrNull,
            originalDue: CivilDateOrNull,
            provisional: Type.Boolean(),
            daysLeft: IntegerOrNull,
            period: StringOrNull,
            periods: Type.Integer(),
            periodsClosed: Type.Integer(),
            reportStatus: StringOrNull,
            lastReportAt: InstantOrNull,
            extensionPending: Type.Boolean(),
            ordersOpen: Type.Integer(),
            leads: Type.Array(Part),
            departments: Type.Array(Part),
            flags: Type.Array(Type.String()),
          }),
        ),
      }),
    ),
    departments: Type.Array(
      Type.Object({ id: Type.String(), name: Type.String(), leads: Type.Integer({ description: '牵头数' }), ...Tally }),
    ),
    evaluations: Type.Array(
      Type.Object({
        id: IdSchema,
        kind: Type.String(),
        dueOn: CivilDateSchema,
        deliveredOn: CivilDateOrNull,
        overdue: Type.Boolean(),
      }),
    ),
  },
  { title: 'PlanOverview' },
);

const SOON_DAYS = 30;

export function overviewView(
  plan: PlanRow,
  { tasks, evaluations }: { tasks: OverviewTask[]; evaluations: OverviewEvaluation[] },
  now: number,
  names: Map<string, string>,
): Static<typeof OverviewView> {
  const today = civilDate(now);
  const part = (id: string) => ({ id, name: names.get(id) ?? id });
  const sections = groupBy(tasks, (task) => [task.section]);
  const departments = groupBy(tasks, (task) => task.departments);
  const states = groupBy(tasks, (task) => [task.state]);
  const { id, title, documentNumber, issuedOn, goLive, status, goals } = plan;
  return {
    plan: { id, title, documentNumber, issuedOn, goLive, status, goals },
    today,
    total: tally(tasks, today),
    byState: [...states].map(([state, own]) => ({ state, tasks: own.length })),
    sections: [...sections].map(([section, own]) => ({
      section,
      ...tally(own, today),
      items: own.map((task) => ({
        ...shown(task),
        daysLeft: task.due === null || !isOpen(task) ? null : naturalDaysBetween(today, task.due),
        lastReportAt: task.lastReportAt === null ? null : isoShanghai(task.lastReportAt),
        leads: task.leads.map(part),
        departments: task.departments.map(part),
      })),
    })),
    departments: [...departments].map(([department, own]) => ({
      ...part(department),
      leads: own.filter((task) => task.leads.includes(department)).length,
      ...tally(own, today),
    })),
    evaluations,
  };
}

function shown({ phase: _phase, ordinal: _ordinal, section: _section, currentPeriod, ...task }: OverviewTask) {
  return { ...task, period: currentPeriod };
}

function groupBy(tasks: OverviewTask[], keys: (task: OverviewTask) => string[]): Map<string, OverviewTask[]> {
  const groups = new Map<string, OverviewTask[]>();
  for (const task of tasks)
    for (const key of keys(task)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [task]);
      else group.push(task);
    }
  return groups;
}

function isOpen({ phase }: OverviewTask): boolean {
  return phase === 'running' || phase === 'suspended';
}

function tally(tasks: OverviewTask[], today: string) {
  const dues = tasks
    .filter((task) => isOpen(task) && task.due !== null && task.due >= today)
    .map((task) => task.due ?? '');
  return {
    tasks: tasks.length,
    closed: tasks.filter((task) => task.phase === 'closed').length,
    late: tasks.filter((task) => task.lateness === 'late').length,
    dueSoon: dues.filter((due) => naturalDaysBetween(today, due) <= SOON_DAYS).length,
    nextDue: dues.toSorted()[0] ?? null,
  };
}

const Brief = Type.Object({
  id: IdSchema,
  path: Type.Array(Type.String()),
  text: Type.String(),
  departments: Type.Array(Type.String()),
  deadline: Type.String(),
  taskId: StringOrNull,
});
const DeadlineTerms = Type.Object({ kind: Type.String(), date: CivilDateOrNull, every: StringOrNull });

export const DifferenceView = Type.Object(
  {
    before: Type.Object({ id: IdSchema, title: Type.String() }),
    after: Type.Object({ id: IdSchema, title: Type.String() }),
    added: Type.Array(Brief),
    dropped: Type.Array(Brief),
    merged: Type.Array(Type.Object({ from: Brief, into: Brief })),
    changed: Type.Array(
      Type.Object({
        from: Brief,
        to: Brief,
        similarity: Type.Number(),
        textChanged: Type.Boolean(),
        deadline: Type.Union([Type.Object({ from: DeadlineTerms, to: DeadlineTerms }), Type.Null()]),
        departments: Type.Union([
          Type.Object({
            added: Type.Array(Type.String()),
            removed: Type.Array(Type.String()),
            leadFrom: Type.Array(Type.String()),
            leadTo: Type.Array(Type.String()),
          }),
          Type.Null(),
        ]),
      }),
    ),
    unchanged: Type.Integer({ description: '没有变化的任务数' }),
  },
  { title: 'PlanDifference' },
);

export function differenceView({ before, after, difference }: ComparedPlans): Static<typeof DifferenceView> {
  const items = new Map([...before.items, ...after.items].map((item) => [item.id, item]));
  const brief = (id: string): Static<typeof Brief> => {
    const item = items.get(id);
    return {
      id,
      path: item?.content.path ?? [],
      text: item?.content.text ?? '',
      departments: item?.content.departments ?? [],
      deadline: item?.content.deadline.raw ?? '',
      taskId: item?.taskId ?? null,
    };
  };
  const named = (departments: string[]): string[] =>
    departments.map((department) => {
      const name = after.nameOf(department);
      return name === department ? before.nameOf(department) : name;
    });
  const changed = difference.matched.filter((match) => match.textChanged || match.deadline || match.departments);
  return {
    before: { id: before.plan.id, title: before.plan.title },
    after: { id: after.plan.id, title: after.plan.title },
    added: difference.added.map(brief),
    dropped: difference.dropped.map(brief),
    merged: difference.merged.map(({ from, into }) => ({ from: brief(from), into: brief(into) })),
    changed: changed.map((match) => ({
      from: brief(match.from),
      to: brief(match.to),
      similarity: match.similarity,
      textChanged: match.textChanged,
      deadline: match.deadline,
      departments: match.departments && {
        added: named(match.departments.added),
        removed: named(match.departments.removed),
        leadFrom: named(match.departments.leadFrom),
        leadTo: named(match.departments.leadTo),
      },
    })),
    unchanged: difference.matched.length - changed.length,
  };
}
