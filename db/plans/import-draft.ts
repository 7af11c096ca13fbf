import { and, eq, ne, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Instant } from '../../domain/decider.ts';
import type { PlanProblem, PlanReading } from '../../domain/plan-text/plan-reading.ts';
import { newId } from '../ids.ts';
import {
  planDepartments,
  planItems,
  plans,
  type ItemContent,
  type ItemFlag,
  type PlanStatus,
} from '../schema/plans.ts';
import { mapDepartments } from './map-departments.ts';

export interface ImportedDraft {
  planId: string;
  status: PlanStatus;
  /** False where the same file was handed in before: this is that plan. */
  created: boolean;
}

/**
 * Stores what was read of a plan as a draft, inside the caller's transaction. The same bytes twice are one plan, also when two people
 * hand them in at once; a plan that was withdrawn may be handed in again.
 */
export async function importDraft(
  tx: NodePgDatabase,
  input: {
    reading: PlanReading;
    sourceSha256: string;
    filename: string;
    text: string;
    by: string;
    now: Instant;
  },
): Promise<ImportedDraft> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`plan:${input.sourceSha256}`}, 0))`);
  const [known] = await tx
    .select({ id: plans.id, status: plans.status })
    .from(plans)
    .where(and(eq(plans.sourceSha256, input.sourceSha256), ne(plans.status, 'withdrawn')));
  if (known !== undefined) return { planId: known.id, status: known.status, created: false };

  const { reading } = input;
  const planId = newId('plan');
  await tx.insert(plans).values({
    id: planId,
    title: storable(reading.title) || storable(input.filename),
    documentNumber: reading.documentNumber,
    issuedOn: reading.issuedOn,
    horizonFrom: reading.horizon?.from ?? null,
    horizonTo: reading.horizon?.to ?? null,
    status: 'draft',
    sourceSha256: input.sourceSha256,
    sourceFilename: storable(input.filename).slice(0, 255),
    sourceText: storable(input.text),
    goals: reading.goals,
    evaluations: reading.evaluations,
    problems: reading.problems,
    importedBy: input.by,
    importedAt: input.now,
  });
  const items = reading.tasks.map((task, index) => {
    const content: ItemContent = {
      path: task.path,
      heading: task.heading,
      text: task.text,
      departments: task.departments,
      lead: task.lead,
      leadBasis: task.leadBasis,
      support: task.support,
      openEnded: task.openEnded,
      deadline: task.deadline,
      textDeadlines: task.textDeadlines,
      indicators: task.indicators,
    };
    return {
      id: newId('item'),
      planId,
      ordinal: index + 1,
      content,
      parsed: content,
      sourceLine: task.source.line,
      flags: flagsOf(content, task.source.line, reading.problems),
    };
  });
  for (const batch of batches(items, 500)) await tx.insert(planItems).values(batch);
  const names = reading.tasks.flatMap((task) => task.departments);
  const mapping = await mapDepartments(tx, names);
  if (mapping.length > 0) await tx.insert(planDepartments).values(mapping.map((entry) => ({ planId, ...entry })));
  return { planId, status: 'draft', created: true };
}

/** What a person must look at in an item. Computed again after every correction; a problem stays until confirmed. */
export function flagsOf(content: ItemContent, line: number | null, problems: readonly PlanProblem[]): ItemFlag[] {
  const flags: ItemFlag[] = [];
  if (content.deadline.repaired) flags.push('repaired');
  if (content.leadBasis === 'assumed' && content.departments.length > 1) flags.push('lead-assumed');
  if (content.openEnded) flags.push('open-ended');
  if (content.departments.length === 0) flags.push('no-department');
  if (content.deadline.kind === 'none') flags.push('no-deadline');
  if (line !== null && problems.some((problem) => problem.line === line)) flags.push('problem');
  return flags;
}

/** Postgres text holds no NUL, and a lone surrogate is no UTF-8: damaged files carry both. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

export function* batches<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
