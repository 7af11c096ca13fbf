import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';

export const SESSION_ENDED = 'bihuan:session-ended';

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 401) window.dispatchEvent(new Event(SESSION_ENDED));
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      // A refusal stays a refusal; a server that is starting or a network that is away comes back.
      retry: (failures, error) => {
        const passing = error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
        return passing && failures < 3;
      },
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
    },
  },
});
