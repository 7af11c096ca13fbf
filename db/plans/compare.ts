import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import {
  planDifference,
  type ComparableItem,
  type PlanDifference,
} from '../../domain/plan-revision/plan-difference.ts';
import { loadPlan, type LoadedPlan, type PlanItemRow } from './preview.ts';

export interface ComparedPlans {
  before: LoadedPlan;
  after: LoadedPlan;
  difference: PlanDifference;
}

/** Two plans item by item; departments are compared as who they stand for, so a new spelling is no change. */
export async function comparePlans(db: NodePgDatabase, beforeId: string, afterId: string): Promise<ComparedPlans> {
  const before = await loadPlan(db, beforeId);
  const after = await loadPlan(db, afterId);
  const difference = planDifference(comparable(before), comparable(after));
  return { before, after, difference };
}

function comparable(loaded: LoadedPlan): ComparableItem[] {
  return loaded.items.filter((item) => item.state === 'kept').map((item) => comparableItem(loaded, item));
}

function comparableItem(loaded: LoadedPlan, { id, content }: PlanItemRow): ComparableItem {
  const departments = (names: readonly string[]): string[] => names.map((name) => loaded.resolve(name).department);
  return {
    id,
    path: content.path,
    text: content.text,
    departments: departments(content.departments),
    lead: departments(content.lead),
    deadline: { kind: content.deadline.kind, date: content.deadline.date, every: content.deadline.every },
  };
}
