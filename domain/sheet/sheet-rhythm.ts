import { BUREAU, type Instant, type Mailbox, type Timer } from '../decider.ts';
import type { Rung } from '../policy/policy.ts';
import { addMonths } from '../working-time/civil-date.ts';
import { endOfDayMs } from '../working-time/instants.ts';
import { rungInstant, sheetDates } from '../working-time/reminder-instant.ts';
import type { MonthSheet, SheetState } from './sheet-state.ts';

export interface OpenRung {
  sheet: MonthSheet;
  rung: Rung;
  at: Instant;
  to: Mailbox[];
}

export function sheetTimers(state: SheetState): Timer[] {
  if (state.closedAt !== null) return [];
  const due: Timer[] = [{ key: `ask/${state.nextMonth}`, at: asksAt(state) }];
  const entry = entryEnds(state);
  if (entry !== null) due.push({ key: 'handover', at: entry });
  for (const sheet of state.months) {
    const late = lateAt(sheet);
    if (late !== null) due.push({ key: `overdue/${sheet.month}`, at: late });
  }
  return [...due, ...openRungs(state).map(({ sheet, rung, at }) => ({ key: `rung/${sheet.month}/${rung.id}`, at }))];
}

export function asksAt(state: SheetState): Instant {
  return datesOf(state, state.nextMonth).askedAt;
}

export function datesOf({ calendar, policy }: SheetState, month: string) {
  const { askFromDay, dueDay } = policy.sheet;
  return sheetDates(calendar, month, { askFromDay, dueDay, askAt: policy.reminderTime });
}

/** The working morning after the window for entries has closed; null where nothing is owed or it was told already. */
export function entryEnds(state: SheetState): Instant | null {
  if (state.entry === null || state.entryReminded) return null;
  const rung = { days: 1, unit: 'natural-days' as const };
  return rungInstant(state.calendar, state.entry.on, rung, state.policy.reminderTime).at;
}

export function lateAt(sheet: MonthSheet): Instant | null {
  const open = sheet.phase === 'requested' || sheet.phase === 'submitted';
  return open && sheet.overdueAt === null ? endOfDayMs(sheet.dueOn) : null;
}

export function openRungs(state: SheetState): OpenRung[] {
  return state.months.flatMap((sheet) => {
    if (sheet.phase !== 'requested' && sheet.phase !== 'submitted') return [];
    return state.policy.sheet.ladder.flatMap((rung): OpenRung[] => {
      if (sheet.fired.includes(rung.id)) return [];
      const { at } = rungInstant(state.calendar, sheet.dueOn, rung, state.policy.reminderTime);
      // A sheet asked for on its last working day is asked for once, not asked and reminded in one minute.
      if (at <= sheet.askedAt) return [];
      return [{ sheet, rung, at, to: rung.to.map((to) => addressee(state, sheet, to.scope, to.role)) }];
    });
  });
}

/** What waits for the head is the head's to answer. */
function addressee(
  state: SheetState,
  sheet: MonthSheet,
  scope: 'department' | 'bureau',
  role: Mailbox['role'],
): Mailbox {
  if (scope === 'bureau') return { department: BUREAU, role };
  return { department: state.department, role: sheet.phase === 'submitted' ? 'head' : role };
}

export function monthAfter(month: string): string {
  return addMonths(`${month}-01`, 1).slice(0, 7);
}
