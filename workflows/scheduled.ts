import { proxyActivities } from '@temporalio/workflow';
import type { Json } from '../domain/decider.ts';
import type { ScheduledActivities } from './activity-types.ts';

/** Short jobs that Schedules start. Each is repeatable; one that fails for its whole time shows as a failed run. */
const jobs = proxyActivities<ScheduledActivities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '30 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute' },
});

/** Sends what is due by mail: one digest a person a day, and single messages for those who want them. */
export async function digest(): Promise<Json> {
  return await jobs.sendDigests();
}

/** Looks for what is stuck: an outbox that does not drain, mail that failed, entities without a workflow. */
export async function watchdog(): Promise<Json> {
  return await jobs.watch();
}

/** Alarms 60 days before the published calendar ends (DOMAIN 6). */
export async function calendarHorizon(): Promise<Json> {
  return await jobs.checkHorizon();
}

/** The daily anchor over all heads of the ledger, and the sweeping of what has served its time. */
export async function anchor(): Promise<Json> {
  const anchored = await jobs.anchorHeads();
  const swept = await jobs.sweep();
  return { anchored, swept };
}
