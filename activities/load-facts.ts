import type { Queryable } from '../db/pool.ts';
import type { EntityKind, Json } from '../domain/decider.ts';
import { sheetFacts } from '../domain/sheet/sheet-duties.ts';
import type { TaskState } from '../domain/task/task-state.ts';

/**
 * What a decider asks of the record before a tick (`needsFacts`). Only the monthly sheet asks for anything: the states of
 * its department's tasks, judged by the rule that the rehearsal uses too.
 */
export async function loadFacts(db: Queryable, entity: { kind: EntityKind; id: string }): Promise<Json> {
  if (entity.kind !== 'sheet') return null;
  const { rows } = await db.query<{ department: string; state: TaskState }>({
    name: 'sheet-facts',
    text: `SELECT r.department, e.state
      FROM entities s
      JOIN task_responsibilities r ON r.department = s.state ->> 'department'
      JOIN tasks t ON t.id = r.task_id AND t.plan_id = s.plan_id
      JOIN entities e ON e.id = t.id
      WHERE s.id = $1`,
    values: [entity.id],
  });
  const states = rows.map((row) => row.state);
  return { ...sheetFacts(states, rows[0]?.department ?? '') };
}
