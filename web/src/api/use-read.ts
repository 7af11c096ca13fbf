import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { request, type Answer, type Input, type Reads } from './request.ts';

export type ReadKey<O extends Reads> = readonly [O, unknown, unknown];

/** The key under which an answer is kept: the operation first, so that a write can renew all answers of one operation. */
export function readKey<O extends Reads>(operation: O, input: Input<O>): ReadKey<O> {
  const { params = null, query = null } = input as { params?: unknown; query?: unknown };
  return [operation, params, query];
}

export interface ReadOptions {
  enabled?: boolean;
  /** Milliseconds between renewals while the page is looked at. */
  every?: number;
  /** Keeps the last answer on the page while another filter's is fetched. */
  keep?: boolean;
}

/** One read of the API, kept and renewed by TanStack Query. */
export function useRead<O extends Reads>(
  operation: O,
  input: Input<O>,
  options: ReadOptions = {},
): UseQueryResult<Answer<O>, ApiProblem> {
  return useQuery<Answer<O>, ApiProblem>({
    queryKey: readKey(operation, input),
    queryFn: ({ signal }) => request(operation, { ...(input as object), signal } as Input<O>),
    enabled: options.enabled ?? true,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}

type Page<T> = { items: T[]; nextCursor: string | null };
type PagedReads = { [O in Reads]: Answer<O> extends Page<unknown> ? O : never }[Reads];
type ItemOf<O extends PagedReads> = Answer<O> extends Page<infer T> ? T : never;

/** A list that is read page after page by its cursor. */
export function useReadPages<O extends PagedReads>(operation: O, input: Input<O>, options: ReadOptions = {}) {
  return useInfiniteQuery({
    queryKey: [...readKey(operation, input), 'pages'],
    queryFn: async ({ signal, pageParam }) => {
      const query = { ...(input as { query?: object }).query, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const page = await request(operation, { ...(input as object), query, signal } as Input<O>);
      return page as unknown as Page<ItemOf<O>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}
