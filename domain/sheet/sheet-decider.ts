import { movedInstants } from '../calendar-revision.ts';
import {
  accept,
  BUREAU,
  refuse,
  TICK,
  type Command,
  type DecideContext,
  type Decider,
  type Decision,
  type Instant,
  type Mailbox,
  type Notice,
  type Recorded,
  type Refusal,
  type Timer,
} from '../decider.ts';
import type { Rung } from '../policy/policy.ts';
import { rederive } from '../task/working-limit.ts';
import { addMonths } from '../working-time/civil-date.ts';
import { endOfDayMs, startOfDayMs } from '../working-time/instants.ts';
import { rungInstant, sheetDates } from '../working-time/reminder-instant.ts';
import type { MonthSheet, SheetCommands, SheetFact, SheetFacts, SheetOpenedData, SheetState } from './sheet-state.ts';

/** One monthly sheet per department (DOMAIN 2, "Reports"): asked for, reminded, approved once by the head, counted when missing. */
export const sheetDecider: Decider<SheetState, SheetFact> = {
  kind: 'sheet',
  decide,
  evolve,
  timers,
  finished: (state) => state.closedAt !== null,
  notices,
  boundary: (before, after) => after.nextMonth !== before.nextMonth,
  needsFacts: (state, now) => asksAt(state) <= now || (entryEnds(state) ?? now + 1) <= now,
};

export function openSheet(data: SheetOpenedData): Extract<SheetFact, { type: 'SheetOpened' }> {
  return { type: 'SheetOpened', data };
}

interface OpenRung {
  sheet: MonthSheet;
  rung: Rung;
  at: Instant;
  to: Mailbox[];
}

