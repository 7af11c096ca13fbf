import { movedInstants } from '../calendar-revision.ts';
import { isUsable } from '../calendar-shape.ts';
import { readPayload } from '../payload-shape.ts';
import {
  accept,
  BUREAU,
  refuse,
  TICK,
  type CivilDate,
  type Command,
  type DecideContext,
  type Decider,
  type Decision,
  type Instant,
  type Mailbox,
  type Notice,
  type Refusal,
} from '../decider.ts';
import { nextWorkingDay } from '../working-time/calendar.ts';
import { isCivilDate } from '../working-time/civil-date.ts';
import { civilDate } from '../working-time/instants.ts';
import { evolveSheet, recalendar } from './sheet-evolve.ts';
import { sheetNotices } from './sheet-notices.ts';
import { SHEET_PAYLOADS } from './sheet-payloads.ts';
import {
  asksAt,
  datesOf,
  entryEnds,
  lateAt,
  monthAfter,
  openRungs,
  sheetTimers,
  type OpenRung,
} from './sheet-rhythm.ts';
import type {
  MonthSheet,
  SheetCommandName,
  SheetCommands,
  SheetFact,
  SheetFacts,
  SheetOpenedData,
  SheetState,
} from './sheet-state.ts';

/** One monthly sheet per department (DOMAIN 2, "Reports"): asked for, reminded, approved once by the head, counted when missing. */
export const sheetDecider: Decider<SheetState, SheetFact> = {
  kind: 'sheet',
  decide,
  evolve: evolveSheet,
  timers: sheetTimers,
  finished: (state) => state.closedAt !== null,
  notices: sheetNotices,
  boundary: (before, after) => after.nextMonth !== before.nextMonth,
  needsFacts: (state, now) => asksAt(state) <= now || (entryEnds(state) ?? now + 1) <= now,
};

export function openSheet(data: SheetOpenedData): Extract<SheetFact, { type: 'SheetOpened' }> {
  return { type: 'SheetOpened', data };
}

function decide(state: SheetState, command: Command, { now, facts }: DecideContext): Decision<SheetFact> {
  if (command.name === TICK) return accept(...tick(state, now, facts as unknown as SheetFacts | undefined));
  if (!isSheetCommand(command.name)) return refuse('unknown-command', '没有这种操作', 422);
  if (state.closedAt !== null) return refuse('sheets-ended', '该部门的月报已全部结束');
  return decideNamed(command.name, state, command, now);
}

type Handler<N extends SheetCommandName> = (
  state: SheetState,
  payload: SheetCommands[N],
  command: Command,
  today: CivilDate,
) => Decision<SheetFact>;

const HANDLERS: { [N in SheetCommandName]: Handler<N> } = {
  submitSheet: submit,
  withdrawSheet: withdraw,
  returnSheet: giveBack,
  approveSheet: approve,
  reviseCalendar,
};

export const SHEET_COMMAND_NAMES = Object.keys(HANDLERS) as SheetCommandName[];

function isSheetCommand(name: string): name is SheetCommandName {
  return Object.hasOwn(HANDLERS, name);
}

function decideNamed<N extends SheetCommandName>(
  name: N,
  state: SheetState,
  command: Command,
  now: Instant,
): Decision<SheetFact> {
  const read = readPayload<SheetCommands[N]>(SHEET_PAYLOADS[name], command.payload);
  if (!read.fits) return refuse('bad-payload', '提交的内容不完整或格式不对，请刷新页面后重新填写', 422);
  const handler: Handler<N> = HANDLERS[name];
  return handler(state, read.value, command, civilDate(now));
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
  if (asksAt(state) <= now) made.push(...ask(state, now, facts));
  return made;
}

/** After an outage only the latest month is asked for; the months over which nobody could be asked are recorded as such. */
function ask(state: SheetState, now: Instant, facts: SheetFacts | undefined): SheetFact[] {
  if (facts && facts.running === 0) return [{ type: 'SheetsEnded', data: {} }];
  const made: SheetFact[] = [];
  let month = state.nextMonth;
  for (let next = monthAfter(month); datesOf(state, next).askedAt <= now; next = monthAfter(next)) {
    made.push({ type: 'SheetNotOwed', data: { month, reason: 'not-asked' } });
    month = next;
  }
  if (!facts || facts.owed.length === 0)
    return [...made, { type: 'SheetNotOwed', data: { month, reason: 'nothing-open' } }];
  return [...made, { type: 'SheetRequested', data: { month, dueOn: dueOnFor(state, month, now), owed: facts.owed } }];
}

