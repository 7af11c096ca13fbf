import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem, outcomeUnknown } from './api-problem.ts';
import { request, type Answer, type Input, type Reads, type Writes } from './request.ts';

/** How often an unknown outcome is asked for again before the person is told to come back to it. */
const ASK_AGAIN = 8;
const DEFAULT_WAIT_SECONDS = 2;

export interface WriteOptions<O extends Writes> {
  /** The reads whose kept answers this write makes old. */
  renews?: readonly Reads[];
  onDone?: (answer: Answer<O>) => void;
}

/**
 * One kind of write. A key goes with each new content and stays with it while its outcome is unknown, so that pressing
 * the button again, or a lost connection, can never do the thing twice. `confirming` is true while an unknown outcome is
 * being asked for (正在确认).
 */
export function useWrite<O extends Writes>(operation: O, options: WriteOptions<O> = {}) {
  const client = useQueryClient();
  const pending = useRef<{ content: string; key: string } | null>(null);
  const [confirming, setConfirming] = useState(false);

  const mutation = useMutation<Answer<O>, ApiProblem, Input<O>>({
    retry: false,
    mutationFn: async (input) => {
      const content = contentOf(input as object);
      if (pending.current?.content !== content) pending.current = { content, key: newKey() };
      const { key } = pending.current;
      try {
        for (let attempt = 1; ; attempt += 1) {
          try {
            const answer = await request(operation, { ...(input as object), key } as Input<O>);
            pending.current = null;
            return answer;
          } catch (error) {
            if (!outcomeUnknown(error)) {
              // A plain refusal did nothing: the next attempt is a new one.
              pending.current = null;
              throw error;
            }
            if (attempt >= ASK_AGAIN) throw error;
            setConfirming(true);
            await seconds(error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS);
          }
        }
      } finally {
        setConfirming(false);
      }
    },
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      await renew(client, options.renews ?? []);
    },
    onError: async (error) => {
      // The state was another one than the page showed: show what it is now.
      if (error.status === 409) await renew(client, options.renews ?? []);
    },
  });
  return { ...mutation, confirming };
}

async function renew(client: ReturnType<typeof useQueryClient>, reads: readonly Reads[]): Promise<void> {
  await Promise.all(reads.map((read) => client.invalidateQueries({ queryKey: [read] })));
}

function contentOf(input: object): string {
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  if (body instanceof FormData) {
    const parts = [...body.entries()].map(([name, value]) =>
      typeof value === 'string' ? [name, value] : [name, value.name, value.size, value.lastModified],
    );
    return JSON.stringify([params, query, parts]);
  }
  return JSON.stringify([params, query, body]);
}

/** `randomUUID` exists on https and localhost only; bureaus serve this page by plain http inside their network. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
