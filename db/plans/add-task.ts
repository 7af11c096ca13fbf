import { eq, inArray, and, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { readDeadlinePhrase } from '../../domain/deadline-phrases/read-deadline-phrase.ts';
import type { CivilDate, Instant } from '../../domain/decider.ts';
import { planOpenings } from '../../domain/plan-opening/plan-openings.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { currentPolicy, holdCalendar, lastYearOf, loadCalendar } from '../calendars.ts';
import { newEntityId } from '../ids.ts';
import { recordOpenings } from '../ledger.ts';
import type { PoolClient } from '../pool.ts';
import { departments } from '../schema/people.ts';
import { plans, taskTexts } from '../schema/plans.ts';
import { expandedGroups } from './department-directory.ts';
import { lockPlan } from './edit-draft.ts';
import { PlanRefused } from './plan-refused.ts';
import { departmentsWithSheets } from './publish-revision.ts';
import { horizonOf, ledgerOpenings, officesOf } from './publish.ts';

/** The plan under which tasks run that a leader ordered outside any plan (领导交办). */
export const BY_HAND = 'plan-by-hand';

export interface AddedTask {
  /** The published plan that the task joins; null for the bureau's list of ordered tasks. */
  planId: string | null;
  text: string;
  heading: string;
  /** Ids, in order; the leads among them. */
  departments: string[];
  lead: string[];
  /** Worded as in a plan: 2027年3月底前, 每季度, 长期坚持. */
  deadline: string;
  /** The paper or meeting that ordered it. */
  basis: string;
  by: string;
  now: Instant;
}

/** Opens one task by hand inside the caller's transaction. Answers its id. Throws PlanRefused. */
export async function addTask(client: PoolClient, added: AddedTask): Promise<{ id: string; planId: string }> {
  const tx = drizzle(client);
  const goLive = civilDate(added.now);
  const plan = await lockPlan(tx, added.planId ?? (await byHandPlan(tx, added.now)));
  if (plan.status !== 'published')
    throw new PlanRefused(409, 'not-published', '只能加入已发布的计划', { field: 'plan' });
  await requireDepartments(tx, added);
  const deadline = deadlineOf(added.deadline, goLive);
  const id = newEntityId('task');
  const groups = await expandedGroups(tx);
  const horizon = horizonOf(plan) ?? { from: `${goLive.slice(0, 4)}-01-01`, to: yearsLater(goLive, 2) };
  await holdCalendar(tx);
  const opened = planOpenings({
    id: plan.id,
    issuedOn: plan.issuedOn,
    goLive,
    horizon,
    evaluations: plan.evaluations,
    items: [
      {
        taskId: id,
        departments: added.departments,
        lead: added.lead,
        leadBasis: added.lead.length > 0 ? 'stated' : 'assumed',
        deadline: { ...deadline, from: 'annotation' },
        textDeadlines: [],
        confirmedDeadlines: [],
      },
    ],
    resolve: (department) => ({ department, members: groups.get(department) ?? [] }),
    calendar: await loadCalendar(tx, { through: lastYearOf(added.now, [horizon.to, deadline.date]) }),
    policy: await currentPolicy(tx),
    offices: await officesOf(tx),
    newId: newEntityId,
  });
  if (opened.refused.length > 0) throw new PlanRefused(422, 'cannot-run', opened.refused[0]?.detail ?? '任务无法启动');
  await storeText(tx, plan.id, id, added, deadline.repaired);
  const reporting = new Set(await departmentsWithSheets(client, plan.id));
  const tasks = opened.tasks.map((task) => ({ ...task, announce: true }));
  const sheets = opened.sheets
    .filter((sheet) => !reporting.has(sheet.department))
    // The task is announced by itself: no summary of a handover that was none.
    .map((sheet) => ({ ...sheet, handover: { assigned: 0, beforeIssue: 0, beforeGoLive: 0, declaredDone: 0 } }));
  await recordOpenings(client, ledgerOpenings({ tasks, sheets, evaluations: [], refused: [] }, added));
  return { id, planId: plan.id };
}

async function storeText(
  tx: NodePgDatabase,
  planId: string,
  taskId: string,
  added: AddedTask,
  repaired: boolean,
): Promise<void> {
  const named = await tx
    .select({ id: departments.id, name: departments.name })
    .from(departments)
    .where(inArray(departments.id, added.departments));
  const [last] = await tx
    .select({ ordinal: sql<number>`coalesce(max(${taskTexts.ordinal}), 0)::int` })
    .from(taskTexts)
    .where(eq(taskTexts.planId, planId));
  await tx.insert(taskTexts).values({
    taskId,
    planId,
    ordinal: (last?.ordinal ?? 0) + 1,
    path: ['交办'],
    section: '领导交办',
    heading: added.heading,
    text: added.text,
    departmentsAsWritten: added.departments.map((id) => named.find((row) => row.id === id)?.name ?? id),
    deadlineRaw: added.deadline,
    repaired,
    flags: [],
    textDeadlines: [],
    indicators: [],
    basis: added.basis,
  });
}

async function byHandPlan(tx: NodePgDatabase, now: Instant): Promise<string> {
  await tx
    .insert(plans)
    .values({
      id: BY_HAND,
      title: '领导交办事项',
      status: 'published',
      sourceSha256: BY_HAND,
      sourceFilename: '',
      sourceText: '',
      goals: [],
      evaluations: [],
      problems: [],
      goLive: civilDate(now),
      importedBy: 'system',
      importedAt: now,
      publishedBy: 'system',
      publishedAt: now,
    })
    .onConflictDoNothing();
  return BY_HAND;
}

async function requireDepartments(tx: NodePgDatabase, added: AddedTask): Promise<void> {
  const live = await tx
    .select({ id: departments.id })
    .from(departments)
    .where(and(inArray(departments.id, added.departments), eq(departments.active, true)));
  const known = new Set(live.map((row) => row.id));
  const missing = added.departments.find((id) => !known.has(id));
  if (missing !== undefined)
    throw new PlanRefused(422, 'no-such-department', `没有这个部门：${missing}`, { field: 'departments' });
  const foreign = added.lead.find((id) => !added.departments.includes(id));
  if (foreign !== undefined)
    throw new PlanRefused(422, 'lead-not-named', `牵头单位不在责任部门之中：${foreign}`, { field: 'lead' });
}

function deadlineOf(raw: string, today: CivilDate) {
  const phrase = readDeadlinePhrase(raw, { issuedOn: today, year: Number(today.slice(0, 4)) });
  if (phrase.kind === 'none' && raw.trim() !== '')
    throw new PlanRefused(422, 'deadline-unreadable', `读不懂这个时限：“${raw}”`, { field: 'deadline' });
  if (phrase.kind === 'declared-done')
    throw new PlanRefused(422, 'already-done', '交办的任务不能写作已完成', { field: 'deadline' });
  if (phrase.date !== null && phrase.kind === 'date' && phrase.date < today)
    throw new PlanRefused(422, 'date-in-the-past', `完成时限${phrase.date}已经过去`, { field: 'deadline' });
  return phrase;
}

function yearsLater(date: CivilDate, years: number): CivilDate {
  return `${Number(date.slice(0, 4)) + years}-12-31`;
}
