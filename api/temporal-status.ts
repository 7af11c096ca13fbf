import { ENTITY_KINDS, type EntityKind } from '../domain/decider.ts';
import type { TemporalPort } from './app-type.ts';

export interface TemporalStatus {
  version: string | null;
  /** Running workflows by kind, counted on the server; null while it cannot be asked. */
  open: Record<EntityKind, number> | null;
  error: string | null;
}

const PATIENCE_MS = 3_000;

/** Asks the Temporal server itself. Never throws: a server that is away is an answer. */
export async function temporalStatus({ client, namespace }: TemporalPort): Promise<TemporalStatus> {
  if (client === null) return { version: null, open: null, error: '尚未连接 Temporal。' };
  try {
    return await client.withDeadline(Date.now() + PATIENCE_MS, async () => {
      const { serverVersion } = await client.workflowService.getSystemInfo({});
      const counts = await Promise.all(
        ENTITY_KINDS.map(async (kind): Promise<[EntityKind, number]> => {
          const { count } = await client.workflowService.countWorkflowExecutions({
            namespace,
            query: `WorkflowType = '${kind}' AND ExecutionStatus = 'Running'`,
          });
          return [kind, Number(count)];
        }),
      );
      return { version: serverVersion, open: Object.fromEntries(counts) as Record<EntityKind, number>, error: null };
    });
  } catch {
    return { version: null, open: null, error: '无法访问 Temporal，任务不会前进，恢复后自动继续。' };
  }
}
