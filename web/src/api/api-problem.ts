/** A request that was refused or did not arrive. `detail` is Chinese and meant for the person at the page. */
export class ApiProblem extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, code: string, detail: string, field: string | null, retryAfterSeconds: number | null) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }
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
