import type { NoticeKind, Role } from '../decider.ts';

/** Who a rung of the ladder is addressed to: a role in each responsible department, or a bureau-wide role. */
export type RungAddressee =
  | { scope: 'department'; role: Extract<Role, 'coordinator' | 'head'> }
  | { scope: 'bureau'; role: Role };

/** One rung of the reminder and escalation ladder of a deadline (DOMAIN 2, "Reports … Default ladder"). */
export interface Rung {
  id: string;
  /** Days relative to the deadline; negative is before. Before counts natural days, after counts by `unit`. */
  days: number;
  unit: 'natural-days' | 'working-days';
  to: RungAddressee[];
  kind: NoticeKind;
  /** True where the rung drafts a supervision order (督办单) for the task. */
  draftsOrder?: boolean;
}

/** The versioned policy that a task, a sheet or an evaluation pins when it opens. Every number names its source. */
export interface TaskPolicy {
  version: string;
  source: string;
  /** `HH:mm`, Asia/Shanghai: the time of day of every reminder. */
  reminderTime: string;
  claimWithinWorkingDays: number;
  verifyWithinWorkingDays: number;
  extensionDecisionWithinWorkingDays: number;
  /** Who decides extensions, by rising level; the first that applies, then one level up when silent. */
  extensionLevels: Role[];
  supervisionReplyWithinWorkingDays: number;
  takeover: {
    /** Working days from go-live to say what became of a task due before issue. */
    dueBeforeIssueWithin: number;
    /** Working days from go-live to enter what was due between issue and go-live. */
    dueBeforeGoLiveWithin: number;
    /** Working days from go-live to prove what the plan declares done (已建立, 已完成). */
    declaredDoneWithin: number;
  };
  ladder: Rung[];
  /** Rungs of the shorter limits: claiming, verifying, replying to a supervision order, sub-items and milestones. */
  claimLadder: Rung[];
  verifyLadder: Rung[];
  replyLadder: Rung[];
  subItemLadder: Rung[];
  sheet: {
    /** The sheet is asked for on the first working day from this day of the month. */
    askFromDay: number;
    /** Due by the end of this day, or of the working day before it. */
    dueDay: number;
    ladder: Rung[];
  };
  evaluation: {
    startWorkingDaysBefore: number;
    asOf: 'end-of-month-before';
    selfAssessmentWithinWorkingDays: number;
  };
  lastPeriodDue: 'year-end' | 'final-evaluation';
  /** Natural days that a closed task stays open to corrections before its workflow ends. */
  retireAfterDays: number;
}