/** Nobody is late before being asked: a sheet asked for belatedly is due at the end of the next working day at the earliest. */
function dueOnFor(state: SheetState, month: string, now: Instant): CivilDate {
  const { askedOn, dueOn } = datesOf(state, month);
  const today = civilDate(now);
  return today > askedOn && today >= dueOn ? nextWorkingDay(state.calendar, today) : dueOn;
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

function submit(
  state: SheetState,
  payload: SheetCommands['submitSheet'],
  command: Command,
  today: CivilDate,
): Decision<SheetFact> {
  const sheet = found(state, payload.month);
  const refusal = mustHold(state, command, ['coordinator', 'head'], today) ?? wrongPhase(sheet, ['requested']);
  if (refusal || !sheet) return refusal ?? noSheet();
  const told = new Set(payload.rows.map((row) => row.task));
  if (told.size !== payload.rows.length) return refuse('task-twice', '同一任务在月报中出现两次', 422);
  const strange = payload.rows.filter((row) => !sheet.owed.includes(row.task)).length;
  if (strange > 0) return refuse('task-not-owed', `有${strange}项任务不在本月月报之内，请刷新后重新填报`, 422);
  const missing = sheet.owed.filter((task) => !told.has(task));
  if (missing.length > 0)
    return refuse('rows-missing', `月报还缺${missing.length}项任务；没有新进展的请注明“无新进展”及原因`, 422);
  return accept({ type: 'SheetSubmitted', data: { month: payload.month, rows: payload.rows } });
}

function withdraw(
  state: SheetState,
  { month }: SheetCommands['withdrawSheet'],
  command: Command,
  today: CivilDate,
): Decision<SheetFact> {
  const refusal =
    mustHold(state, command, ['coordinator', 'head'], today) ?? wrongPhase(found(state, month), ['submitted']);
  return refusal ?? accept({ type: 'SheetWithdrawn', data: { month } });
}

function giveBack(
  state: SheetState,
  { month, text }: SheetCommands['returnSheet'],
  command: Command,
  today: CivilDate,
): Decision<SheetFact> {
  const refusal = mustHold(state, command, ['head'], today) ?? wrongPhase(found(state, month), ['submitted']);
  return refusal ?? accept({ type: 'SheetReturned', data: { month, text, ...decidedBy(command) } });
}

function approve(
  state: SheetState,
  { month }: SheetCommands['approveSheet'],
  command: Command,
  today: CivilDate,
): Decision<SheetFact> {
  const sheet = found(state, month);
  const refusal = mustHold(state, command, ['head'], today) ?? wrongPhase(sheet, ['submitted']);
  if (refusal) return refusal;
  if (sheet?.submittedBy === command.actor.id) return refuse('own-request', '不能审批本人提交的月报', 403);
  return accept({ type: 'SheetApproved', data: { month, ...decidedBy(command) } });
}

function decidedBy({ paper, actor }: Command) {
  return { by: paper?.decidedBy ?? actor.id, paper: paper ?? null };
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

function mustHold(
  state: SheetState,
  { actor, paper }: Command,
  roles: Mailbox['role'][],
  today: CivilDate,
): Refusal | null {
  const holds = actor.posts.some((post) => post.department === state.department && roles.includes(post.role));
  if (holds) return null;
  const enters = actor.posts.some((post) => post.department === BUREAU && post.role === 'director-office');
  if (enters && paper && roles.every((role) => role === 'head')) {
    if (isCivilDate(paper.decidedOn) && paper.decidedOn <= today) return null;
    return refuse('paper-date', `批示日期有误，不能晚于今天（${today}）`, 422);
  }
  return refuse(
    'role-required',
    roles.includes('coordinator') ? '只有本部门可以填报' : '只有本部门负责人可以审核',
    403,
  );
}

function reviseCalendar(state: SheetState, { calendar, reason }: SheetCommands['reviseCalendar']): Decision<SheetFact> {
  if (calendar.version === state.calendar.version) return accept();
  if (!isUsable(calendar)) return refuse('bad-calendar', '工作日历有误，不能使用', 422);
  const after = sheetTimers(recalendar(state, calendar));
  const moved = movedInstants(sheetTimers(state), after, calendar);
  return accept({ type: 'CalendarRevised', data: { calendar, reason, moved } });
}
