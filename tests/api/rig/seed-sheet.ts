import { newEntityId } from '../../../db/ids.ts';
import { recordOpenings } from '../../../db/ledger.ts';
import { inTransaction } from '../../../db/pool.ts';
import type { CivilDate, Fact } from '../../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { openSheet } from '../../../domain/sheet/sheet-decider.ts';
import { addMonths } from '../../../domain/working-time/civil-date.ts';
import { civilDate } from '../../../domain/working-time/instants.ts';
import { calendarThrough } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import type { ApiRig } from './api-rig.ts';

export interface SeedSheet {
  plan: string;
  department: string;
  owed: string[];
  /** Facts before the request, for histories. */
  earlier?: (month: string) => Fact[];
}

/**
 * A department's sheets, live since today, with the next month asked for already. Nothing of it is due for weeks, so a
 * workflow that runs under the real clock stays quiet.
 */
export async function seedSheet(rig: Pick<ApiRig, 'pool' | 'clock'>, seed: SeedSheet) {
  const id = newEntityId('sheet');
  const now = rig.clock.now();
  const today = civilDate(now);
  const month = addMonths(`${today.slice(0, 7)}-01`, 1).slice(0, 7);
  const dueOn: CivilDate = `${addMonths(`${month}-01`, 1).slice(0, 7)}-25`;
  const opening = openSheet({
    id,
    plan: seed.plan,
    department: seed.department,
    goLive: today,
    calendar: calendarThrough(publishedSeedYears(), Number(today.slice(0, 4)) + 2, 1),
    policy: DEFAULT_POLICY,
    handover: { assigned: seed.owed.length, beforeIssue: 0, beforeGoLive: 0, declaredDone: 0 },
    entry: null,
  });
  const facts: Fact[] = [opening, ...(seed.earlier?.(month) ?? [])];
  const requested = { type: 'SheetRequested', data: { month, dueOn, owed: seed.owed } };
  facts.push(requested);
  await inTransaction(rig.pool, (client) =>
    recordOpenings(client, [{ entity: { kind: 'sheet', id }, by: 'user-test', now, facts }]),
  );
  return { id, month, dueOn, url: `/api/sheets/${id}/months/${month}` };
}
