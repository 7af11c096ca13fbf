import { drizzle } from 'drizzle-orm/node-postgres';
import type { Instant } from '../../domain/decider.ts';
import type { SheetOpenedData } from '../../domain/sheet/sheet-state.ts';
import { calendarForYears } from '../../domain/working-time/calendar.ts';
import { yearOf } from '../../domain/working-time/civil-date.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { currentPolicy, holdCalendar, lastYearOf, loadCalendar } from '../calendars.ts';
import { newEntityId } from '../ids.ts';
import { recordOpenings } from '../ledger.ts';
import { inTransaction, type Pool, type Queryable } from '../pool.ts';

/** Years of the calendar that a sheet is given beyond the present one; a new calendar reaches it by signal anyway. */
const YEARS_AHEAD = 3;

/**
 * Opens the monthly sheets of departments that joined a running task later (a change of department, a decided objection):
 * they owe reports like those that were there from the beginning. Repeatable; answers how many it opened.
 */
export async function openMissingSheets(pool: Pool, now: Instant): Promise<number> {
  if ((await missing(pool)).length === 0) return 0;
  return inTransaction(pool, async (client) => {
    // One at a time: two that look at once would each open the same sheet.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('open-missing-sheets', 0))`);
    const tx = drizzle(client);
    const wanted = await missing(client);
    await holdCalendar(tx);
    const goLive = civilDate(now);
    const calendar = await loadCalendar(tx, { through: lastYearOf(now, []) });
    const policy = await currentPolicy(tx);
    const openings = wanted.map(({ plan, department }) => {
      const data: SheetOpenedData = {
        id: newEntityId('sheet'),
        plan,
        department,
        goLive,
        calendar: calendarForYears(calendar, yearOf(goLive), yearOf(goLive) + YEARS_AHEAD),
        policy,
        // What it was handed it has been told with the decision that handed it over.
        handover: { assigned: 0, beforeIssue: 0, beforeGoLive: 0, declaredDone: 0 },
        entry: null,
      };
      return {
        entity: { kind: 'sheet' as const, id: data.id },
        facts: [{ type: 'SheetOpened', data }],
        by: 'system',
        now,
      };
    });
    await recordOpenings(client, openings);
    return openings.length;
  });
}

async function missing(db: Queryable): Promise<{ plan: string; department: string }[]> {
  const { rows } = await db.query<{ plan: string; department: string }>(
    `SELECT DISTINCT t.plan_id AS plan, r.department
     FROM task_responsibilities r JOIN tasks t ON t.id = r.task_id
     WHERE t.phase IN ('running', 'suspended') AND NOT EXISTS (
       SELECT 1 FROM entities e
       WHERE e.kind = 'sheet' AND e.plan_id = t.plan_id AND e.finished_at IS NULL
         AND e.state ->> 'department' = r.department)
     ORDER BY 1, 2`,
  );
  return rows;
}
