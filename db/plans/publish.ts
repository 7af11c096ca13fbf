import { asc, eq, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { BUREAU, type CivilDate, type Instant } from '../../domain/decider.ts';
import {
  planOpenings,
  type Offices,
  type PlanOpenings,
  type PlannedItem,
} from '../../domain/plan-opening/plan-openings.ts';
import { isCivilDate } from '../../domain/working-time/civil-date.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { currentPolicy, holdCalendar, lastYearOf, loadCalendar, verifyingOffice } from '../calendars.ts';
import { newEntityId } from '../ids.ts';
import { recordOpenings } from '../ledger.ts';
import type { Opening } from '../ledger-types.ts';
import type { PoolClient } from '../pool.ts';
import { planItems, plans, taskTexts } from '../schema/plans.ts';
import { NOBODY_NAMED, planNames, resolveNames } from './department-directory.ts';
import { lockDraft } from './edit-draft.ts';
import { batches } from './import-draft.ts';
import { mapDepartments } from './map-departments.ts';
import { PlanRefused } from './plan-refused.ts';
import { unresolvedProblems } from './unresolved.ts';

type Plan = typeof plans.$inferSelect;
type Item = typeof planItems.$inferSelect;

export interface PublishInput {
  planId: string;
  /** Default: the civil day of `now`. */
  goLive: CivilDate | null;
  /** True where a person accepts what is repaired or assumed, and new departments under their names as written. */
  confirmAssumptions: boolean;
  by: string;
  now: Instant;
}

export interface Published {
  planId: string;
  goLive: CivilDate;
  tasks: number;
  departments: number;
  evaluations: number;
}

/**
 * Publishes a draft inside the caller's transaction: departments, words of the tasks, and sequence 1 of every task, sheet
 * and evaluation with the orders to start their workflows. All of it happens or none. Throws PlanRefused.
 */
export async function publishPlan(client: PoolClient, input: PublishInput): Promise<Published> {
  const tx = drizzle(client);
  const plan = await lockDraft(tx, input.planId);
  const goLive = goLiveOf(plan, input);
  const items = await keptItems(tx, plan, input.confirmAssumptions);
  const opened = await openings(tx, plan, items, goLive, input.now);
  await storeTexts(tx, plan, items);
  await markPublished(tx, plan.id, goLive, input);
  await recordOpenings(client, ledgerOpenings(opened, input));
  return {
    planId: plan.id,
    goLive,
    tasks: opened.tasks.length,
    departments: opened.sheets.length,
    evaluations: opened.evaluations.length,
  };
}

export async function markPublished(
  tx: NodePgDatabase,
  planId: string,
  goLive: CivilDate,
  { by, now }: { by: string; now: Instant },
): Promise<void> {
  await tx
    .update(plans)
    .set({ status: 'published', goLive, publishedBy: by, publishedAt: now, version: sql`${plans.version} + 1` })
    .where(eq(plans.id, planId));
}

export function goLiveOf(plan: Plan, input: Pick<PublishInput, 'goLive' | 'now'>): CivilDate {
  const goLive = input.goLive ?? civilDate(input.now);
  if (!isCivilDate(goLive))
    throw new PlanRefused(422, 'bad-date', `启用日不是有效日期：${goLive}`, { field: 'goLive' });
  if (plan.issuedOn !== null && goLive < plan.issuedOn)
    throw new PlanRefused(422, 'go-live-before-issue', `启用日${goLive}早于印发日${plan.issuedOn}`, {
      field: 'goLive',
    });
  return goLive;
}

/** The items that go live, each with the id of its task. 409 with the list while a person has not decided everything. */
export async function keptItems(
  tx: NodePgDatabase,
  plan: Plan,
  confirmed: boolean,
): Promise<(Item & { taskId: string })[]> {
  const items = await tx
    .select()
    .from(planItems)
    .where(eq(planItems.planId, plan.id))
    .orderBy(asc(planItems.ordinal), asc(planItems.id));
  const unresolved = unresolvedProblems(plan, items, await planNames(tx, plan.id));
  const counted = confirmed ? unresolved.filter((problem) => problem.blocking) : unresolved;
  if (counted.length > 0)
    throw new PlanRefused(
      409,
      'unresolved-problems',
      `还有${counted.length}处待确认，请逐项确认，或选择按原文发布（confirmAssumptions）`,
      {
        unresolved: counted,
      },
    );
  return items.filter((item) => item.state === 'kept').map((item) => ({ ...item, taskId: newEntityId('task') }));
}

export async function openings(
  tx: NodePgDatabase,
  plan: Plan,
  items: readonly (Item & { taskId: string })[],
  goLive: CivilDate,
  now: Instant,
  runningPlan = plan.id,
): Promise<PlanOpenings> {
  const planned: PlannedItem[] = items.map(plannedItem);
  const resolved = await resolveNames(
    tx,
    plan.id,
    planned.flatMap((item) => item.departments),
    now,
  );
  const dates = [
    plan.horizonTo,
    goLive,
    ...planned.map((item) => item.deadline.date),
    ...plan.evaluations.map((e) => e.dueOn),
  ];
  await holdCalendar(tx);
  const opened = planOpenings({
    id: runningPlan,
    issuedOn: plan.issuedOn,
    goLive,
    horizon: horizonOf(plan),
    evaluations: plan.evaluations,
    items: planned,
    resolve: (name) => resolved.get(name),
    calendar: await loadCalendar(tx, { through: lastYearOf(now, dates) }),
    policy: await currentPolicy(tx),
    offices: await officesOf(tx),
    newId: newEntityId,
  });
  if (opened.refused.length > 0) throw cannotRun(items, opened);
  return opened;
}

function cannotRun(items: readonly (Item & { taskId: string })[], opened: PlanOpenings): PlanRefused {
  const unresolved = opened.refused.map(({ taskId, detail }) => {
    const item = items.find((each) => each.taskId === taskId);
    return {
      kind: 'item' as const,
      ref: item?.id ?? '',
      line: item?.sourceLine ?? null,
      code: 'cannot-run',
      detail,
      blocking: true,
    };
  });
  return new PlanRefused(
    409,
    'unresolved-problems',
    `有${unresolved.length}项任务无法启动：${opened.refused[0]?.detail}`,
    {
      unresolved,
    },
  );
}

export function plannedItem(item: Item & { taskId: string }): PlannedItem {
  const { content } = item;
  const named = content.departments.length > 0;
  return {
    taskId: item.taskId,
    departments: named ? content.departments : [NOBODY_NAMED],
    lead: named ? content.lead : [NOBODY_NAMED],
    leadBasis: content.leadBasis,
    deadline: content.deadline,
    textDeadlines: content.textDeadlines,
    confirmedDeadlines: item.confirmedDeadlines,
  };
}

export function horizonOf(plan: Pick<Plan, 'horizonFrom' | 'horizonTo'>): { from: CivilDate; to: CivilDate } | null {
  return plan.horizonFrom === null || plan.horizonTo === null ? null : { from: plan.horizonFrom, to: plan.horizonTo };
}

/** The supervising office verifies; the director's office verifies what the supervising office itself is responsible for. */
export async function officesOf(tx: NodePgDatabase): Promise<Offices> {
  const [home] = await mapDepartments(tx, [await verifyingOffice(tx)]);
  return {
    verifier: { department: BUREAU, role: 'supervising-office' },
    alternateVerifier: { department: BUREAU, role: 'director-office' },
    verifierHome: home?.departmentId ?? null,
  };
}

export async function storeTexts(
  tx: NodePgDatabase,
  plan: Pick<Plan, 'id'>,
  items: readonly (Item & { taskId: string })[],
): Promise<void> {
  for (const batch of batches(items, 500)) {
    await tx.insert(taskTexts).values(batch.map((item) => ({ planId: plan.id, ...taskText(item) })));
    const pairs = sql.join(
      batch.map((item) => sql`(${item.id}, ${item.taskId})`),
      sql`, `,
    );
    await tx.execute(
      sql`update plan_items set task_id = pair.task from (values ${pairs}) as pair (item, task) where plan_items.id = pair.item`,
    );
  }
}

/** The words of a task as its item has them; a revision writes them anew. */
export function taskText(item: Item & { taskId: string }) {
  return {
    taskId: item.taskId,
    ordinal: item.ordinal,
    path: item.content.path,
    section: item.content.path.slice(0, 2).join(''),
    heading: item.content.heading,
    text: item.content.text,
    departmentsAsWritten: item.content.departments,
    openEnded: item.content.openEnded,
    deadlineRaw: item.content.deadline.raw,
    repaired: item.content.deadline.repaired,
    // What a person confirmed is no longer 待确认.
    flags: item.confirmedAt === null ? item.flags : [],
    textDeadlines: item.content.textDeadlines,
    indicators: item.content.indicators,
    sourceLine: item.sourceLine,
  };
}

export function ledgerOpenings(opened: PlanOpenings, { by, now }: { by: string; now: Instant }): Opening[] {
  return [
    ...opened.tasks.map((data) => ({
      entity: { kind: 'task' as const, id: data.id },
      facts: [{ type: 'TaskAssigned', data }],
      by,
      now,
    })),
    ...opened.sheets.map((data) => ({
      entity: { kind: 'sheet' as const, id: data.id },
      facts: [{ type: 'SheetOpened', data }],
      by,
      now,
    })),
    ...opened.evaluations.map((data) => ({
      entity: { kind: 'evaluation' as const, id: data.id },
      facts: [{ type: 'EvaluationOpened', data }],
      by,
      now,
    })),
  ];
}
