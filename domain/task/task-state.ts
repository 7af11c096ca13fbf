import type { CivilDate, Instant, PaperDecision, Post, Role } from '../decider.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import type { Calendar } from '../working-time/calendar.ts';
import type { WorkingLimit } from './working-limit.ts';

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
  /** The text row of the breakdown's measures (分解); its milestones (节点) are sub-items of the task. */
  breakdown: { text: string; measures: number } | null;
  lastReport: { at: Instant; status: ReportStatus; text: string } | null;
  /** A limit for claiming of its own, where the department took the part over or its objection was decided. */
  ownClaim?: { limit: WorkingLimit; since: Instant; fired: string[] };
}

export const REPORT_STATUSES = ['normal', 'lagging', 'risk'] as const; // 正常 / 滞后 / 风险
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** What a closing department hands in for a period (提请办结), or enters after the fact (补录). */
export interface Submission {
  department: string;
  phase: 'drafted' | 'approved' | 'verified' | 'returned';
  submittedAt: Instant;
  submittedBy: string;
  approvedAt: Instant | null;
  approvedBy: string | null;
  /** The verifier's limit (待核查), and when it passed: a lateness of its own. */
  verify: WorkingLimit | null;
  verifyOverdueAt: Instant | null;
  fired: string[];
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
  /** Who decides now; rises one level when the approver lets the limit pass. */
  level: Role;
  decide: WorkingLimit;
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
  /** Where the due date itself is counted in working days from go-live (declared done). */
  dueLimit: WorkingLimit | null;
  /** The window for entering what was due before go-live (补录). */
  entry: WorkingLimit | null;
  entryClosedAt: Instant | null;
  /** 原则上: reminded, shown as 未达原则性时限, never late. */
  soft: boolean;
  /** Rises with every extension or adjustment of the date, never with a calendar. Part of the rung key. */
  version: number;
  /** The instant from which this version counts; no rung that lies before it ever fires. */
  since: Instant;
  phase: PeriodPhase;
  fired: string[];
  /** Becoming late is an event; a later extension does not remove it. */
  overdue: { at: Instant; version: number }[];
  extension: Extension | null;
  /** Granted extensions (延期); original and extended dates stay for ever. */
  extensions: { from: CivilDate; to: CivilDate; decidedAt: Instant; level: Role }[];
  adjustments: { from: CivilDate | null; to: CivilDate; at: Instant; documentNumber: string }[];
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
  reply: WorkingLimit | null;
  repliedAt: Instant | null;
  replyOverdueAt: Instant | null;
  fired: string[];
  closedAt: Instant | null;
}

/** Where a sub-item comes from: a deadline inside the sentence, an indicator, or a department's milestone (节点). */
export const SUB_ITEM_ORIGINS = ['text', 'indicator', 'milestone'] as const;
export type SubItemOrigin = (typeof SUB_ITEM_ORIGINS)[number];

/** A sub-item with a clock of its own, once a person has confirmed it. */
export interface SubItem {
  id: string;
  origin: SubItemOrigin;
  /** The department that owes it; null where all responsible departments do. */
  department: string | null;
  /** The wording as the plan has it, or a text row's id for a milestone. */
  text: string;
  due: CivilDate | null;
  soft: boolean;
  since: Instant;
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
  /** The post that verifies completion (核查、销号), and who does it for tasks of the verifier's own department. */
  verifier: Post;
  alternateVerifier: Post;
  /** The department that the verifying office is (综合协调处), so that no office verifies its own task. */
  verifierHome: string | null;
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
  /** The limit for claiming (认领); null where nothing is to be claimed. */
  claim: WorkingLimit | null;
  claimFired: string[];
  closedAt: Instant | null;
  /** True when the time for corrections after closing has run out: the workflow ends. */
  retired: boolean;
  nextId: number;
}
