import type { Instant } from '../decider.ts';
import { civilDate } from '../working-time/instants.ts';
import { close, phaseOf } from './period-phase.ts';
import type { Period, Responsibility, TaskState } from './task-state.ts';
import { workingLimit } from './working-limit.ts';

/** A limit for claiming from an instant on, for whoever joins later or had an objection decided. */
export function freshClaim(state: TaskState, at: Instant): NonNullable<Responsibility['ownClaim']> {
  return {
    limit: workingLimit(state.calendar, civilDate(at), state.policy.claimWithinWorkingDays),
    since: at,
    fired: [],
  };
}

/**
 * Other departments are responsible from now on. Open duties follow: whoever joins has its own days to claim; what a
 * department that no longer closes had handed in or asked for has lost its object; a period whose closing departments are
 * all verified is done. `state` is a copy whose fields may be set.
 */
export function withDepartments(
  state: TaskState,
  responsibilities: readonly Responsibility[],
  closers: readonly string[],
  at: Instant,
): void {
  const before = new Set(state.responsibilities.map((part) => part.department));
  state.responsibilities = responsibilities.map((part) => {
    const joins = !before.has(part.department) && part.claimedAt === null && state.claim !== null;
    return joins ? { ...part, ownClaim: freshClaim(state, at) } : part;
  });
  state.closers = [...closers];
  const named = new Set(responsibilities.map((part) => part.department));
  state.subItems = state.subItems.filter(
    ({ department, doneOn }) => department === null || doneOn !== null || named.has(department),
  );
  for (const { id } of state.periods) settle(state, id, named, at);
}

function settle(state: TaskState, id: string, named: ReadonlySet<string>, at: Instant): void {
  const period = state.periods.find((each) => each.id === id);
  if (!period || period.phase === 'closed') return;
  const settled: Period = {
    ...period,
    submissions: period.submissions.filter((each) => state.closers.includes(each.department)),
    extension: period.extension && named.has(period.extension.department) ? period.extension : null,
    newDate: period.newDate && named.has(period.newDate.department) ? period.newDate : null,
  };
  settled.phase = phaseOf(state, settled);
  state.periods = state.periods.map((each) => (each.id === id ? settled : each));
  if (settled.phase === 'closed') close(state, settled, at);
}

/** Open duties move to the new name; what is closed stays under the old one (DOMAIN 2). */
export function moveDuties(state: TaskState, from: string, to: string): void {
  const move = <T extends { department: string }>(each: T): T =>
    each.department === from ? { ...each, department: to } : each;
  state.responsibilities = state.responsibilities.map(move);
  state.subItems = state.subItems.map((item) =>
    item.department === from && item.doneOn === null ? { ...item, department: to } : item,
  );
  state.periods = state.periods.map((period) => {
    if (period.phase === 'closed') return period;
    // Where both had handed something in, the one that goes on keeps its own.
    const handedIn = period.submissions.some((each) => each.department === to);
    const submissions = period.submissions.filter((each) => !(handedIn && each.department === from)).map(move);
    return {
      ...period,
      submissions,
      extension: period.extension && move(period.extension),
      newDate: period.newDate && move(period.newDate),
    };
  });
}
