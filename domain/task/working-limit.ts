import type { CivilDate } from '../decider.ts';
import { addWorkingDays, type Calendar } from '../working-time/calendar.ts';

/** A limit counted in working days. What it was counted from stays, so that a new calendar moves it (DOMAIN 6). */
export interface WorkingLimit {
  from: CivilDate;
  workingDays: number;
  /** The last day of the limit; late begins at 00:00 of the next. */
  on: CivilDate;
  /** True while it reaches into a year whose notice has not been published (暂定). */
  provisional: boolean;
}

export function workingLimit(calendar: Calendar, from: CivilDate, workingDays: number): WorkingLimit {
  const { date, provisional } = addWorkingDays(calendar, from, workingDays);
  return { from, workingDays, on: date, provisional };
}

export function rederive(calendar: Calendar, limit: WorkingLimit): WorkingLimit {
  return workingLimit(calendar, limit.from, limit.workingDays);
}
