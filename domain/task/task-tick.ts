import { accept, type Decision, type Instant, type Mailbox, type Notice, type Timer } from '../decider.ts';
import { DAY_MS, endOfDayMs, startOfDayMs } from '../working-time/instants.ts';
import { civilDate } from '../working-time/instants.ts';
import { missedBeforeGoLive } from './decide-completion.ts';
import { lateFrom, openRungs, type DueRung } from './rung-items.ts';
import type { FiredRung, TaskFact } from './task-facts.ts';
import type { Period, TaskState } from './task-state.ts';
import { workingLimit } from './working-limit.ts';

/** Something that becomes true by the passing of time alone, and the fact that says so. */
interface DueFact extends Timer {
  facts: TaskFact[];
}

/** Every instant at which the task has something to do by itself. */
export function taskTimers(state: TaskState): Timer[] {
  if (state.retired) return [];
  return [
    ...openRungs(state).map((due) => ({ key: rungTimerKey(due), at: due.at })),
    ...dueFacts(state, null).map(({ key, at }) => ({ key, at })),
  ];
}

/**
 * What the clock has made true by `now`. Rungs due together for one addressee become one notice that names them all;
 * rungs missed while the system was down are due together too, and the notice says when each was due.
 */
export function decideTick(state: TaskState, now: Instant): Decision<TaskFact> {
  const facts = dueFacts(state, now)
    .filter((due) => due.at <= now)
    .sort((a, b) => a.at - b.at)
    .flatMap((due) => due.facts);
  const rungs = openRungs(state)
    .filter((due) => due.at <= now)
    .sort((a, b) => a.at - b.at);
  if (rungs.length > 0) facts.push(...fire(state, rungs));
  return accept(...facts);
}

function fire(state: TaskState, due: DueRung[]): TaskFact[] {
  const rungs: FiredRung[] = due.map(({ item, rung, at }) => ({
    item: item.name,
    version: item.version,
    rung: rung.id,
    dueAt: at,
  }));
  const byMailbox = new Map<string, { to: Mailbox; dues: DueRung[] }>();
  for (const each of due) {
    for (const to of each.to) {
      const key = `${to.department}/${to.role}`;
      const group = byMailbox.get(key) ?? { to, dues: [] };
      group.dues.push(each);
      byMailbox.set(key, group);
    }
  }
  const notices = [...byMailbox.values()].map(({ to, dues }) => noticeOf(state, to, dues));
  let next = state.nextId;
  // One order at a time for a period: a second version of its deadline does not draft beside an open one.
  const ordered = new Set(state.orders.filter((order) => order.closedAt === null).map((order) => order.period));
  const orders: TaskFact[] = [];
  for (const { item, rung } of due) {
    const period = item.name.slice('period/'.length);
    if (rung.draftsOrder !== true || !item.name.startsWith('period/') || ordered.has(period)) continue;
    ordered.add(period);
    orders.push({ type: 'SupervisionOrderDrafted', data: { order: `order-${next++}`, period } });
  }
  return [{ type: 'RungsFired', data: { rungs, notices } }, ...orders];
}

function noticeOf(state: TaskState, to: Mailbox, dues: DueRung[]): Notice {
  const last = dues.at(-1) as DueRung;
  const names = dues.map(({ item, rung }) => `${item.name}:${item.version}:${rung.id}`);
  return {
    key: `${state.id}:${names.join('+')}:${to.department}/${to.role}`,
    to,
    kind: last.rung.kind,
    dueAt: last.at,
    data: {
      task: state.id,
      rungs: dues.map(({ item, rung, at }) => ({ item: item.name, rung: rung.id, deadline: item.on, dueAt: at })),
    },
  };
}

/** `now` is known when deciding and null when only the instants are asked for. */
function dueFacts(state: TaskState, now: Instant | null): DueFact[] {
  if (state.closedAt !== null) {
    const at = state.closedAt + state.policy.retireAfterDays * DAY_MS;
    return state.retired ? [] : [{ key: 'retire', at, facts: [{ type: 'TaskRetired', data: {} }] }];
  }
  if (state.phase !== 'running') return [];
  const due: DueFact[] = [];
  for (const period of state.periods) {
    if (period.phase === 'upcoming' && period.from !== null) {
      due.push({
        key: `open/${period.id}`,
        at: startOfDayMs(period.from),
        facts: [{ type: 'PeriodOpened', data: { period: period.id } }],
      });
    }
    const late = lateFrom(state, period);
    if (late !== null && period.due !== null) {
      const data = { period: period.id, version: period.version, due: period.due, dueAt: late, soft: period.soft };
      due.push({
        key: `overdue/${period.id}/${period.version}`,
        at: late,
        facts: [{ type: 'PeriodBecameOverdue', data }],
      });
    }
    // A new date that waits for its decision is an answer in time; the window goes on to count when it is refused.
    if (period.entry && period.entryClosedAt === null && period.phase === 'awaiting-entry' && !period.newDate)
      due.push(entryWindow(period, endOfDayMs(period.entry.on)));
    due.push(...extensionRise(state, period, now));
    for (const submission of period.submissions) {
      if (submission.phase !== 'approved' || !submission.verify || submission.verifyOverdueAt !== null) continue;
      const { department } = submission;
      due.push({
        key: `verify-overdue/${period.id}/${department}`,
        at: endOfDayMs(submission.verify.on),
        facts: [{ type: 'VerificationBecameOverdue', data: { department, period: period.id } }],
      });
    }
  }
  for (const item of state.subItems) {
    if (item.due === null || item.soft || item.doneOn !== null || item.overdueAt !== null) continue;
    // A date that had passed before the sub-item was confirmed is history, not lateness timed by the system.
    if (endOfDayMs(item.due) <= item.since) continue;
    due.push({
      key: `sub-overdue/${item.id}`,
      at: endOfDayMs(item.due),
      facts: [{ type: 'SubItemBecameOverdue', data: { item: item.id } }],
    });
  }
  for (const order of state.orders) {
    if (!order.reply || order.repliedAt !== null || order.replyOverdueAt !== null || order.closedAt !== null) continue;
    due.push({
      key: `reply-overdue/${order.id}`,
      at: endOfDayMs(order.reply.on),
      facts: [{ type: 'SupervisionReplyBecameOverdue', data: { order: order.id } }],
    });
  }
  return due;
}

/** What was due between issue and go-live and is unproved when the window closes is late from its own date. */
function entryWindow(period: Period, at: Instant): DueFact {
  const facts: TaskFact[] = [{ type: 'EntryWindowClosed', data: { period: period.id } }, ...missedBeforeGoLive(period)];
  return { key: `entry/${period.id}`, at, facts };
}

/** A request that its approver leaves undecided rises one level; at the last level it stays and waits. */
function extensionRise(state: TaskState, { id, extension }: Period, now: Instant | null): DueFact[] {
  if (!extension) return [];
  const levels = state.policy.extensionLevels;
  const next = levels[levels.indexOf(extension.level) + 1];
  if (next === undefined) return [];
  const at = endOfDayMs(extension.decide.on);
  // After an outage the next level has its days from the day on which it is told.
  const from = civilDate(Math.max(at, now ?? 0) - 1);
  const decide = workingLimit(state.calendar, from, state.policy.extensionDecisionWithinWorkingDays);
  const data = { department: extension.department, period: id, level: next, decide };
  return [{ key: `extension/${id}/${next}`, at, facts: [{ type: 'ExtensionRaised', data }] }];
}

function rungTimerKey({ item, rung }: DueRung): string {
  return `rung/${item.name}/${item.version}/${rung.id}`;
}
