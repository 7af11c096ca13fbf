import { and, desc, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Instant } from '../domain/decider.ts';
import type { TaskPolicy } from '../domain/policy/policy.ts';
import { TASK_POLICY_KIND } from './calendars.ts';
import { policies } from './schema/plans.ts';

export interface StoredPolicy {
  version: string;
  body: TaskPolicy;
  source: string;
  enteredBy: string;
  enteredAt: Instant;
}

/** All versions of the policy of tasks, newest first. */
export async function taskPolicies(db: NodePgDatabase): Promise<StoredPolicy[]> {
  const rows = await db
    .select()
    .from(policies)
    .where(eq(policies.kind, TASK_POLICY_KIND))
    .orderBy(desc(policies.enteredAt), desc(policies.version));
  return rows.map(({ version, body, source, enteredBy, enteredAt }) => ({
    version,
    body: body as TaskPolicy,
    source,
    enteredBy,
    enteredAt,
  }));
}

/** False where the version's name is taken. What runs keeps the version that it opened with. */
export async function storeTaskPolicy(
  tx: NodePgDatabase,
  policy: TaskPolicy,
  { by, now }: { by: string; now: Instant },
): Promise<boolean> {
  const { version, source } = policy;
  const rows = await tx
    .insert(policies)
    .values({ kind: TASK_POLICY_KIND, version, body: policy, source, enteredBy: by, enteredAt: now })
    .onConflictDoNothing()
    .returning({ version: policies.version });
  return rows.length === 1;
}

/** True where this very content is stored under this version: the same entry twice. */
export async function taskPolicyIs(tx: NodePgDatabase, policy: TaskPolicy): Promise<boolean> {
  const rows = await tx
    .select({ version: policies.version })
    .from(policies)
    .where(
      and(
        eq(policies.kind, TASK_POLICY_KIND),
        eq(policies.version, policy.version),
        sql`${policies.body} = ${JSON.stringify(policy)}::jsonb`,
      ),
    );
  return rows.length === 1;
}
