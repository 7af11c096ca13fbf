import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Instant } from '../../domain/decider.ts';
import type { PoolClient } from '../pool.ts';
import { plans } from '../schema/plans.ts';
import { lockPlan } from './edit-draft.ts';
import { PlanRefused } from './plan-refused.ts';
import { orderCommands, planOrder } from './revise-tasks.ts';

export interface WithdrawInput {
  planId: string;
  ground: string;
  /** The paper that ordered it, where there is one. */
  documentNumber: string | null;
  signal: string;
  by: string;
  now: Instant;
}

/** Withdraws a draft, or a plan that was published wrongly: its open tasks are withdrawn with the ground, history stays. */
export async function withdrawPlan(client: PoolClient, input: WithdrawInput): Promise<{ tasks: number }> {
  const tx = drizzle(client);
  const plan = await lockPlan(tx, input.planId);
  if (plan.status === 'withdrawn') throw new PlanRefused(409, 'already-withdrawn', '计划已经撤回');
  await tx
    .update(plans)
    .set({
      status: 'withdrawn',
      withdrawnBy: input.by,
      withdrawnAt: input.now,
      withdrawnGround: input.ground,
      version: sql`${plans.version} + 1`,
    })
    .where(eq(plans.id, plan.id));
  const { rows } = await client.query<{ id: string }>(
    `select id from entities where plan_id = $1 and kind = 'task' and finished_at is null order by id`,
    [plan.id],
  );
  const documentNumber = input.documentNumber ?? `撤回${plan.documentNumber ?? plan.title}`;
  await orderCommands(
    client,
    rows.map(({ id }) => planOrder(id, 'changePhase', { phase: 'withdrawn', documentNumber, text: null, into: [] })),
    { signal: input.signal, scope: `withdraw:${plan.id}`, by: input.by },
  );
  return { tasks: rows.length };
}
