import type { CivilDate, Instant, PaperDecision, Role } from '../decider.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import type { Calendar } from '../working-time/calendar.ts';

/** How the text words a task's deadline (DOMAIN 2, "Deadlines"). */
export const DEADLINE_KINDS = ['date', 'recurring', 'ongoing', 'declared-done', 'none'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** Why a period has the clock that it has: timed by the system, or taken over after the fact. */
export const PERIOD_INTAKES = ['timed', 'before-issue', 'before-go-live', 'declared-done', 'ongoing'] as const;
export type PeriodIntake = (typeof PERIOD_INTAKES)[number];

/** The phases of one period of a task (认领 is kept per department, beside it). */
export const PERIOD_PHASES = [
  'upcoming', // 未到期间
  'in-progress', // 推进中
  'department-review', // 待部门审核
  'awaiting-verification', // 待核查
  'returned', // 退回
  'awaiting-entry', // 待补录
  'entry-review', // 补录待核实
  'closed', // 已办结(销号)
] as const;
export type PeriodPhase = (typeof PERIOD_PHASES)[number];

export const TASK_PHASES = ['running', 'suspended', 'closed', 'stopped', 'merged', 'withdrawn'] as const;
export type TaskPhase = (typeof TASK_PHASES)[number];

/** A department's part in the task. Group members carry the group through which they were named. */
export interface Responsibility {
  department: string;
  part: 'lead' | 'support';
  via: string | null;
  claimedAt: Instant | null;
  /** An undecided objection (异议) to being responsible. */
  disputedAt: Instant | null;
  /** The text row of the breakdown's measures (分解), and its milestones (节点). */
  breakdown: { text: string; measures: number; milestones: Milestone[] } | null;
  lastReport: { at: Instant; status: ReportStatus; text: string } | null;
}

export const REPORT_STATUSES = ['normal', 'lagging', 'risk'] as const; // 正常 / 滞后 / 风险
export type ReportStatus = (typeof REPORT_STATUSES)[number];

export interface Milestone {
  id: string;
  on: CivilDate;
  text: string;
  doneOn: CivilDate | null;
}

/** What a closing department hands in for a period (提请办结), or enters after the fact (补录). */
export interface Submission {
  department: string;
  phase: 'drafted' | 'approved' | 'verified' | 'returned';
  submittedAt: Instant;
  submittedBy: string;
  approvedAt: Instant | null;
  approvedBy: string | null;
  /** The verifier's limit (待核查, 5 working days), and whether it has passed: a lateness of its own. */
  verifyBy: Instant | null;
  verifyOverdueAt: Instant | null;
  /** The completion date that counts when this submission is verified. */
  completedOn: CivilDate;
  text: string;
  evidence: string[];
}

export interface Extension {
  requestedAt: Instant;
  requestedBy: string;
  department: string;
  to: CivilDate;
  text: string;
  /** Index into the policy's levels; rises when the approver is silent for 3 working days. */
  level: Role;
  decideBy: Instant;
}

/** A new date for a task that was due before issue and is not done; the deputy in charge approves it. */
export interface NewDateRequest {
  department: string;
  to: CivilDate;
  text: string;
  requestedBy: string;
  requestedAt: Instant;
}

export interface Period {
  id: string;
  from: CivilDate | null;
  to: CivilDate | null;
  intake: PeriodIntake;
  /** The text's deadline, for ever; `due` is the one that counts now. Both null where there is no due date. */
  originalDue: CivilDate | null;
  due: CivilDate | null;
  /** 原则上: reminded, shown as 未达原则性时限, never late. */
  soft: boolean;
  provisional: boolean;
  /** Rises with every extension or adjustment of the date, never with a calendar. Part of the rung key. */
  version: number;
  phase: PeriodPhase;
  fired: string[];
  /** Becoming late is an event; a later extension does not remove it. */
  overdue: { at: Instant; version: number }[];
  extension: Extension | null;
  extensions: { from: CivilDate; to: CivilDate; decidedAt: Instant; level: Role }[];
  newDate: NewDateRequest | null;
  submissions: Submission[];
  completedOn: CivilDate | null;
  closedAt: Instant | null;
}

export interface SupervisionOrder {
  id: string;
  period: string;
  draftedAt: Instant;
  signedAt: Instant | null;
  signedBy: string | null;
  paper: PaperDecision | null;
  replyBy: Instant | null;
  repliedAt: Instant | null;
  replyOverdueAt: Instant | null;
  closedAt: Instant | null;
}

/** A sub-item with a clock of its own: a deadline inside the sentence, confirmed by a person, or a milestone. */
export interface SubItem {
  id: string;
  due: CivilDate | null;
  soft: boolean;
  doneOn: CivilDate | null;
  overdueAt: Instant | null;
  fired: string[];
}

/** Plain JSON: it travels in Temporal payloads and is folded by workflow, projection, rehearsal and evaluation alike. */
export interface TaskState {
  id: string;
  plan: string;
  issuedOn: CivilDate | null;
  goLive: CivilDate;
  openedAt: Instant;
  deadlineKind: DeadlineKind;
  calendar: Calendar;
  policy: TaskPolicy;
  /** The department that verifies completion (综合协调处); its own tasks go to `alternateVerifier`. */
  verifier: string;
  alternateVerifier: string;
  finalEvaluationOn: CivilDate | null;
  responsibilities: Responsibility[];
  leadBasis: 'stated' | 'assumed';
  /** Departments whose verified submission closes a period: the lead, or every member of a leading group. */
  closers: string[];
  periods: Period[];
  subItems: SubItem[];
  orders: SupervisionOrder[];
  phase: TaskPhase;
  phaseSince: Instant;
  claimBy: Instant | null;
  claimFired: string[];
  closedAt: Instant | null;
  nextId: number;
}
