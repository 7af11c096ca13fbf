import type { Post } from '../../domain/decider.ts';
import type { Queryable } from '../pool.ts';

export interface Changes {
  /** Tasks whose read model was written, with the number of their last event. */
  tasks: { id: string; seq: number; at: number }[];
  /** Mailboxes that received something, and the notice. */
  notices: (Post & { id: string; at: number })[];
}

const MOST = 500;

/** What was written from the domain instant `from` on; at most 500 of each, oldest first. */
export async function changesSince(db: Queryable, from: number): Promise<Changes> {
  const [tasks, notices] = await Promise.all([
    db.query<Changes['tasks'][number]>({
      name: 'changed-tasks',
      text: 'select id, seq, updated_at as at from tasks where updated_at >= $1 order by updated_at, id limit $2',
      values: [from, MOST],
    }),
    db.query<Changes['notices'][number]>({
      name: 'new-notices',
      text: `select id, to_department as department, to_role as role, at from notifications
        where at >= $1 order by at, id limit $2`,
      values: [from, MOST],
    }),
  ]);
  return { tasks: tasks.rows, notices: notices.rows };
}