function timers(state: SheetState): Timer[] {
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

function asksAt(state: SheetState): Instant {
  return datesOf(state, state.nextMonth).askedAt;
}

function datesOf({ calendar, policy }: SheetState, month: string) {
  const { askFromDay, dueDay } = policy.sheet;
  return sheetDates(calendar, month, { askFromDay, dueDay, askAt: policy.reminderTime });
}

/** The working morning after the window for entries has closed; null where nothing is owed or it was told already. */
function entryEnds(state: SheetState): Instant | null {
  if (state.entry === null || state.entryReminded) return null;
  const rung = { days: 1, unit: 'natural-days' as const };
  return rungInstant(state.calendar, state.entry.on, rung, state.policy.reminderTime).at;
}

function lateAt(sheet: MonthSheet): Instant | null {
  const open = sheet.phase === 'requested' || sheet.phase === 'submitted';
  return open && sheet.overdueAt === null ? endOfDayMs(sheet.dueOn) : null;
}

function openRungs(state: SheetState): OpenRung[] {
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

function decide(state: SheetState, command: Command, { now, facts }: DecideContext): Decision<SheetFact> {
  if (command.name === TICK) return accept(...tick(state, now, facts as unknown as SheetFacts | undefined));
  if (state.closedAt !== null) return refuse('sheets-ended', '该部门的月报已全部结束');
  switch (command.name as keyof SheetCommands) {
    case 'submitSheet':
      return submit(state, command, command.payload as unknown as SheetCommands['submitSheet']);
    case 'withdrawSheet':
      return withdraw(state, command, command.payload as unknown as SheetCommands['withdrawSheet']);
    case 'returnSheet':
    case 'approveSheet':
      return review(state, command, command.payload as unknown as SheetCommands['returnSheet']);
    case 'reviseCalendar':
      return reviseCalendar(state, command.payload as unknown as SheetCommands['reviseCalendar']);
    default:
      return refuse('unknown-command', '没有这种操作', 422);
  }
}

function tick(state: SheetState, now: Instant, facts: SheetFacts | undefined): SheetFact[] {
  const made: SheetFact[] = [];
  const entry = entryEnds(state);
  if (entry !== null && entry <= now)
    made.push({ type: 'HandoverUnanswered', data: { unanswered: facts?.unanswered ?? 0 } });
  for (const sheet of state.months) {
    const late = lateAt(sheet);
    if (late !== null && late <= now) made.push({ type: 'SheetBecameOverdue', data: { month: sheet.month } });
  }
  const rungs = openRungs(state).filter((rung) => rung.at <= now);
  if (rungs.length > 0) made.push(fire(state, rungs));
  if (asksAt(state) <= now) made.push(ask(state, facts));
  return made;
}

function ask(state: SheetState, facts: SheetFacts | undefined): SheetFact {
  const month = state.nextMonth;
  if (facts && facts.running === 0) return { type: 'SheetsEnded', data: {} };
  if (!facts || facts.owed.length === 0) return { type: 'SheetNotOwed', data: { month } };
  return { type: 'SheetRequested', data: { month, dueOn: datesOf(state, month).dueOn, owed: facts.owed } };
}

function fire(state: SheetState, due: OpenRung[]): SheetFact {
  const rungs = due.map(({ sheet, rung, at }) => ({ month: sheet.month, rung: rung.id, dueAt: at }));
  const mailboxes = new Map<string, { to: Mailbox; dues: OpenRung[] }>();
  for (const each of due)
    for (const to of each.to) {
      const key = `${to.department}/${to.role}`;
      const group = mailboxes.get(key) ?? { to, dues: [] };
      group.dues.push(each);
      mailboxes.set(key, group);
    }
  const sent = [...mailboxes.entries()].map(([key, { to, dues }]): Notice => {
    const names = dues.map(({ sheet, rung }) => `${sheet.month}:${rung.id}`);
    return {
      key: `${state.id}:${names.join('+')}:${key}`,
      to,
      kind: 'sheet-reminder',
      dueAt: (dues.at(-1) as OpenRung).at,
      data: {
        sheet: state.id,
        plan: state.plan,
        rungs: dues.map(({ sheet, rung, at }) => ({
          month: sheet.month,
          rung: rung.id,
          deadline: sheet.dueOn,
          dueAt: at,
        })),
      },
    };
  });
  return { type: 'SheetRungsFired', data: { rungs, notices: sent } };
}

function submit(state: SheetState, command: Command, payload: SheetCommands['submitSheet']): Decision<SheetFact> {
  const sheet = found(state, payload.month);
  const refusal = mustHold(state, command, ['coordinator', 'head']) ?? wrongPhase(sheet, ['requested']);
  if (refusal || !sheet) return refusal ?? noSheet();
  const told = new Set(payload.rows.map((row) => row.task));
  if (told.size !== payload.rows.length) return refuse('task-twice', '同一任务在月报中出现两次', 422);
  const missing = sheet.owed.filter((task) => !told.has(task));
  if (missing.length > 0)
    return refuse('rows-missing', `月报还缺${missing.length}项任务；没有新进展的请注明“无新进展”及原因`, 422);
  return accept({ type: 'SheetSubmitted', data: { month: payload.month, rows: payload.rows } });
}

function withdraw(state: SheetState, command: Command, payload: SheetCommands['withdrawSheet']): Decision<SheetFact> {
  const refusal =
    mustHold(state, command, ['coordinator', 'head']) ?? wrongPhase(found(state, payload.month), ['submitted']);
  return refusal ?? accept({ type: 'SheetWithdrawn', data: { month: payload.month } });
}

function review(state: SheetState, command: Command, payload: SheetCommands['returnSheet']): Decision<SheetFact> {
  const sheet = found(state, payload.month);
  const refusal = mustHold(state, command, ['head']) ?? wrongPhase(sheet, ['submitted']);
  if (refusal || !sheet) return refusal ?? noSheet();
  const { month, text } = payload;
  const decided = { by: command.paper?.decidedBy ?? command.actor.id, paper: command.paper ?? null };
  if (command.name === 'returnSheet') return accept({ type: 'SheetReturned', data: { month, text, ...decided } });
  if (sheet.submittedBy === command.actor.id) return refuse('own-request', '不能审批本人提交的月报', 403);
  return accept({ type: 'SheetApproved', data: { month, ...decided } });
}

function found(state: SheetState, month: string): MonthSheet | undefined {
  return state.months.find((sheet) => sheet.month === month);
}

function noSheet(): Refusal {
  return refuse('no-such-sheet', '没有这个月的月报', 422);
}

function wrongPhase(sheet: MonthSheet | undefined, wanted: MonthSheet['phase'][]): Refusal | null {
  if (!sheet) return noSheet();
  if (wanted.includes(sheet.phase)) return null;
  const names = { requested: '待填报', submitted: '待部门负责人审核', approved: '已审核', 'not-owed': '无须填报' };
  return refuse('sheet-phase', `月报现为“${names[sheet.phase]}”，不能进行此操作`);
}

function mustHold(state: SheetState, { actor, paper }: Command, roles: Mailbox['role'][]): Refusal | null {
  const holds = actor.posts.some((post) => post.department === state.department && roles.includes(post.role));
  if (holds) return null;
  const enters = actor.posts.some((post) => post.department === BUREAU && post.role === 'director-office');
  if (enters && paper && roles.every((role) => role === 'head')) return null;
  return refuse(
    'role-required',
    roles.includes('coordinator') ? '只有本部门可以填报' : '只有本部门负责人可以审核',
    403,
  );
}

function reviseCalendar(state: SheetState, { calendar, reason }: SheetCommands['reviseCalendar']): Decision<SheetFact> {
  if (calendar.version === state.calendar.version) return accept();
  const after = timers(recalendar(state, calendar));
  const moved = movedInstants(timers(state), after, calendar);
  return accept({ type: 'CalendarRevised', data: { calendar, reason, moved } });
}

function recalendar(state: SheetState, calendar: SheetState['calendar']): SheetState {
  return { ...state, calendar, entry: state.entry && rederive(calendar, state.entry) };
}

function evolve(before: SheetState | null, event: Recorded<SheetFact>): SheetState {
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

function monthAfter(month: string): string {
  return addMonths(`${month}-01`, 1).slice(0, 7);
}

function notices(state: SheetState, event: Recorded<SheetFact>): Notice[] {
  const tell = (kind: Notice['kind'], role: Mailbox['role'], data: { [key: string]: number | string }): Notice[] => [
    {
      key: `${state.id}:${event.seq}:${state.department}/${role}`,
      to: { department: state.department, role },
      kind,
      dueAt: event.at,
      data: { sheet: state.id, plan: state.plan, event: event.type, ...data },
    },
  ];
  switch (event.type) {
    case 'SheetOpened':
      return tell('takeover-summary', 'coordinator', { goLive: state.goLive, ...state.handover });
    case 'SheetRequested':
      return tell('sheet-request', 'coordinator', {
        month: event.data.month,
        dueOn: event.data.dueOn,
        owed: event.data.owed.length,
      });
    case 'SheetSubmitted':
      return tell('request', 'head', { month: event.data.month });
    case 'SheetReturned':
    case 'SheetApproved':
      return tell('decision', 'coordinator', { month: event.data.month });
    case 'HandoverUnanswered':
      return event.data.unanswered === 0 ? [] : tell('escalation', 'head', { unanswered: event.data.unanswered });
    case 'SheetRungsFired':
      return event.data.notices;
    default:
      return [];
  }
}
