import { BUREAU, type CivilDate, type Instant, type Mailbox } from '../decider.ts';
import type { Rung, RungAddressee } from '../policy/policy.ts';
import type { Calendar } from '../working-time/calendar.ts';
import { rungInstant } from '../working-time/reminder-instant.ts';
import { endOfDayMs, startOfDayMs } from '../working-time/instants.ts';
import type { Period, Responsibility, TaskState } from './task-state.ts';

/**
 * Something with a deadline and a ladder: `period/ID`, `claim`, `claim/DEPARTMENT`, `verify/PERIOD/DEPARTMENT`, `order/ID` or `sub/ID`.
 * The rung key is the task, the item, the deadline version, the rung and the addressee (DESIGN).
 */
export interface RungItem {
  name: string;
  on: CivilDate;
  version: number;
  /** No rung that lies before this instant ever fires: go-live, the period's begin, or the decision that moved the date. */
  since: Instant;
  ladder: Rung[];
  fired: string[];
  recipients(rung: Rung): Mailbox[];
}

export interface DueRung {
  item: RungItem;
  rung: Rung;
  at: Instant;
  to: Mailbox[];
}

/** Every rung that has not fired and still has somebody to tell. A pure function of the state, so it can be rehearsed. */
export function openRungs(state: TaskState): DueRung[] {
  // What came due while the task was suspended (中止) is past: resuming it sets off no storm.
  const resumed = state.phaseSince > state.openedAt ? state.phaseSince : 0;
  return rungItems(state).flatMap((item) =>
    item.ladder.flatMap((rung): DueRung[] => {
      if (item.fired.includes(`${item.version}:${rung.id}`)) return [];
      const at = instantOf(state, item.on, rung);
      if (at < item.since || at < resumed) return [];
      const to = item.recipients(rung);
      return to.length === 0 ? [] : [{ item, rung, at, to }];
    }),
  );
}

/**
 * A rung's instant follows from calendar, date and offset alone, and every command asks for all of them: without this
 * memory finding them was nearly the whole cost of a command. A calendar is never changed in place, so it is the key.
 */
const instants = new WeakMap<Calendar, Map<string, Instant>>();

function instantOf({ calendar, policy }: TaskState, on: CivilDate, rung: Rung): Instant {
  let known = instants.get(calendar);
  if (known === undefined) instants.set(calendar, (known = new Map()));
  const key = `${on} ${rung.days} ${rung.unit} ${policy.reminderTime}`;
  let at = known.get(key);
  if (at === undefined) known.set(key, (at = rungInstant(calendar, on, rung, policy.reminderTime).at));
  return at;
}

function rungItems(state: TaskState): RungItem[] {
  if (state.phase !== 'running') return [];
  const items: RungItem[] = [];
  const goLive = startOfDayMs(state.goLive);
  const { policy } = state;
  if (state.claim) {
    items.push({
      name: 'claim',
      on: state.claim.on,
      version: 1,
      since: goLive,
      ladder: policy.claimLadder,
      fired: state.claimFired,
      recipients: (rung) =>
        addressees(
          rung.to,
          state.responsibilities.filter((part) => isUnclaimed(part) && !part.ownClaim).map((part) => part.department),
        ),
    });
  }
  for (const part of state.responsibilities) {
    if (!part.ownClaim || !isUnclaimed(part)) continue;
    const { limit, since, fired } = part.ownClaim;
    items.push({
      name: `claim/${part.department}`,
      on: limit.on,
      version: since,
      since,
      ladder: policy.claimLadder,
      fired,
      recipients: (rung) => addressees(rung.to, [part.department]),
    });
  }
  for (const period of state.periods) {
    const item = periodItem(state, period, goLive);
    if (item) items.push(item);
    for (const submission of period.submissions) {
      if (submission.phase !== 'approved' || submission.verify === null) continue;
      items.push({
        name: `verify/${period.id}/${submission.department}`,
        on: submission.verify.on,
        version: submission.approvedAt ?? 1,
        since: submission.approvedAt ?? goLive,
        ladder: policy.verifyLadder,
        fired: submission.fired,
        recipients: (rung) =>
          rung.to.map((to) =>
            to.scope === 'bureau' && to.role === 'supervising-office'
              ? verifierOf(state)
              : { department: BUREAU, role: to.role },
          ),
      });
    }
  }
  for (const item of state.subItems) {
    if (item.due === null || item.doneOn !== null) continue;
    const owing = item.department === null ? state.responsibilities.map((part) => part.department) : [item.department];
    items.push({
      name: `sub/${item.id}`,
      on: item.due,
      version: 1,
      since: Math.max(item.since, goLive),
      ladder: item.soft ? beforeOnly(policy.subItemLadder) : policy.subItemLadder,
      fired: item.fired,
      recipients: (rung) => addressees(rung.to, owing),
    });
  }
  for (const order of state.orders) {
    if (order.reply === null || order.repliedAt !== null || order.closedAt !== null) continue;
    items.push({
      name: `order/${order.id}`,
      on: order.reply.on,
      version: 1,
      since: order.signedAt ?? goLive,
      ladder: policy.replyLadder,
      fired: order.fired,
      recipients: (rung) => addressees(rung.to, state.closers),
    });
  }
  return items;
}

