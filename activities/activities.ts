import type { Ledger } from '../db/ledger.ts';
import type { Pool } from '../db/pool.ts';
import type { Instant, Json } from '../domain/decider.ts';
import type { EntityActivities, ScheduledActivities } from '../workflows/activity-types.ts';
import { loadFacts } from './load-facts.ts';

export interface ScheduledJobs {
  sendDigests(): Promise<Json>;
  watch(): Promise<Json>;
  checkHorizon(): Promise<Json>;
  anchorHeads(): Promise<Json>;
  sweep(): Promise<Json>;
}

export interface ActivityDependencies {
  pool: Pool;
  ledger: Ledger;
  jobs: ScheduledJobs;
}

export type Activities = EntityActivities & ScheduledActivities;

/** Everything that workflows may ask of the world. */
export function createActivities({ pool, ledger, jobs }: ActivityDependencies): Activities {
  return {
    record: (request) => ledger.record(request),
    loadFacts: ({ entity }: { entity: Parameters<EntityActivities['loadFacts']>[0]['entity']; now: Instant }) =>
      loadFacts(pool, entity),
    ...jobs,
  };
}
