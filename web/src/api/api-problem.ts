import type { Problem } from './generated/operations.ts';

/** A request that was refused or did not arrive. `detail` is Chinese and meant for the person at the page. */
export class ApiProblem extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;
  /** Everything that is wrong, each in a sentence, where the refusal names more than one thing. */
  readonly faults: string[];

  constructor(
    status: number,
    code: string,
    detail: string,
    field: string | null,
    retryAfterSeconds: number | null,
    faults: string[] = [],
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
    this.faults = faults;
  }
}

type Refused = Partial<Problem> & { faults?: { row?: number | null; detail: string }[] };

/** What a refusing answer says; an answer that is no problem+json (a proxy's, say) gets a sentence of its own. */
export function problemOf(status: number, body: Refused | null, retryAfter: string | null): ApiProblem {
  const wait = retryAfter === null ? Number.NaN : Number(retryAfter);
  const faults = (body?.faults ?? []).map(({ row, detail }) => (row == null ? detail : `第${row}行：${detail}`));
  return new ApiProblem(
    status,
    body?.code ?? 'unknown',
    body?.detail ?? `服务器没有给出原因（${status}），请稍后重试。`,
    body?.field ?? null,
    Number.isFinite(wait) ? wait : null,
    faults,
  );
}

export function noAnswer(): ApiProblem {
  return new ApiProblem(0, 'no-answer', '没有连上服务器，请检查网络后重试。', null, null);
}

/** What an error says to a person, whatever it is. */
export function problemText(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  return '页面出错，请刷新后重试；若仍不行，请告诉管理员。';
}

/** Whether a write may have taken effect although no answer says so: it is asked again with the same key. */
export function outcomeUnknown(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 503 || error.status === 504);
}
