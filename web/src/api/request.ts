import { noAnswer, problemOf, type ApiProblem } from './api-problem.ts';
import type { Operations, Problem } from './generated/operations.ts';

export type OperationName = keyof Operations;
export type Answer<O extends OperationName> = Operations[O]['answer'];
export type Query<O extends OperationName> = Operations[O]['input'] extends { query?: infer Q }
  ? NonNullable<Q>
  : never;
export type Reads = Extract<OperationName, `GET ${string}`>;
export type Writes = Exclude<OperationName, Reads>;

export type Input<O extends OperationName> = Operations[O]['input'] & { key?: string; signal?: AbortSignal };

interface LooseInput {
  params?: Record<string, string | number> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  key?: string;
  signal?: AbortSignal;
}

/** Calls one operation of the API. Throws `ApiProblem` on a refusal and where no answer comes. */
export async function request<O extends OperationName>(operation: O, input: Input<O>): Promise<Answer<O>> {
  const { body, key, signal } = input as LooseInput;
  const method = operation.slice(0, operation.indexOf(' '));
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (key !== undefined) headers.set('idempotency-key', key);
  const raw = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !raw) headers.set('content-type', 'application/json');
  const response = await fetch(address(operation, input as LooseInput), {
    method,
    headers,
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw noAnswer();
  });
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return null as Answer<O>;
  return (await response.json()) as Answer<O>;
}

/** The address of an operation, for links to files and exports. */
export function address<O extends OperationName>(operation: O, input: LooseInput): string {
  const path = operation.slice(operation.indexOf(' ') + 1);
  const filled = path.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) => {
    return encodeURIComponent(String(input.params?.[name] ?? ''));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

async function refusal(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  return problemOf(response.status, body, response.headers.get('retry-after'));
}
