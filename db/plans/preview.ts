import { asc, eq, inArray } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CivilDate, Instant } from '../../domain/decider.ts';
import type { ResolvedName } from '../../domain/plan-departments/responsibilities.ts';
import { planOpenings, type PlanOpenings } from '../../domain/plan-opening/plan-openings.ts';
import { currentPolicy, lastYearOf, loadCalendar } from '../calendars.ts';
import { departments } from '../schema/people.ts';
import { planItems, plans } from '../schema/plans.ts';
import { expandedGroups, planNames, type PlanName } from './department-directory.ts';
import { PlanRefused } from './plan-refused.ts';
import { horizonOf, officesOf, plannedItem } from './publish.ts';

export type PlanRow = typeof plans.$inferSelect;
export type PlanItemRow = typeof planItems.$inferSelect;

export interface LoadedPlan {
  plan: PlanRow;
  items: PlanItemRow[];
  names: PlanName[];
  /** Where a name has no department yet, the name itself stands for it. */
  resolve: (name: string) => ResolvedName;
  /** The name to show for a department's id, or for a name that stands for one. */
  nameOf: (department: string) => string;
}

/** A plan with its items in order, and who its names stand for as of now. Throws PlanRefused 404. */
export async function loadPlan(db: NodePgDatabase, planId: string): Promise<LoadedPlan> {
  const [plan] = await db.select().from(plans).where(eq(plans.id, planId));
  if (plan === undefined) throw new PlanRefused(404, 'not-found', '没有这个计划');
  const items = await db
    .select()
    .from(planItems)
    .where(eq(planItems.planId, planId))
    .orderBy(asc(planItems.ordinal), asc(planItems.id));
  const names = await planNames(db, planId);
  const groups = await expandedGroups(db);
  const byName = new Map(names.map((row) => [row.name, row.departmentId]));
  const ids = [...names.map((row) => row.departmentId), ...[...groups.values()].flat()].filter((id) => id !== null);
  const known = new Map(
    ids.length === 0
      ? []
      : (
          await db
            .select({ id: departments.id, name: departments.name })
            .from(departments)
            .where(inArray(departments.id, [...new Set(ids)]))
        ).map((row) => [row.id, row.name]),
  );
  return {
    plan,
    items,
    names,
    resolve: (name) => {
      const department = byName.get(name) ?? name;
      return { department, members: groups.get(department) ?? [] };
    },
    nameOf: (department) => known.get(department) ?? department,
  };
}

/** What would begin if the plan went live on `goLive`: nothing is written. Tasks bear the ids of their items. */
export async function previewOpenings(
  db: NodePgDatabase,
  loaded: LoadedPlan,
  goLive: CivilDate,
  now: Instant,
  through: CivilDate = goLive,
): Promise<PlanOpenings> {
  const { plan } = loaded;
  const items = loaded.items
    .filter((item) => item.state === 'kept')
    .map((item) => plannedItem({ ...item, taskId: item.id }));
  const dates = [
    plan.horizonTo,
    goLive,
    through,
    ...items.map((item) => item.deadline.date),
    ...plan.evaluations.map((evaluation) => evaluation.dueOn),
  ];
  let made = 0;
  return planOpenings({
    id: plan.id,
    issuedOn: plan.issuedOn,
    goLive,
    horizon: horizonOf(plan),
    evaluations: plan.evaluations,
    items,
    resolve: loaded.resolve,
    calendar: await loadCalendar(db, { through: lastYearOf(now, dates) }),
    policy: await currentPolicy(db),
    offices: await officesOf(db),
    newId: (kind) => `${kind}-${(made += 1)}`,
  });
}
