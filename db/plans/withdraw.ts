import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Instant } from '../../domain/decider.ts';
import type { PoolClient } from '../pool.ts';
import { plans } from '../schema/plans.ts';
import { BY_HAND } from './add-task.ts';
import { lockPlan } from './edit-draft.ts';
import { PlanRefused } from './plan-refused.ts';
import { revisionBase } from './publish-revision.ts';
import { evaluationOrder, orderCommands, planOrder } from './revise-tasks.ts';

export interface WithdrawInput {
  planId: string;
  ground: string;
  /** The paper that ordered it, where there is one. */
  documentNumber: string | null;
  signal: string;
  by: string;
  now: Instant;
}

/** Withdraws a draft, or a plan that was published wrongly: its open tasks and evaluations are withdrawn with the ground, history stays. */
export async function withdrawPlan(client: PoolClient, input: WithdrawInput): Promise<{ tasks: number }> {
  const tx = drizzle(client);
  const plan = await lockPlan(tx, input.planId);
  if (plan.id === BY_HAND) throw new PlanRefused(409, 'not-a-plan', '领导交办事项不是计划，请逐项终止');
  const { root } = await revisionBase(tx, plan.id);
  if (root !== plan.id)
    throw new PlanRefused(409, 'is-a-revision', '这是修订稿，任务在原计划下运行；请撤回原计划，或再发布一份修订');
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
  const { rows } = await client.query<{ id: string; kind: string }>(
    `select id, kind from entities
     where plan_id = $1 and kind in ('task', 'evaluation') and finished_at is null order by id`,
    [plan.id],
  );
  const documentNumber = input.documentNumber ?? `撤回${plan.documentNumber ?? plan.title}`;
  await orderCommands(
    client,
    rows.map(({ id, kind }) =>
      kind === 'evaluation'
        ? evaluationOrder(id, 'withdraw', { documentNumber })
        : planOrder(id, 'changePhase', { phase: 'withdrawn', documentNumber, text: null, into: [] }),
    ),
    { signal: input.signal, scope: `withdraw:${plan.id}`, by: input.by },
  );
  return { tasks: rows.filter(({ kind }) => kind === 'task').length };
}
