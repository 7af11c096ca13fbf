import type { Queryable } from '../db/pool.ts';
import type { EntityKind, Json } from '../domain/decider.ts';
import type { SheetFacts } from '../domain/sheet/sheet-state.ts';

/** What a decider asks of the record before a tick (`needsFacts`). Only the monthly sheet asks for anything. */
export async function loadFacts(db: Queryable, entity: { kind: EntityKind; id: string }): Promise<Json> {
  if (entity.kind !== 'sheet') return null;
  return { ...(await sheetFacts(db, entity.id)) };
}

/**
 * A sheet covers what its department is at work on; not what is submitted, stopped, done or still to come (DOMAIN 2,
 * "Reports"), and not what has a window of its own for entering what was due before go-live.
 */
async function sheetFacts(db: Queryable, id: string): Promise<SheetFacts> {
  const { rows } = await db.query<SheetFacts>({
    name: 'sheet-facts',
    text: `SELECT
        coalesce(array_agg(t.id ORDER BY t.id) FILTER (WHERE t.state IN ('unclaimed', 'in-progress', 'returned')), '{}') AS owed,
        (count(*) FILTER (WHERE t.phase IN ('running', 'suspended')))::int AS running,
        coalesce(sum((SELECT count(*) FROM task_periods p WHERE p.task_id = t.id AND p.phase = 'awaiting-entry'))
          FILTER (WHERE r.part = 'lead'), 0)::int AS unanswered
      FROM entities s
      JOIN task_responsibilities r ON r.department = s.state ->> 'department'
      JOIN tasks t ON t.id = r.task_id AND t.plan_id = s.plan_id
      WHERE s.id = $1`,
    values: [id],
  });
  return rows[0] ?? { owed: [], running: 0, unanswered: 0 };
}
