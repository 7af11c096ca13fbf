/**
 * The shape that every tracked entity shares: pure decisions over plain JSON state.
 *
 * A decider never touches the world. `now` comes in as an argument, calendar and policy are part of the state (given as
 * data by events), so a workflow, a projection, a rehearsal and an evaluation as of a past date all compute the same.
 */

/** Milliseconds since the Unix epoch, in the domain's clock (Temporal's time plus a fixed offset). */
export type Instant = number;

/** A civil date in Asia/Shanghai, `YYYY-MM-DD`. */
export type CivilDate = string;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The kinds of entity that run as a workflow of their own. The value is the workflow type and the ledger's entity kind. */
export const ENTITY_KINDS = ['task', 'sheet', 'evaluation'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** The one list of roles (DOMAIN 1). */
export const ROLES = [
  'coordinator',
  'head',
  'officer',
  'dispatcher',
  'supervising-office',
  'inspectorate',
  'case-centre',
  'review-group',
  'deputy',
  'director',
  'director-office',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** A role held in a department. Leadership and other bureau-wide roles are held in the department `bureau`. */
export interface Post {
  department: string;
  role: Role;
}

/** The mailbox of a notice: whoever holds the role in the department reads it. */
export type Mailbox = Post;

/** The department id that stands for the bureau as a whole (leadership, director's office, supervising office). */
export const BUREAU = 'bureau';

/** Who acts: an opaque user id and the posts held at that moment. `system` acts for timers. */
export interface Actor {
  id: string;
  posts: Post[];
}

export const SYSTEM: Actor = { id: 'system', posts: [] };

/** A decision taken on paper and entered by the director's office (代录批示): both names are kept apart. */
export interface PaperDecision {
  /** The user id, or a role's title where the person has no account. */
  decidedBy: string;
  decidedOn: CivilDate;
  /** The id of the scanned paper. */
  file: string;
}

/** What somebody wants of an entity. `id` is the hash of scope and idempotency key; it is unique for ever per entity. */
export interface Command<N extends string = string, P = Json> {
  id: string;
  name: N;
  payload: P;
  actor: Actor;
  paper?: PaperDecision;
}

/** The command that the interpreter makes itself when the earliest timer is due. */
export const TICK = 'tick';

/** A fact as `decide` makes it, before the ledger has numbered it. */
export interface Fact<T extends string = string, D = unknown> {
  type: T;
  data: D;
}

/** A fact as the ledger returns it. `at` is the domain instant at which it was decided (the "recorded at" of evaluations). */
export type Recorded<F extends Fact = Fact> = F & { seq: number; at: Instant; by: string };

/** Why a command was refused: a stable machine code, the rule in Chinese, and whether state (409) or role (403) refused it. */
export interface Refusal {
  refused: true;
  code: string;
  detail: string;
  status: 403 | 409 | 422;
}

export type Decision<F extends Fact> = { refused: false; events: F[] } | Refusal;

export interface Timer {
  key: string;
  at: Instant;
}

export interface DecideContext {
  now: Instant;
  /** What the interpreter loaded for a tick because the decider's `needsFacts` asked for it. */
  facts?: Json;
}

export interface Decider<S, F extends Fact> {
  kind: EntityKind;
  decide(state: S, command: Command, context: DecideContext): Decision<F>;
  /** `state` is null before the first event only. */
  evolve(state: S | null, event: Recorded<F>): S;
  /** Every instant at which something is due, unordered; the interpreter keeps one timer on the earliest. */
  timers(state: S): Timer[];
  /** True when nothing can ever be due again and no command is accepted: the workflow completes. */
  finished(state: S): boolean;
  /** Messages that an event sends; a pure reading of the event and the state after it. */
  notices(state: S, event: Recorded<F>): Notice[];
  /** True where continuing as new is natural (a period has ended). */
  boundary?(before: S, after: S): boolean;
  /** Whether a tick at this state must first load facts from the record (and which). */
  needsFacts?(state: S, now: Instant): boolean;
}

/** What a mailbox receives. `key` is unique for ever: the rung key, so that one rung gives exactly one notification. */
export interface Notice {
  key: string;
  to: Mailbox;
  /** The kind a person can choose to receive by mail or not. */
  kind: NoticeKind;
  /** Parameters from which the Chinese text is made at reading time: ids, codes, dates. No free text, no personal data. */
  data: Json;
  /** The instant at which it was due; the notification's own time is the event's. */
  dueAt: Instant;
}

export const NOTICE_KINDS = [
  'reminder',
  'escalation',
  'supervision-order',
  'sheet-request',
  'sheet-reminder',
  'takeover-summary',
  'assignment',
  'request',
  'decision',
  'evaluation',
  'calendar',
  'operations',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export function refuse(code: string, detail: string, status: 403 | 409 | 422 = 409): Refusal {
  return { refused: true, code, detail, status };
}

export function accept<F extends Fact>(...events: F[]): { refused: false; events: F[] } {
  return { refused: false, events };
}

/** Folds recorded events, in order of their sequence, onto a state. */
export function fold<S, F extends Fact>(decider: Decider<S, F>, state: S | null, events: Recorded<F>[]): S | null {
  return events.reduce<S | null>((folded, event) => decider.evolve(folded, event), state);
}