/** A period is reminded and escalated while it is open and its clock is the system's own (DOMAIN 2, "Deadlines"). */
function periodItem(state: TaskState, period: Period, goLive: Instant): RungItem | null {
  if (period.due === null || !isClocked(period)) return null;
  const waiting = period.extension !== null;
  const open = period.phase === 'in-progress' || period.phase === 'returned' || period.phase === 'upcoming';
  if (!open) return null;
  const begins = period.from === null ? goLive : startOfDayMs(period.from);
  return {
    name: `period/${period.id}`,
    on: period.due,
    version: period.version,
    since: Math.max(period.since, goLive, begins),
    // While a timely request for extension is undecided lateness waits; a soft deadline is never late.
    ladder: waiting || period.soft ? beforeOnly(state.policy.ladder) : state.policy.ladder,
    fired: period.fired,
    recipients: (rung) =>
      addressees(
        rung.to,
        state.responsibilities.map((part) => part.department).filter((each) => !handedIn(period, each)),
      ),
  };
}

/** Periods with a clock of the system's own; what was due before go-live is entered, not timed. */
export function isClocked(period: Period): boolean {
  return period.intake === 'timed' || period.intake === 'declared-done';
}

/**
 * The instant from which a period is late, or null where it cannot become late now. Passing a soft deadline (原则上) is
 * recorded in the same way and marked: it is shown as 未达原则性时限, and nobody is told of it as lateness.
 */
export function lateFrom(state: TaskState, period: Period): Instant | null {
  if (state.phase !== 'running' || period.due === null || !isClocked(period)) return null;
  if (period.extension !== null) return null;
  if (!['in-progress', 'returned', 'upcoming'].includes(period.phase)) return null;
  return period.overdue.some((each) => each.version === period.version) ? null : endOfDayMs(period.due);
}

export function verifierOf(state: TaskState): Mailbox {
  const own = state.responsibilities.some((part) => part.department === state.verifierHome);
  return own ? state.alternateVerifier : state.verifier;
}

function isUnclaimed({ claimedAt, disputedAt }: Responsibility): boolean {
  return claimedAt === null && disputedAt === null;
}

function handedIn(period: Period, department: string): boolean {
  const submission = period.submissions.find((each) => each.department === department);
  return submission !== undefined && submission.phase !== 'returned';
}

function beforeOnly(ladder: Rung[]): Rung[] {
  return ladder.filter((rung) => rung.days <= 0);
}

function addressees(to: RungAddressee[], departments: string[]): Mailbox[] {
  if (departments.length === 0) return [];
  return to.flatMap((each): Mailbox[] =>
    each.scope === 'bureau'
      ? [{ department: BUREAU, role: each.role }]
      : departments.map((department) => ({ department, role: each.role })),
  );
}
