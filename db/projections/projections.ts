import type { EntityKind } from '../../domain/decider.ts';
import { NO_PROJECTION, type Projection } from './projection.ts';
import { SHEET_PROJECTION } from './sheet.ts';
import { TASK_PROJECTION } from './task.ts';

/** The read model of each kind of entity. */
export const PROJECTIONS: Record<EntityKind, Projection> = {
  task: TASK_PROJECTION,
  sheet: SHEET_PROJECTION,
  evaluation: NO_PROJECTION,
};
