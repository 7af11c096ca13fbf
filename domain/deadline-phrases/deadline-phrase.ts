export type DeadlineKind = 'date' | 'recurring' | 'ongoing' | 'declared-done' | 'none';

export type RecurrencePeriod = 'year' | 'quarter' | 'month';

/**
 * A deadline as a plan words it. Dates are civil dates YYYY-MM-DD (Asia/Shanghai) and mean the end of that day.
 * Optional flags are present only where they apply.
 */
export type DeadlinePhrase = {
  raw: string;
  kind: DeadlineKind;
  date: string | null;
  every: RecurrencePeriod | null;
  /** A lost 年, a damaged character or missing separators were put back to read it. */
  repaired: boolean;
  /** 原则上: late is shown as 未达原则性时限, not as late (DOMAIN 2). */
  soft?: true;
  /** X月前 can also mean the end of the month before: that other date. */
  alternative?: string;
  /** The phrase names no year; the document's was taken. */
  yearAssumed?: true;
  /** 2024年底前完成并长期坚持: the date counts, the work goes on. */
  continues?: true;
  /** First day of a stated period (2024年—2025年, 2024年6月起). */
  start?: string;
  /** For a recurrence with a set day in its period (每年12月底前, 每月25日前): month 1-12 or null, day 1-31. */
  dueInPeriod?: { month: number | null; day: number };
  /** 即知即改, 立行立改: at once, and whenever it comes up again. */
  immediate?: true;
  /** Counted in working days from the issue date: only a calendar can tell the date. */
  workingDays?: number;
};

/** What a phrase without a year, or one that counts from the day of issue, is read against. */
export type DeadlineContext = { issuedOn: string | null; year: number | null };
