import type { Json } from '../domain/decider.ts';
import { newId } from './ids.ts';
import type { Queryable } from './pool.ts';

export interface Alarm {
  /** One row per trouble: the same key again counts up and is open again. */
  key: string;
  kind: string;
  entityId: string | null;
  data: Json;
}

export async function raiseAlarm(db: Queryable, { key, kind, entityId, data }: Alarm): Promise<void> {
  await db.query(
    `INSERT INTO alarms (id, key, kind, entity_id, data) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (key) DO UPDATE SET times = alarms.times + 1, raised_at = now(), cleared_at = NULL, data = EXCLUDED.data`,
    [newId(), key, kind, entityId, JSON.stringify(data)],
  );
}

/** Clears the alarm of this key if it stands; what is over need not be looked at. */
export async function clearAlarm(db: Queryable, key: string): Promise<void> {
  await db.query('UPDATE alarms SET cleared_at = now() WHERE key = $1 AND cleared_at IS NULL', [key]);
}
