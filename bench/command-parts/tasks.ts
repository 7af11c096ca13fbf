import { newEntityId } from '../../db/ids.ts';
import { recordOpenings } from '../../db/ledger.ts';
import type { Opening } from '../../db/ledger-types.ts';
import { inTransaction, type Pool } from '../../db/pool.ts';
import { BUREAU } from '../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../domain/policy/default-policy.ts';
import { openTask } from '../../domain/task/open-task.ts';
import { addNaturalDays } from '../../domain/working-time/civil-date.ts';
import { makeCalendar } from '../../domain/working-time/calendar.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { publishedSeedYears } from '../../domain/working-time/published-years.ts';
import { DEPARTMENT } from './system.ts';

/** Dated tasks as publication opens them: full calendar, full policy, due in a year. */
export async function openTasks(pool: Pool, count: number): Promise<Opening[]> {
  const now = Date.now();
  const today = civilDate(now);
  const calendar = makeCalendar(publishedSeedYears(), 1);
  const openings = Array.from({ length: count }, (): Opening => {
    const id = newEntityId('task');
    const data = openTask({
      id,
      plan: 'bench',
      deadline: { kind: 'date', date: addNaturalDays(today, 365), every: null, soft: false },
      responsibilities: [
        {
          department: DEPARTMENT,
          part: 'lead',
          via: null,
          claimedAt: null,
          disputedAt: null,
          breakdown: null,
          lastReport: null,
        },
      ],
      closers: [DEPARTMENT],
      leadBasis: 'stated',
      issuedOn: today,
      goLive: today,
      horizon: null,
      finalEvaluationOn: null,
      calendar,
      policy: DEFAULT_POLICY,
      verifier: { department: BUREAU, role: 'supervising-office' },
      alternateVerifier: { department: BUREAU, role: 'director-office' },
      verifierHome: null,
      announce: true,
    });
    return { entity: { kind: 'task', id }, facts: [{ type: 'TaskAssigned', data }], by: 'bench', now };
  });
  await inTransaction(pool, (client) => recordOpenings(client, openings));
  return openings;
}

/** Waits until the relay has started every workflow. */
export async function allStarted(pool: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query('SELECT 1 FROM outbox WHERE done_at IS NULL LIMIT 1');
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
