import { desc, eq, inArray } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CivilDate, Instant } from '../../domain/decider.ts';
import { responsibilitiesOf, type ResolvedName } from '../../domain/plan-departments/responsibilities.ts';
import type { MatchedItem } from '../../domain/plan-revision/plan-difference.ts';
import { recordOpenings } from '../ledger.ts';
import type { PoolClient } from '../pool.ts';
import { planItems, planRevisions, taskTexts } from '../schema/plans.ts';
import { comparePlans, type ComparedPlans } from './compare.ts';
import { resolveNames } from './department-directory.ts';
import { lockDraft, lockPlan } from './edit-draft.ts';
import { PlanRefused } from './plan-refused.ts';
import type { PlanItemRow } from './preview.ts';
import { goLiveOf, keptItems, ledgerOpenings, markPublished, openings, storeTexts, taskText } from './publish.ts';
import { evaluationOrder, orderCommands, planOrder, type PlanOrder } from './revise-tasks.ts';

export interface RevisionInput {
  planId: string;
  /** The running plan, or any earlier revision of it. */
  revisesId: string;
  /** The paper that ordered the revision (文号). */
  documentNumber: string;
  goLive: CivilDate | null;
  confirmAssumptions: boolean;
  /** The workflows' name for a command without an answer. */
  signal: string;
  by: string;
  now: Instant;
}

export interface RevisionApplied {
  planId: string;
  /** The plan under which the tasks run, before and after. */
  runningPlanId: string;
  goLive: CivilDate;
  continued: number;
  added: number;
  dropped: number;
  merged: number;
}

/** The running plan that a revision belongs to, and the newest text of it: what the next revision is compared with. */
export async function revisionBase(db: NodePgDatabase, planId: string): Promise<{ root: string; newest: string }> {
  const [own] = await db.select().from(planRevisions).where(eq(planRevisions.planId, planId));
  const root = own?.revisesId ?? planId;
  const [last] = await db
    .select({ planId: planRevisions.planId })
    .from(planRevisions)
    .where(eq(planRevisions.revisesId, root))
    .orderBy(desc(planRevisions.appliedAt), desc(planRevisions.planId))
    .limit(1);
  return { root, newest: last?.planId ?? root };
}

/**
 * Publishes a draft as the revision of a running plan. Tasks that go on keep their workflows and histories and are told
 * what changed with the paper's number; new ones start under the same plan, dropped ones stop. One transaction.
 */
export async function publishRevision(client: PoolClient, input: RevisionInput): Promise<RevisionApplied> {
  const tx = drizzle(client);
  const { root, newest } = await revisionBase(tx, input.revisesId);
  const running = await lockPlan(tx, root);
  if (running.status !== 'published')
    throw new PlanRefused(409, 'not-published', '只能修订已发布的计划', { field: 'revises' });
  if (root === input.planId) throw new PlanRefused(422, 'revises-itself', '计划不能修订自己', { field: 'revises' });
  if (input.documentNumber.trim() === '')
    throw new PlanRefused(422, 'document-number-required', '修订须填写文号', { field: 'documentNumber' });
  const plan = await lockDraft(tx, input.planId);
  const goLive = goLiveOf(plan, input);
  const fresh = await keptItems(tx, plan, input.confirmAssumptions);
  const resolved = await resolveNames(
    tx,
    plan.id,
    fresh.flatMap((item) => item.content.departments),
    input.now,
  );
  const compared = await comparePlans(tx, newest, plan.id);
  const links = linkTasks(compared, fresh);
  const started = fresh.filter((item) => !links.continued.has(item.id));
  // Opened as a whole, so that a department that joins a continued task begins to report; only new tasks are recorded.
  const opened = await openings(tx, plan, fresh, goLive, input.now, root);
  const startedTasks = new Set(started.map((item) => item.taskId));

  await storeTexts(tx, { id: root }, started);
  await rewriteTexts(tx, fresh, links.continued);
  const orders = [
    ...ordersFor(compared, links, resolved, input),
    ...endings(compared, links, fresh, input),
    ...(await evaluationOrders(client, root, plan.evaluations, input)),
  ];
  await orderCommands(client, orders, { signal: input.signal, scope: `revision:${plan.id}`, by: input.by });
  const reporting = new Set(await departmentsWithSheets(client, root));
  const sheets = opened.sheets.filter((sheet) => !reporting.has(sheet.department));
  const tasks = opened.tasks.filter((task) => startedTasks.has(task.id));
  // The evaluations of the running plan go on, at the date that the revision gives them; only new ones begin.
  const begun = new Set((await begunEvaluations(client, root)).map(({ evaluation }) => evaluation));
  const evaluations = opened.evaluations.filter(({ evaluation }) => !begun.has(evaluation));
  await recordOpenings(client, ledgerOpenings({ ...opened, tasks, sheets, evaluations }, input));
  await tx.insert(planRevisions).values({
    planId: plan.id,
    revisesId: root,
    documentNumber: input.documentNumber,
    difference: compared.difference,
    appliedBy: input.by,
    appliedAt: input.now,
  });
  await markPublished(tx, plan.id, goLive, input);
  return {
    planId: plan.id,
    runningPlanId: root,
    goLive,
    continued: links.continued.size,
    added: started.length,
    dropped: compared.difference.dropped.length,
    merged: compared.difference.merged.length + links.replaced.length,
  };
}

