import { BUREAU, type Actor, type Command, type Json } from '../../domain/decider.ts';
import type { EvaluationCommands } from '../../domain/evaluation/evaluation-decider.ts';
import type { TaskCommandName, TaskCommands } from '../../domain/task/task-commands.ts';
import { orderSignals } from '../outbox.ts';
import type { Queryable } from '../pool.ts';

/**
 * A command that a decision about a whole plan gives to its tasks and evaluations. It travels as a signal through the outbox, in the
 * transaction of that decision, so that it reaches every task however long Temporal is away; a task that is closed
 * already drops it. Whoever may publish plans decides with the supervising office's authority.
 */
export interface PlanOrder {
  entity: string;
  name: string;
  payload: object;
}

export function planOrder<N extends TaskCommandName>(task: string, name: N, payload: TaskCommands[N]): PlanOrder {
  return { entity: task, name, payload };
}

export function evaluationOrder<N extends keyof EvaluationCommands>(
  evaluation: string,
  name: N,
  payload: EvaluationCommands[N],
): PlanOrder {
  return { entity: evaluation, name, payload };
}

/** `signal` is the workflows' name for a command without an answer; `scope` makes the commands' ids unique for ever. */
export async function orderCommands(
  db: Queryable,
  orders: readonly PlanOrder[],
  { signal, scope, by }: { signal: string; scope: string; by: string },
): Promise<void> {
  const actor: Actor = { id: by, posts: [{ department: BUREAU, role: 'supervising-office' }] };
  const groups = new Map<string, { entities: string[]; command: Command }>();
  for (const { entity, name, payload } of orders) {
    const key = JSON.stringify([name, payload]);
    const group = groups.get(key);
    if (group !== undefined) group.entities.push(entity);
    else {
      const command: Command = {
        id: `${scope}:${name}:${groups.size}`,
        name,
        payload: payload as unknown as Json,
        actor,
      };
      groups.set(key, { entities: [entity], command });
    }
  }
  for (const { entities, command } of groups.values())
    await orderSignals(db, entities, signal, [command as unknown as Json]);
}
