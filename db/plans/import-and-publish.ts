import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CivilDate, Instant } from '../../domain/decider.ts';
import type { PlanReading } from '../../domain/plan-text/plan-reading.ts';
import { inTransaction, type Pool } from '../pool.ts';
import { planItems, plans } from '../schema/plans.ts';
import { importDraft } from './import-draft.ts';
import { PlanRefused } from './plan-refused.ts';
import { publishPlan } from './publish.ts';

/**
 * What `npm start -- --plan FILE` does: imports the file and publishes it with names as written; what was repaired or
 * assumed stays marked 待确认 on its task. Import and publication are one transaction, and the same file is one plan, so
 * a second start, or one after a kill half-way, finds it as it was. Answers a line for the operator.
 * Throws PlanRefused where the plan cannot go live.
 */
export async function importAndPublish(
  pool: Pool,
  input: {
    bytes: Uint8Array;
    filename: string;
    reading: PlanReading;
    text: string;
    goLive: CivilDate | null;
    now: Instant;
  },
): Promise<string> {
  const sourceSha256 = createHash('sha256').update(input.bytes).digest('hex');
  const { reading, filename, text, now } = input;
  return inTransaction(pool, async (client) => {
    const tx = drizzle(client);
    const { planId, status } = await importDraft(tx, { reading, sourceSha256, filename, text, by: 'system', now });
    if (status !== 'draft') return alreadyThere(tx, planId);
    const published = await publishPlan(client, {
      planId,
      goLive: input.goLive,
      confirmAssumptions: true,
      by: 'system',
      now,
    }).catch((error: unknown) => {
      if (error instanceof PlanRefused) throw withReasons(error);
      throw error;
    });
    const counts = await countsOf(tx, planId);
    return (
      `已发布《${counts.title}》：${published.tasks}项任务，${counts.names}个部门名称，${counts.responsibilities}项责任，` +
      `启用日${published.goLive}${counts.flagged === 0 ? '' : `；${counts.flagged}项任务有待确认之处`}`
    );
  });
}

async function alreadyThere(tx: NodePgDatabase, planId: string): Promise<string> {
  const [plan] = await tx.select({ title: plans.title, goLive: plans.goLive }).from(plans).where(eq(plans.id, planId));
  return `《${plan?.title ?? ''}》此前已导入并发布，启用日${plan?.goLive ?? '未定'}，不再重复`;
}

async function countsOf(tx: NodePgDatabase, planId: string) {
  const [plan] = await tx.select({ title: plans.title }).from(plans).where(eq(plans.id, planId));
  const items = await tx.select().from(planItems).where(eq(planItems.planId, planId));
  const named = items.flatMap((item) => item.content.departments);
  return {
    title: plan?.title ?? '',
    names: new Set(named).size,
    responsibilities: named.length,
    flagged: items.filter((item) => item.confirmedAt === null && item.flags.length > 0).length,
  };
}

/** An operator sees one line: the first reasons belong into it. */
function withReasons(error: PlanRefused): PlanRefused {
  if (error.unresolved.length === 0) return error;
  const reasons = error.unresolved.slice(0, 3).map((problem) => problem.detail);
  return new PlanRefused(error.status, error.code, `${error.message}：${reasons.join('；')}`, {
    unresolved: error.unresolved,
  });
}
