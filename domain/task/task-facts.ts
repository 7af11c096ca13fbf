import type { CivilDate, Fact, Instant, Notice, PaperDecision, Post, Role } from '../decider.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import type { Calendar } from '../working-time/calendar.ts';
import type { WorkingLimit } from './working-limit.ts';
import type { DeadlineKind, Period, ReportStatus, Responsibility, SubItem, TaskPhase } from './task-state.ts';

/** What a task is assigned with (交办). Written by publication as sequence 1, through the same ledger as all that follows. */
export interface TaskAssignedData {
  id: string;
  plan: string;
  issuedOn: CivilDate | null;
  goLive: CivilDate;
  deadlineKind: DeadlineKind;
  calendar: Calendar;
  policy: TaskPolicy;
  verifier: Post;
  alternateVerifier: Post;
  verifierHome: string | null;
  finalEvaluationOn: CivilDate | null;
  responsibilities: Responsibility[];
  leadBasis: 'stated' | 'assumed';
  closers: string[];
  periods: Period[];
  subItems: SubItem[];
  claim: WorkingLimit | null;
  /** True where each department is told of this task by itself (领导交办); a plan's tasks are told in one summary. */
  announce: boolean;
}

type On = { department: string };
type OnPeriod = On & { period: string };
type Decided = { by: string; paper: PaperDecision | null };

/** Every fact of a task's life (DOMAIN 2), in the past tense. Free text is in `texts` rows; facts carry their ids. */
export type TaskFact =
  | Fact<'TaskAssigned', TaskAssignedData>
  | Fact<'TaskClaimed', On>
  | Fact<'ResponsibilityDisputed', On & { text: string }>
  | Fact<
      'DisputeDecided',
      On & { outcome: 'upheld' | 'rejected'; to: string | null; documentNumber: string | null } & Decided
    >
  | Fact<'TaskBrokenDown', On & { text: string; measures: number; milestones: SubItem[] }>
  | Fact<'ProgressReported', On & { status: ReportStatus; text: string; indicators: { id: string; value: number }[] }>
  | Fact<'EvidenceAttached', On & { file: string; on: CivilDate | null; period: string | null }>
  | Fact<
      'CompletionSubmitted',
      OnPeriod & { completedOn: CivilDate; text: string; evidence: string[]; entered: boolean }
    >
  | Fact<'SubmissionWithdrawn', OnPeriod>
  | Fact<'SubmissionApproved', OnPeriod & { verify: WorkingLimit } & Decided>
  | Fact<'SubmissionRejected', OnPeriod & { text: string } & Decided>
  | Fact<'CompletionVerified', OnPeriod & { completedOn: CivilDate; closes: boolean } & Decided>
  | Fact<'CompletionReturned', OnPeriod & { text: string } & Decided>
  | Fact<'VerificationBecameOverdue', OnPeriod>
  | Fact<'PeriodOpened', { period: string }>
  /** `soft`: 未达原则性时限, shown as such and not as late. */
  | Fact<'PeriodBecameOverdue', { period: string; version: number; due: CivilDate; dueAt: Instant; soft: boolean }>
  | Fact<'ReportedUnfinished', OnPeriod & { to: CivilDate; text: string }>
  | Fact<'EntryWindowClosed', { period: string }>
  | Fact<'NewDateDecided', OnPeriod & { outcome: 'approved' | 'refused'; due: CivilDate | null } & Decided>
  | Fact<'ExtensionRequested', OnPeriod & { to: CivilDate; text: string; level: Role; decide: WorkingLimit }>
  | Fact<'ExtensionWithdrawn', OnPeriod>
  | Fact<'ExtensionRaised', OnPeriod & { level: Role; decide: WorkingLimit }>
  | Fact<
      'ExtensionDecided',
      OnPeriod & {
        outcome: 'approved' | 'refused';
        from: CivilDate;
        to: CivilDate;
        level: Role;
        minutes: string | null;
      } & Decided
    >
  | Fact<
      'DeadlineAdjusted',
      { period: string; from: CivilDate | null; to: CivilDate; documentNumber: string; text: string }
    >
  | Fact<
      'DepartmentsChanged',
      {
        responsibilities: Responsibility[];
        closers: string[];
        documentNumber: string;
        reason: 'adjusted' | 'renamed' | 'group-lead-named' | 'plan-revised';
        /** Where a department took over another's duties: submissions, requests and milestones move with them. */
        renamed?: { from: string; to: string };
      }
    >
  | Fact<'TaskPhaseChanged', { phase: TaskPhase; documentNumber: string; text: string | null; into: string[] }>
  | Fact<'SubItemConfirmed', { item: SubItem }>
  | Fact<'SubItemDone', { item: string; on: CivilDate; department: string }>
  | Fact<'SubItemBecameOverdue', { item: string }>
  | Fact<'RungsFired', { rungs: FiredRung[]; notices: Notice[] }>
  | Fact<'SupervisionOrderDrafted', { order: string; period: string }>
  | Fact<'SupervisionOrderSigned', { order: string; reply: WorkingLimit } & Decided>
  | Fact<'SupervisionOrderReplied', { order: string; department: string; text: string }>
  | Fact<'SupervisionReplyBecameOverdue', { order: string }>
  | Fact<'SupervisionOrderClosed', { order: string } & Decided>
  | Fact<'FactCorrected', { seq: number; text: string; completedOn: CivilDate | null; period: string | null }>
  | Fact<'TextRevised', { documentNumber: string; revision: string }>
  | Fact<
      'CalendarRevised',
      {
        calendar: Calendar;
        reason: string;
        moved: { item: string; from: Instant | null; to: Instant | null; provisional: boolean }[];
      }
    >
  | Fact<'TaskRetired', Record<string, never>>;

/** One rung that has fired, at a deadline version of an item (see `rung-items.ts` for the items' names). */
export interface FiredRung {
  item: string;
  version: number;
  rung: string;
  dueAt: Instant;
}
