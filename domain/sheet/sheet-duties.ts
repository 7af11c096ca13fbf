import type { TaskState } from '../task/task-state.ts';
import type { SheetFacts } from './sheet-state.ts';

/**
 * What a department owes a monthly sheet for (DOMAIN 2, "Reports"): every running task with something still to do; not
 * owed for what is submitted, stopped or done. The record asks this of the tasks' states, the rehearsal of its own.
 */
export function sheetFacts(tasks: TaskState[], department: string): SheetFacts {
  const own = tasks.filter((task) => task.responsibilities.some((part) => part.department === department));
  const owing = (task: TaskState) =>
    task.phase === 'running' &&
    task.periods.some(
      (period) => ['in-progress', 'returned', 'awaiting-entry'].includes(period.phase) && !handedIn(period, department),
    );
  return {
    owed: own
      .filter(owing)
      .map((task) => task.id)
      .sort(),
    running: own.filter((task) => task.phase === 'running' || task.phase === 'suspended').length,
    // Only who closes a task can enter it.
    unanswered: own
      .filter((task) => task.closers.includes(department))
      .flatMap((task) => task.periods)
      .filter((period) => period.phase === 'awaiting-entry' && !answered(period, department)).length,
  };
}

/** A new date that waits for its decision is an answer too. */
function answered(period: TaskState['periods'][number], department: string): boolean {
  return period.newDate !== null || handedIn(period, department);
}

function handedIn(period: TaskState['periods'][number], department: string): boolean {
  const submission = period.submissions.find((each) => each.department === department);
  return submission !== undefined && submission.phase !== 'returned';
}
