import type { Instant, Recorded } from '../decider.ts';
import { rederive } from '../task/working-limit.ts';
import { startOfDayMs } from '../working-time/instants.ts';
import { asksAt, datesOf, monthAfter } from './sheet-rhythm.ts';
import type { MonthSheet, SheetFact, SheetState } from './sheet-state.ts';

/** Folds one recorded fact of a department's sheets; reads nothing else and never refuses. */
export function evolveSheet(before: SheetState | null, event: Recorded<SheetFact>): SheetState {
  if (event.type === 'SheetOpened') return opened(event);
  if (before === null) throw new Error(`a sheet begins with SheetOpened, not ${event.type}`);
  const state = before;
  const onMonth = (month: string, change: Partial<MonthSheet>): SheetState => ({
    ...state,
    months: state.months.map((sheet) => (sheet.month === month ? { ...sheet, ...change } : sheet)),
  });
  switch (event.type) {
    case 'SheetRequested':
    case 'SheetNotOwed': {
      const { month } = event.data;
      const asked: MonthSheet = {
        month,
        phase: event.type === 'SheetRequested' ? 'requested' : 'not-owed',
        askedAt: event.at,
        dueOn: event.type === 'SheetRequested' ? event.data.dueOn : datesOf(state, month).dueOn,
        owed: event.type === 'SheetRequested' ? event.data.owed : [],
        submittedAt: null,
        submittedBy: null,
        approvedAt: null,
        overdueAt: null,
        fired: [],
      };
      return { ...state, months: [...state.months, asked].slice(-24), nextMonth: monthAfter(month) };
    }
    case 'SheetSubmitted':
      return onMonth(event.data.month, { phase: 'submitted', submittedAt: event.at, submittedBy: event.by });
    case 'SheetWithdrawn':
    case 'SheetReturned':
      return onMonth(event.data.month, { phase: 'requested', submittedAt: null, submittedBy: null });
    case 'SheetApproved':
      return onMonth(event.data.month, { phase: 'approved', approvedAt: event.at });
    case 'SheetBecameOverdue':
      return onMonth(event.data.month, { overdueAt: event.at });
    case 'SheetRungsFired':
      return {
        ...state,
        months: state.months.map((sheet) => {
          const fired = event.data.rungs.filter((rung) => rung.month === sheet.month).map((rung) => rung.rung);
          return fired.length === 0 ? sheet : { ...sheet, fired: [...sheet.fired, ...fired] };
        }),
      };
    case 'HandoverUnanswered':
      return { ...state, entryReminded: true };
    case 'SheetsEnded':
      return { ...state, closedAt: event.at };
    case 'CalendarRevised':
      return recalendar(state, event.data.calendar);
  }
}

function opened({ data, at }: Recorded<Extract<SheetFact, { type: 'SheetOpened' }>>): SheetState {
  const state = {
    ...data,
    openedAt: at,
    entryReminded: false,
    months: [],
    nextMonth: data.goLive.slice(0, 7),
    closedAt: null,
  };
  // The first sheet is the first that can still be asked for once the plan is live.
  const live = startOfDayMs(data.goLive);
  return asksAt(state) < Math.max(live, at)
    ? { ...state, nextMonth: firstMonthAfter(state, Math.max(live, at)) }
    : state;
}

function firstMonthAfter(state: SheetState, instant: Instant): string {
  let month = state.nextMonth;
  while (datesOf(state, month).askedAt < instant) month = monthAfter(month);
  return month;
}

export function recalendar(state: SheetState, calendar: SheetState['calendar']): SheetState {
  return { ...state, calendar, entry: state.entry && rederive(calendar, state.entry) };
}
