import type { FastifyBaseLogger } from 'fastify';
import type { Pool } from 'pg';
import { changesSince } from '../db/queries/changes.ts';
import type { Post } from '../domain/decider.ts';
import type { Clock } from './app-type.ts';

export interface Change {
  tasks: string[];
  mailboxes: Post[];
}

export interface ChangeFeed {
  /** Called with what has changed; answers how to stop. */
  listen(listener: (change: Change) => void): () => void;
  stop(): Promise<void>;
}

const EVERY_MS = 1_500;
/** A transaction that commits late carries an earlier instant: so much is read again, and known rows are passed over. */
const OVERLAP_MS = 15_000;

/**
 * Tells pages what others have changed. It asks two indexes every second and a half, and only while somebody listens.
 * LISTEN/NOTIFY would be quicker to tell and dearer to keep: a transaction that notifies takes a lock on the whole
 * database until it has committed, so every command would wait for the one before it.
 */
export function createChangeFeed(pool: Pool, clock: Clock, log: FastifyBaseLogger): ChangeFeed {
  const listeners = new Set<(change: Change) => void>();
  /** What has been told, by its instant: `task:seq` and notice ids. */
  let told = new Map<string, number>();
  let from = 0;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    const { tasks, notices } = await changesSince(pool, from - OVERLAP_MS);
    const fresh = <T extends { at: number }>(rows: T[], keyOf: (row: T) => string): T[] =>
      rows.filter((row) => {
        const key = keyOf(row);
        if (told.has(key)) return false;
        told.set(key, row.at);
        return true;
      });
    const change: Change = {
      tasks: [...new Set(fresh(tasks, (row) => `${row.id}:${row.seq}`).map((row) => row.id))],
      mailboxes: fresh(notices, (row) => row.id).map(({ department, role }) => ({ department, role })),
    };
    from = Math.max(from, ...tasks.map((row) => row.at), ...notices.map((row) => row.at));
    told = new Map([...told].filter(([, at]) => at >= from - OVERLAP_MS));
    if (change.tasks.length === 0 && change.mailboxes.length === 0) return;
    for (const listener of listeners) listener(change);
  }

  function schedule(): void {
    if (stopped || listeners.size === 0 || timer !== null) return;
    timer = setTimeout(() => {
      running = look()
        .catch((error: unknown) => log.warn({ err: error }, 'could not ask for changes'))
        .finally(() => {
          timer = null;
          schedule();
        });
    }, EVERY_MS);
    timer.unref();
  }

  return {
    listen(listener) {
      // The first to come hears of what happens from now on; what was before, its page has just read.
      if (listeners.size === 0) from = clock.now();
      listeners.add(listener);
      schedule();
      return () => listeners.delete(listener);
    },
    async stop() {
      stopped = true;
      listeners.clear();
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
