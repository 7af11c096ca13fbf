import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readKey, useRead } from '../api/use-read.ts';

const OVERVIEW_AFTER_MS = 4000;

/** How many notices are unread. */
export function useUnread(): number {
  const count = useRead('GET /api/inbox/count', {}, { every: 5 * 60_000 });
  return count.data?.unread ?? 0;
}

/** Hears what changes while the page stays open: unread notices, and tasks that others have worked on. */
export function useInboxStream(): void {
  const client = useQueryClient();
  useEffect(() => {
    const events = new EventSource('/api/events');
    let overview: ReturnType<typeof setTimeout> | undefined;
    events.addEventListener('inbox', (event) => {
      const { unread } = JSON.parse((event as MessageEvent<string>).data) as { unread: number };
      const key = readKey('GET /api/inbox/count', {});
      const before = client.getQueryData<{ unread: number }>(key)?.unread;
      client.setQueryData(key, { unread });
      if (before !== undefined && before !== unread) {
        void client.invalidateQueries({ queryKey: ['GET /api/inbox'] });
      }
    });
    events.addEventListener('tasks', (event) => {
      const { ids } = JSON.parse((event as MessageEvent<string>).data) as { ids: string[] };
      for (const id of ids) {
        void client.invalidateQueries({ queryKey: ['GET /api/tasks/{id}', { id }] });
        void client.invalidateQueries({ queryKey: ['GET /api/tasks/{id}/timeline', { id }] });
      }
      // Lists are renewed when they are next looked at: a table that moves under the hand is worse than one a little old.
      void client.invalidateQueries({ queryKey: ['GET /api/tasks'], refetchType: 'none' });
      // The overview follows by itself, at most once in a few seconds: publication alone changes every task of a plan.
      overview ??= setTimeout(() => {
        overview = undefined;
        void client.invalidateQueries({ queryKey: ['GET /api/plans/{id}/overview'] });
      }, OVERVIEW_AFTER_MS);
    });
    return () => {
      clearTimeout(overview);
      events.close();
    };
  }, [client]);
}
