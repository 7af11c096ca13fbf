import type { CivilDate, Instant } from '../decider.ts';
import { workingDaysBetween, type Calendar } from '../working-time/calendar.ts';
import { civilDate, DAY_MS } from '../working-time/instants.ts';
import type { TaskState } from './task-state.ts';
import { rederive, workingLimit, type WorkingLimit } from './working-limit.ts';

/** The calendar moves what is counted in working days; civil dates of the plan stay, and only their rungs move. */
export function recalendar(state: TaskState, calendar: Calendar): void {
  state.calendar = calendar;
  changeLimits(state, (limit) => rederive(calendar, limit));
}

/**
 * A suspended task (中止) has no clocks: a limit that was running then has the working days again that it had left, by the
 * rule of `budget.ts`: the day of suspending is given back, the day of resuming counts. A limit that had passed before
 * stays passed. Dates of the plan move only by a paper.
 */
export function resumeLimits(state: TaskState, at: Instant): void {
  const usedThrough: CivilDate = civilDate(state.phaseSince - DAY_MS);
  const resumesAfter: CivilDate = civilDate(at - DAY_MS);
  changeLimits(state, (limit) => {
    if (limit.on <= usedThrough) return limit;
    return workingLimit(state.calendar, resumesAfter, workingDaysBetween(state.calendar, usedThrough, limit.on));
  });
}

/** Every limit that still runs. `state` is a copy whose fields may be set. */
function changeLimits(state: TaskState, change: (limit: WorkingLimit) => WorkingLimit): void {
  if (state.claim) state.claim = change(state.claim);
  state.responsibilities = state.responsibilities.map((part) =>
    part.ownClaim ? { ...part, ownClaim: { ...part.ownClaim, limit: change(part.ownClaim.limit) } } : part,
  );
  state.periods = state.periods.map((period) => {
    if (period.phase === 'closed') return period;
    const dueLimit = period.dueLimit && change(period.dueLimit);
    return {
      ...period,
      dueLimit,
      due: dueLimit?.on ?? period.due,
      entry: period.entry && period.entryClosedAt === null ? change(period.entry) : period.entry,
      extension: period.extension && { ...period.extension, decide: change(period.extension.decide) },
      submissions: period.submissions.map((each) =>
        each.verify && each.phase === 'approved' ? { ...each, verify: change(each.verify) } : each,
      ),
    };
  });
  state.orders = state.orders.map((order) =>
    order.reply && order.repliedAt === null && order.closedAt === null
      ? { ...order, reply: change(order.reply) }
      : order,
  );
}
