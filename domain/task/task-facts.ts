import type { CivilDate, Fact, Instant, Notice, PaperDecision, Role } from '../decider.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import type { Calendar } from '../working-time/calendar.ts';
import type { DeadlineKind, Milestone, Period, ReportStatus, Responsibility, SubItem, TaskPhase } from './task-state.ts';

/** What a task is assigned with (交办). Written by publication as sequence 1, through the same ledger as all that follows. */
export interface TaskAssignedData {
  id: string;
  plan: string;
  issuedOn: CivilDate | null;
  goLive: CivilDate;
  deadlineKind: DeadlineKind;
  calendar: Calendar;
  policy: TaskPolicy;
  verifier: string;
  alternateVerifier: string;
  finalEvaluationOn: CivilDate | null;
  responsibilities: Responsibility[];
  leadBasis: 'stated' | 'assumed';
  closers: string[];
  periods: Period[];
  subItems: SubItem[];
  claimBy: Instant | null;
}

type On = { department: string };
type OnPeriod = On & { period: string };
type Decided = { by: string; paper: PaperDecision | null };

/** Every fact of a task's life (DOMAIN 2), in the past tense. Free text is in `texts` rows; facts carry their ids. */
export type TaskFact =
  | Fact<'TaskAssigned', TaskAssignedData>
  | Fact<'TaskClaimed', On>
  | Fact<'ResponsibilityDisputed', On & { text: string }>
  | Fact<'DisputeDecided', On & { outcome: 'upheld' | 'rejected'; to: string | null; documentNumber: string | null } & Decided>
  | Fact<'TaskBrokenDown', On & { text: string; measures: number; milestones: Milestone[] }>
  | Fact<'MilestoneReached', On & { milestone: string; on: CivilDate }>
  | Fact<'ProgressReported', On & { status: ReportStatus; text: string; indicators: { id: string; value: number }[] }>
  | Fact<'EvidenceAttached', On & { file: string; on: CivilDate | null; period: string | null }>
  | Fact<'CompletionSubmitted', OnPeriod & { completedOn: CivilDate; text: string; evidence: string[]; entered: boolean }>
  | Fact<'SubmissionWithdrawn', OnPeriod>
  | Fact<'SubmissionApproved', OnPeriod & { verifyBy: Instant } & Decided>
  | Fact<'SubmissionRejected', OnPeriod & { text: string } & Decided>
  | Fact<'CompletionVerified', OnPeriod & { completedOn: CivilDate; closes: boolean } & Decided>
  | Fact<'CompletionReturned', OnPeriod & { text: string; due: CivilDate | null } & Decided>
  | Fact<'VerificationBecameOverdue', OnPeriod>
  | Fact<'PeriodOpened', { period: string }>
  | Fact<'PeriodBecameOverdue', { period: string; version: number; due: CivilDate; dueAt: Instant }>
  | Fact<'ReportedUnfinished', OnPeriod & { to: CivilDate; text: string }>
  | Fact<'NewDateDecided', OnPeriod & { outcome: 'approved' | 'refused'; due: CivilDate | null } & Decided>
  | Fact<'ExtensionRequested', OnPeriod & { to: CivilDate; text: string; level: Role; decideBy: Instant }>
  | Fact<'ExtensionWithdrawn', OnPeriod>
  | Fact<'ExtensionRaised', OnPeriod & { level: Role; decideBy: Instant }>
  | Fact<'ExtensionDecided', OnPeriod & { outcome: 'approved' | 'refused'; from: CivilDate; to: CivilDate; level: Role; minutes: string | null } & Decided>
  | Fact<'DeadlineAdjusted', { period: string; from: CivilDate | null; to: CivilDate; documentNumber: string; text: string }>
  | Fact<'DepartmentsChanged', { responsibilities: Responsibility[]; closers: string[]; documentNumber: string; reason: 'adjusted' | 'renamed' | 'group-lead-named' | 'plan-revised' }>
  | Fact<'TaskPhaseChanged', { phase: TaskPhase; documentNumber: string; text: string | null; into: string[] }>
  | Fact<'SubItemConfirmed', { item: SubItem }>
  | Fact<'SubItemDone', { item: string; on: CivilDate }>
  | Fact<'SubItemBecameOverdue', { item: string }>
  | Fact<'RungsFired', { rungs: FiredRung[]; notices: Notice[] }>
  | Fact<'SupervisionOrderDrafted', { order: string; period: string }>
  | Fact<'SupervisionOrderSigned', { order: string; replyBy: Instant } & Decided>
  | Fact<'SupervisionOrderReplied', { order: string; department: string; text: string }>
  | Fact<'SupervisionReplyBecameOverdue', { order: string }>
  | Fact<'SupervisionOrderClosed', { order: string } & Decided>
  | Fact<'FactCorrected', { seq: number; text: string; completedOn: CivilDate | null; period: string | null }>
  | Fact<'TextRevised', { documentNumber: string; revision: string }>
  | Fact<'CalendarRevised', { calendar: Calendar; reason: string; moved: { item: string; from: Instant | null; to: Instant | null; provisional: boolean }[] }>
  | Fact<'PolicyRevised', { policy: TaskPolicy; reason: string }>
  | Fact<'TaskRetired', Record<string, never>>;

/** One rung that has fired: `item` is a period's or sub-item's id, or `claim`. */
export interface FiredRung {
  item: string;
  version: number;
  rung: string;
  dueAt: Instant;
}
