import { and, eq, ne } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { BUREAU } from '../../domain/decider.ts';
import { comparableName, proposedKind, type ProposedKind } from '../../domain/plan-departments/proposed-kind.ts';
import { departmentAliases, departments } from '../schema/people.ts';
import type { NameBasis } from '../schema/plans.ts';

export interface NameMapping {
  name: string;
  departmentId: string | null;
  proposedKind: ProposedKind;
  basis: NameBasis;
}

/** Finds each name among live departments, then among aliases; what is left is proposed as new. Order is kept. */
export async function mapDepartments(db: NodePgDatabase, names: readonly string[]): Promise<NameMapping[]> {
  const live = await db
    .select({ id: departments.id, name: departments.name, kind: departments.kind })
    .from(departments)
    .where(and(eq(departments.active, true), ne(departments.id, BUREAU)));
  const aliases = await db
    .select({ alias: departmentAliases.alias, id: departmentAliases.departmentId, kind: departments.kind })
    .from(departmentAliases)
    .innerJoin(departments, and(eq(departments.id, departmentAliases.departmentId), eq(departments.active, true)));
  const byName = new Map(live.map((row) => [comparableName(row.name), row]));
  const byAlias = new Map(aliases.map((row) => [comparableName(row.alias), row]));
  return [...new Set(names)].map((name) => {
    const exact = byName.get(comparableName(name));
    if (exact !== undefined) return { name, departmentId: exact.id, proposedKind: exact.kind, basis: 'exact' };
    const alias = byAlias.get(comparableName(name));
    if (alias !== undefined) return { name, departmentId: alias.id, proposedKind: alias.kind, basis: 'alias' };
    return { name, departmentId: null, proposedKind: proposedKind(name), basis: 'proposed' };
  });
}