interface Links {
  /** New item → the task that goes on under it. */
  continued: Map<string, string>;
  /** Matched items whose kind of deadline changed: a clock of another kind is another task, the old one is merged into it. */
  replaced: MatchedItem[];
  /** Old item → its task. */
  oldTasks: Map<string, string>;
}

function linkTasks({ before, difference }: ComparedPlans, fresh: readonly PlanItemRow[]): Links {
  const oldTasks = new Map(
    before.items.filter((item) => item.taskId !== null).map((item) => [item.id, item.taskId as string]),
  );
  const known = new Set(fresh.map((item) => item.id));
  const continued = new Map<string, string>();
  const replaced: MatchedItem[] = [];
  for (const match of difference.matched) {
    const task = oldTasks.get(match.from);
    if (task === undefined || !known.has(match.to)) continue;
    const other = match.deadline !== null && (match.deadline.from.kind !== 'date' || match.deadline.to.kind !== 'date');
    if (other) replaced.push(match);
    else continued.set(match.to, task);
  }
  return { continued, replaced, oldTasks };
}

/** What a continued task is told: a moved date, other departments, other words, each with the paper's number. */
function ordersFor(
  { after, difference }: ComparedPlans,
  { continued }: Links,
  resolved: Map<string, ResolvedName>,
  { documentNumber, planId }: RevisionInput,
): PlanOrder[] {
  const orders: PlanOrder[] = [];
  for (const match of difference.matched) {
    const task = continued.get(match.to);
    const item = after.items.find((each) => each.id === match.to);
    if (task === undefined || item === undefined) continue;
    const to = match.deadline?.to.date ?? null;
    if (to !== null)
      orders.push(planOrder(task, 'adjustDeadline', { period: 'once', to, documentNumber, text: planId }));
    if (match.departments !== null) {
      const { responsibilities } = responsibilitiesOf(item.content, (name) => resolved.get(name));
      const parts = responsibilities.map(({ department, part }) => ({ department, part }));
      orders.push(planOrder(task, 'changeDepartments', { responsibilities: parts, documentNumber }));
    }
    if (match.textChanged) orders.push(planOrder(task, 'reviseText', { documentNumber, revision: planId }));
  }
  return orders;
}

interface BegunEvaluation {
  id: string;
  finished: boolean;
  evaluation: string;
  dueOn: string;
}

/** Delivered ones included, so that a revision that repeats them does not begin them anew; withdrawn ones not. */
async function begunEvaluations(client: PoolClient, planId: string): Promise<BegunEvaluation[]> {
  const { rows } = await client.query<BegunEvaluation>(
    `select id, finished_at is not null as finished, state ->> 'evaluation' as evaluation, state ->> 'dueOn' as "dueOn"
     from entities where plan_id = $1 and kind = 'evaluation' and state ->> 'withdrawnAt' is null order by id`,
    [planId],
  );
  return rows;
}

/** An evaluation that the revision dates otherwise moves; one that it no longer asks for is withdrawn. */
async function evaluationOrders(
  client: PoolClient,
  planId: string,
  wanted: readonly { kind: string; dueOn: string }[],
  { documentNumber }: RevisionInput,
): Promise<PlanOrder[]> {
  return (await begunEvaluations(client, planId)).flatMap(({ id, finished, evaluation, dueOn }) => {
    if (finished) return [];
    const to = wanted.find(({ kind }) => kind === evaluation)?.dueOn;
    if (to === undefined) return [evaluationOrder(id, 'withdraw', { documentNumber })];
    return to === dueOn ? [] : [evaluationOrder(id, 'moveDate', { to, documentNumber })];
  });
}

/** Dropped tasks stop, merged ones name the task that goes on with their work. */
function endings(
  { difference }: ComparedPlans,
  { continued, replaced, oldTasks }: Links,
  fresh: readonly (PlanItemRow & { taskId: string })[],
  { documentNumber }: RevisionInput,
): PlanOrder[] {
  const successor = (itemId: string): string[] => {
    const task = continued.get(itemId) ?? fresh.find((item) => item.id === itemId)?.taskId;
    return task === undefined ? [] : [task];
  };
  const end = (itemId: string, phase: 'stopped' | 'merged', into: string[]): PlanOrder[] => {
    const task = oldTasks.get(itemId);
    return task === undefined ? [] : [planOrder(task, 'changePhase', { phase, documentNumber, text: null, into })];
  };
  return [
    ...difference.dropped.flatMap((item) => end(item, 'stopped', [])),
    ...difference.merged.flatMap(({ from, into }) => end(from, 'merged', successor(into))),
    ...replaced.flatMap(({ from, to }) => end(from, 'merged', successor(to))),
  ];
}

async function rewriteTexts(
  tx: NodePgDatabase,
  fresh: readonly (PlanItemRow & { taskId: string })[],
  continued: Map<string, string>,
): Promise<void> {
  for (const item of fresh) {
    const taskId = continued.get(item.id);
    if (taskId === undefined) continue;
    await tx
      .update(taskTexts)
      .set(taskText({ ...item, taskId }))
      .where(eq(taskTexts.taskId, taskId));
    await tx
      .update(planItems)
      .set({ taskId })
      .where(inArray(planItems.id, [item.id]));
  }
}

/** Departments that report on the plan every month already. */
export async function departmentsWithSheets(client: PoolClient, planId: string): Promise<string[]> {
  const { rows } = await client.query<{ department: string }>(
    `select state ->> 'department' as department from entities
     where plan_id = $1 and kind = 'sheet' and finished_at is null`,
    [planId],
  );
  return rows.map((row) => row.department);
}
