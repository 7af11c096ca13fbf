import { and, eq, inArray } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Instant } from '../../domain/decider.ts';
import { comparableName } from '../../domain/plan-departments/proposed-kind.ts';
import type { ResolvedName } from '../../domain/plan-departments/responsibilities.ts';
import { newId } from '../ids.ts';
import { departmentNames, departments, groupMembers, type DepartmentKind } from '../schema/people.ts';
import { planDepartments } from '../schema/plans.ts';
import { mapDepartments } from './map-departments.ts';

/** Stands for whoever must still be named, where a plan went live with a task that names nobody (待确认). */
export const NOBODY_NAMED = '责任部门待明确';

/** A group's members, groups inside groups expanded, in the order of the departments' table; never the group itself. */
export async function expandedGroups(db: NodePgDatabase): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ group: groupMembers.groupId, member: groupMembers.memberId })
    .from(groupMembers)
    .innerJoin(departments, and(eq(departments.id, groupMembers.memberId), eq(departments.active, true)))
    .orderBy(departments.ordinal, departments.id);
  const direct = new Map<string, string[]>();
  for (const { group, member } of rows) {
    const members = direct.get(group);
    if (members === undefined) direct.set(group, [member]);
    else members.push(member);
  }
  const expand = (id: string, seen: ReadonlySet<string>): string[] =>
    (direct.get(id) ?? []).flatMap((member) => {
      if (seen.has(member)) return [];
      return direct.has(member) ? expand(member, new Set([...seen, member])) : [member];
    });
  return new Map([...direct.keys()].map((group) => [group, [...new Set(expand(group, new Set([group])))]]));
}

export type PlanName = typeof planDepartments.$inferSelect;

/** The names of a plan with who they stand for as of now: departments created since the draft was read are found. */
export async function planNames(db: NodePgDatabase, planId: string): Promise<PlanName[]> {
  const rows = await db.select().from(planDepartments).where(eq(planDepartments.planId, planId));
  const names = rows.map((row) => row.name);
  const mapped = new Map((await mapDepartments(db, names)).map((entry) => [entry.name, entry.departmentId]));
  return rows.map((row) => ({ ...row, departmentId: row.departmentId ?? mapped.get(row.name) ?? null }));
}

/**
 * Who every name of a plan stands for, in this transaction. Names without a department become departments under the name
 * as written; those that somebody created since the draft was read are found. A department closed since is not used.
 */
export async function resolveNames(
  tx: NodePgDatabase,
  planId: string,
  names: readonly string[],
  now: Instant,
): Promise<Map<string, ResolvedName>> {
  const wanted = [...new Set(names)];
  const rows = await tx.select().from(planDepartments).where(eq(planDepartments.planId, planId));
  const decided = new Map(rows.map((row) => [row.name, row]));
  const live = new Set(
    (await tx.select({ id: departments.id }).from(departments).where(eq(departments.active, true))).map(({ id }) => id),
  );
  const mapped = new Map((await mapDepartments(tx, wanted)).map((entry) => [entry.name, entry]));
  const resolved = new Map<string, string>();
  const missing: { name: string; kind: DepartmentKind }[] = [];
  for (const name of wanted) {
    const row = decided.get(name);
    const chosen = row?.departmentId ?? null;
    const found = chosen !== null && live.has(chosen) ? chosen : (mapped.get(name)?.departmentId ?? null);
    if (found === null) missing.push({ name, kind: row?.proposedKind ?? 'department' });
    else resolved.set(name, found);
  }
  for (const [name, id] of await createDepartments(tx, missing, now)) resolved.set(name, id);
  for (const [name, departmentId] of resolved) {
    await tx
      .update(planDepartments)
      .set({ departmentId })
      .where(and(eq(planDepartments.planId, planId), eq(planDepartments.name, name)));
  }
  const groups = await expandedGroups(tx);
  return new Map([...resolved].map(([name, id]) => [name, { department: id, members: groups.get(id) ?? [] }]));
}

/** Creates departments under their names, once however many plans name them at a time; answers id by name as given. */
export async function createDepartments(
  tx: NodePgDatabase,
  wanted: readonly { name: string; kind: DepartmentKind }[],
  now: Instant,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, kind } of wanted) {
    const known = [...ids].find(([other]) => comparableName(other) === comparableName(name))?.[1];
    if (known !== undefined) {
      ids.set(name, known);
      continue;
    }
    const id = newId('dept');
    const [created] = await tx
      .insert(departments)
      .values({ id, name, kind, createdAt: now, ordinal: ids.size })
      .onConflictDoNothing()
      .returning({ id: departments.id });
    if (created !== undefined) {
      await tx.insert(departmentNames).values({ departmentId: id, name, since: now, changedBy: 'system' });
      ids.set(name, id);
      continue;
    }
    const [other] = await tx
      .select({ id: departments.id })
      .from(departments)
      .where(and(inArray(departments.name, [name]), eq(departments.active, true)));
    if (other !== undefined) ids.set(name, other.id);
  }
  return ids;
}
