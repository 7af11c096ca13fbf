import { desc, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { plans, type PlanStatus } from '../schema/plans.ts';

export interface PlanSummary {
  id: string;
  title: string;
  documentNumber: string | null;
  issuedOn: string | null;
  goLive: string | null;
  status: PlanStatus;
  version: number;
  sourceFilename: string;
  importedAt: number;
  publishedAt: number | null;
  tasks: number;
  /** Running tasks past their date; 0 in a draft. */
  late: number;
  closed: number;
}

/** Qualified by hand: in a select of one table drizzle writes a bare `id`, which a subselect takes for its own. */
const OF_PLAN = sql.raw('t.plan_id = plans.id');
const OF_DRAFT = sql`(select count(*)::int from plan_items i where i.plan_id = plans.id and i.state = 'kept')`;

/** Newest first. Plans are few: a bureau has a handful in a year. */
export async function listPlans(db: NodePgDatabase): Promise<PlanSummary[]> {
  return db
    .select({
      id: plans.id,
      title: plans.title,
      documentNumber: plans.documentNumber,
      issuedOn: plans.issuedOn,
      goLive: plans.goLive,
      status: plans.status,
      version: plans.version,
      sourceFilename: plans.sourceFilename,
      importedAt: plans.importedAt,
      publishedAt: plans.publishedAt,
      tasks: sql<number>`case when ${plans.status} = 'draft' then ${OF_DRAFT}
        else (select count(*)::int from tasks t where ${OF_PLAN}) end`,
      late: sql<number>`(select count(*)::int from tasks t where ${OF_PLAN} and t.lateness = 'late')`,
      closed: sql<number>`(select count(*)::int from tasks t where ${OF_PLAN} and t.phase = 'closed')`,
    })
    .from(plans)
    .orderBy(desc(plans.importedAt), desc(plans.id));
}

/** The live plan that the same bytes made before, if any: reading them again would be in vain. */
export async function planOfFile(
  db: NodePgDatabase,
  sha256: string,
): Promise<{ id: string; status: PlanStatus } | null> {
  const [row] = await db
    .select({ id: plans.id, status: plans.status })
    .from(plans)
    .where(sql`${plans.sourceSha256} = ${sha256} and ${plans.status} <> 'withdrawn'`);
  return row ?? null;
}
