import { WorkflowIdReusePolicy, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Queryable } from '../db/pool.ts';
import { ENTITY_KINDS, type EntityKind, type Json } from '../domain/decider.ts';
import { startArguments } from './start-workflow.ts';

export interface ReconcileOptions {
  db: Queryable;
  client: Client;
  taskQueue: string;
  /** Added to Temporal's time to give the domain's clock, in milliseconds. */
  clockOffset: number;
  /** True looks only. */
  dryRun?: boolean;
}

export interface ReconcileReport {
  /** Entities that the ledger holds as open. */
  open: number;
  /** Of those, how many have a running workflow. */
  running: number;
  /** Still in the outbox: the relay's business. */
  waiting: number;
  /** Started again from the folded state, with what had become of the run before. */
  restarted: { id: string; was: string }[];
  /** Open in the ledger, but the workflow says that it completed: a defect that a person must look at. */
  completed: string[];
  /** Running, but unknown to the ledger or finished there. */
  orphans: string[];
}

interface OpenEntity {
  id: string;
  kind: EntityKind;
  seq: number;
  state: Json;
  waiting: boolean;
}

/**
 * Compares ledger and Temporal and starts again what is missing, failed, terminated or timed out, from the state folded
 * out of the ledger. Temporal's whole store can be lost and rebuilt so. Safe to repeat and to run beside the relay.
 */
export async function reconcile(options: ReconcileOptions): Promise<ReconcileReport> {
  const { db, client, dryRun = false } = options;
  const kinds = ENTITY_KINDS.map((kind) => `'${kind}'`).join(', ');
  const running = new Set<string>();
  const query = `ExecutionStatus = 'Running' AND WorkflowType IN (${kinds})`;
  for await (const workflow of client.workflow.list({ query })) running.add(workflow.workflowId);
  const { rows } = await db.query<OpenEntity>(
    `SELECT id, kind, seq, state, EXISTS (
       SELECT 1 FROM outbox o WHERE o.entity_id = e.id AND o.op = 'start' AND o.done_at IS NULL) AS waiting
     FROM entities e WHERE finished_at IS NULL ORDER BY id`,
  );
  const report: ReconcileReport = {
    open: rows.length,
    running: 0,
    waiting: 0,
    restarted: [],
    completed: [],
    orphans: [],
  };
  for (const entity of rows) {
    if (running.delete(entity.id)) report.running += 1;
    else if (entity.waiting) report.waiting += 1;
    else await bringBack(options, entity, report, dryRun);
  }
  report.orphans = [...running].toSorted();
  return report;
}

/** Visibility lags behind: only what the server says of this very workflow counts. */
async function bringBack(
  { client, taskQueue, clockOffset }: ReconcileOptions,
  { id, kind, seq, state }: OpenEntity,
  report: ReconcileReport,
  dryRun: boolean,
): Promise<void> {
  const was = await statusOf(client, id);
  if (was === 'RUNNING') {
    report.running += 1;
    return;
  }
  if (was === 'COMPLETED') {
    report.completed.push(id);
    return;
  }
  report.restarted.push({ id, was });
  if (dryRun) return;
  await client.workflow.start(kind, {
    ...startArguments({ entity: { kind, id }, seq, state, clockOffset }),
    taskQueue,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

async function statusOf(client: Client, id: string): Promise<string> {
  try {
    return (await client.workflow.getHandle(id).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'MISSING';
    throw error;
  }
}
