import {
  addWorkingDays,
  isProvisional,
  spanIsProvisional,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  type Calendar,
} from './calendar.ts';
import { addNaturalDays, naturalDaysBetween, type CivilDate } from './civil-date.ts';
import { atTimeMs, endOfDayMs } from './instants.ts';

/** Distance of a rung from its deadline: negative before, 0 on the day, positive after. Days before are natural days. */
export type RungOffset = { unit: 'natural-days' | 'working-days'; days: number };

export type RungInstant = {
  /** Milliseconds since 1970, UTC. */
  at: number;
  on: CivilDate;
  provisional: boolean;
};

/**
 * When a rung of the ladder fires (DOMAIN 2 "Reports"): at `time` on a working day, moved earlier before a deadline and
 * on its day, later after it. A rung of the deadline's own day that falls on a day off moves earlier, because moved
 * later it would come when the work is already late.
 */
export function rungInstant(calendar: Calendar, dueOn: CivilDate, offset: RungOffset, time = '09:00'): RungInstant {
  const nominal =
    offset.unit === 'working-days'
      ? addWorkingDays(calendar, dueOn, offset.days).date
      : addNaturalDays(dueOn, offset.days);
  const on = offset.days > 0 ? workingDayOnOrAfter(calendar, nominal) : workingDayOnOrBefore(calendar, nominal);
  const counted = offset.unit === 'working-days' && spanIsProvisional(calendar, dueOn, on);
  return { at: atTimeMs(on, time), on, provisional: counted || spanIsProvisional(calendar, nominal, on) };
}

export type SheetRhythm = {
  /** Day of the month from which the sheet is asked for, on the first working day. */
  askFromDay: number;
  /** Day of the month by whose end it is due, or the working day before it. */
  dueDay: number;
  askAt: string;
};

export const DEFAULT_SHEET_RHYTHM: SheetRhythm = { askFromDay: 20, dueDay: 25, askAt: '09:00' };

export type SheetDates = {
  askedOn: CivilDate;
  askedAt: number;
  dueOn: CivilDate;
  /** First instant at which the sheet is late: 24:00 of `dueOn`. */
  lateFrom: number;
  provisional: boolean;
};

/**
 * The monthly sheet of `month` (`YYYY-MM`). Where a long holiday leaves no working day between the two dates, the sheet
 * is due at the end of the first working day after the one on which it is asked: nobody is late before being asked.
 */
export function sheetDates(calendar: Calendar, month: string, rhythm: SheetRhythm = DEFAULT_SHEET_RHYTHM): SheetDates {
  const from = `${month}-${String(rhythm.askFromDay).padStart(2, '0')}`;
  const until = `${month}-${String(rhythm.dueDay).padStart(2, '0')}`;
  const askedOn = workingDayOnOrAfter(calendar, from);
  const before = workingDayOnOrBefore(calendar, until);
  const dueOn = naturalDaysBetween(askedOn, before) >= 0 ? before : addWorkingDays(calendar, askedOn, 1).date;
  return {
    askedOn,
    askedAt: atTimeMs(askedOn, rhythm.askAt),
    dueOn,
    lateFrom: endOfDayMs(dueOn),
    provisional: isProvisional(calendar, askedOn) || isProvisional(calendar, dueOn),
  };
}
