import type { Period, PeriodPhase, TaskState } from './task-state.ts';

/** The phase of an open period follows from its submissions: it closes when every closing department is verified. */
export function phaseOf(state: Pick<TaskState, 'closers'>, period: Period): PeriodPhase {
  if (period.phase === 'upcoming') return 'upcoming';
  const phases = state.closers.map(
    (closer) => period.submissions.find((submission) => submission.department === closer)?.phase ?? null,
  );
  const entered = period.intake === 'before-issue' || period.intake === 'before-go-live';
  const open = entered ? 'awaiting-entry' : 'in-progress';
  if (phases.length === 0) return open;
  if (phases.every((phase) => phase === 'verified')) return 'closed';
  if (phases.every((phase) => phase === 'approved' || phase === 'verified'))
    return entered ? 'entry-review' : 'awaiting-verification';
  if (phases.includes('returned')) return entered ? 'awaiting-entry' : 'returned';
  if (phases.every((phase) => phase !== null)) return entered ? 'entry-review' : 'department-review';
  return open;
}

/** Closes a period, and the task with its last one. Both arguments are copies that may be set. */
export function close(state: TaskState, period: Period, at: number): void {
  // The last closing department to finish finishes the period.
  const dates = period.submissions
    .filter(({ department, phase }) => phase === 'verified' && state.closers.includes(department))
    .map(({ completedOn }) => completedOn);
  Object.assign(period, { phase: 'closed', closedAt: at, completedOn: dates.toSorted().at(-1) ?? null });
  period.extension = null;
  const allClosed = state.periods.every((each) => each.id === period.id || each.phase === 'closed');
  if (allClosed) Object.assign(state, { phase: 'closed', phaseSince: at, closedAt: at });
}
