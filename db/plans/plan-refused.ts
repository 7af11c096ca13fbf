/** A change of a plan that the record refuses: a stable machine code, the rule in Chinese, and the HTTP status it means. */
export class PlanRefused extends Error {
  readonly status: 404 | 409 | 422;
  readonly code: string;
  readonly field: string | undefined;
  readonly unresolved: UnresolvedProblem[];

  constructor(
    status: 404 | 409 | 422,
    code: string,
    detail: string,
    more: { field?: string; unresolved?: UnresolvedProblem[] } = {},
  ) {
    super(detail);
    this.name = 'PlanRefused';
    this.status = status;
    this.code = code;
    this.field = more.field;
    this.unresolved = more.unresolved ?? [];
  }
}

/** Something that a person must decide before a plan goes live, or accept as assumed. */
export interface UnresolvedProblem {
  kind: 'item' | 'department' | 'source';
  /** The item's id, the name as written, or the line of the source text. */
  ref: string;
  line: number | null;
  code: string;
  detail: string;
  /** True where no plan can go live with it, whoever confirms. */
  blocking: boolean;
}
