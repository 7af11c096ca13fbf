import { BUREAU, type Actor, type Command, type Json } from '../../domain/decider.ts';
import type { TaskCommandName, TaskCommands } from '../../domain/task/task-commands.ts';
import { orderSignals } from '../outbox.ts';
import type { Queryable } from '../pool.ts';

/**
 * A command that a decision about a whole plan gives to its tasks. It travels as a signal through the outbox, in the
 * transaction of that decision, so that it reaches every task however long Temporal is away; a task that is closed
 * already drops it. Whoever may publish plans decides with the supervising office's authority.
 */
export interface PlanOrder<N extends TaskCommandName = TaskCommandName> {
  task: string;
  name: N;
  payload: TaskCommands[N];
}

export function planOrder<N extends TaskCommandName>(task: string, name: N, payload: TaskCommands[N]): PlanOrder {
  return { task, name, payload } as unknown as PlanOrder;
}

/** `signal` is the workflows' name for a command without an answer; `scope` makes the commands' ids unique for ever. */
export async function orderCommands(
  db: Queryable,
  orders: readonly PlanOrder[],
  { signal, scope, by }: { signal: string; scope: string; by: string },
): Promise<void> {
  const actor: Actor = { id: by, posts: [{ department: BUREAU, role: 'supervising-office' }] };
  const groups = new Map<string, { tasks: string[]; command: Command }>();
  for (const { task, name, payload } of orders) {
    const key = JSON.stringify([name, payload]);
    const group = groups.get(key);
    if (group !== undefined) group.tasks.push(task);
    else {
      const command: Command = {
        id: `${scope}:${name}:${groups.size}`,
        name,
        payload: payload as unknown as Json,
        actor,
      };
      groups.set(key, { tasks: [task], command });
    }
  }
  for (const { tasks, command } of groups.values()) await orderSignals(db, tasks, signal, [command as unknown as Json]);
}
