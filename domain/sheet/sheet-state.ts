import type { CivilDate, Fact, Instant, Notice, PaperDecision } from '../decider.ts';
import type { TaskPolicy } from '../policy/policy.ts';
import type { WorkingLimit } from '../task/working-limit.ts';
import type { ReportStatus } from '../task/task-state.ts';
import type { Calendar } from '../working-time/calendar.ts';

/** One line of a monthly sheet: a task's progress in the department's own words (ids of text rows). */
export interface SheetRow {
  task: string;
  status: ReportStatus;
  /** The text row; for 无新进展 it holds the reason. */
  text: string;
  noProgress: boolean;
  indicators: { id: string; value: number }[];
}

export const SHEET_PHASES = ['requested', 'submitted', 'approved', 'not-owed'] as const;
export type SheetPhase = (typeof SHEET_PHASES)[number];

/** One month's sheet (月报) of one department. */
export interface MonthSheet {
  month: string;
  phase: SheetPhase;
  askedAt: Instant;
  dueOn: CivilDate;
  owed: string[];
  submittedAt: Instant | null;
  submittedBy: string | null;
  approvedAt: Instant | null;
  overdueAt: Instant | null;
  fired: string[];
}

/** What a department was handed at go-live, told in one summary: new tasks, entries owed, proofs owed. */
export interface Handover {
  assigned: number;
  beforeIssue: number;
  beforeGoLive: number;
  declaredDone: number;
}

/** A department's side of a plan: the summary at go-live and one sheet a month with all its tasks (DOMAIN 2, "Reports"). */
export interface SheetState {
  id: string;
  plan: string;
  department: string;
  goLive: CivilDate;
  openedAt: Instant;
  calendar: Calendar;
  policy: TaskPolicy;
  handover: Handover;
  /** The window for entering what was due before go-live; null where nothing was. */
  entry: WorkingLimit | null;
  entryReminded: boolean;
  months: MonthSheet[];
  /** The next month to ask for, `YYYY-MM`. */
  nextMonth: string;
  closedAt: Instant | null;
}

export interface SheetOpenedData {
  id: string;
  plan: string;
  department: string;
  goLive: CivilDate;
  calendar: Calendar;
  policy: TaskPolicy;
  handover: Handover;
  entry: WorkingLimit | null;
}

/** What the record knows when the sheet is asked for: the tasks it must cover, and entries still owed. */
export interface SheetFacts {
  owed: string[];
  /** Tasks of the department that are not finished, whether or not they owe a report now. */
  running: number;
  unanswered: number;
}

type Decided = { by: string; paper: PaperDecision | null };

export type SheetFact =
  | Fact<'SheetOpened', SheetOpenedData>
  | Fact<'SheetRequested', { month: string; dueOn: CivilDate; owed: string[] }>
  /** `not-asked`: the system stood still over the month, which is nobody's default. */
  | Fact<'SheetNotOwed', { month: string; reason: 'nothing-open' | 'not-asked' }>
  | Fact<'SheetSubmitted', { month: string; rows: SheetRow[] }>
  | Fact<'SheetWithdrawn', { month: string }>
  | Fact<'SheetReturned', { month: string; text: string } & Decided>
  | Fact<'SheetApproved', { month: string } & Decided>
  | Fact<'SheetBecameOverdue', { month: string }>
  | Fact<'SheetRungsFired', { rungs: { month: string; rung: string; dueAt: Instant }[]; notices: Notice[] }>
  | Fact<'HandoverUnanswered', { unanswered: number }>
  | Fact<'SheetsEnded', Record<string, never>>
  | Fact<
      'CalendarRevised',
      {
        calendar: Calendar;
        reason: string;
        moved: { item: string; from: Instant | null; to: Instant | null; provisional: boolean }[];
      }
    >;

export interface SheetCommands {
  submitSheet: { department: string; month: string; rows: SheetRow[] };
  withdrawSheet: { department: string; month: string };
  returnSheet: { department: string; month: string; text: string };
  approveSheet: { department: string; month: string };
  reviseCalendar: { calendar: Calendar; reason: string };
}
export type SheetCommandName = keyof SheetCommands;
