import type { Actor, Command, Instant } from '../decider.ts';
import type { SheetState } from '../sheet/sheet-state.ts';
import { verifierOf } from '../task/rung-items.ts';
import type { TaskCommandName, TaskCommands } from '../task/task-commands.ts';
import type { Period, TaskState } from '../task/task-state.ts';
import { workingDayOnOrAfter, workingDayOnOrBefore } from '../working-time/calendar.ts';
import { atTimeMs } from '../working-time/instants.ts';

/** What people would do next, and when: the assumption `on-time` of a rehearsal. */
export interface AssumedStep {
  at: Instant;
  command: Command;
}

/**
 * Departments that act just in time: they claim on the first working day, hand in on the last working day of the limit
 * after its reminder, and are approved and verified within the same morning. Null where nothing is left to do.
 */
export function onTimeTaskStep(state: TaskState): AssumedStep | null {
  const unclaimed = state.responsibilities.find((part) => part.claimedAt === null);
  if (state.claim && unclaimed) {
    const { department } = unclaimed;
    const on = workingDayOnOrAfter(state.calendar, state.goLive);
    return { at: atTimeMs(on, '10:00'), command: by(department, 'coordinator', 'claim', { department }) };
  }
  const steps = state.periods.flatMap((period) => periodStep(state, period) ?? []);
  return steps.reduce<AssumedStep | null>((first, step) => (first === null || step.at < first.at ? step : first), null);
}

function periodStep(state: TaskState, period: Period): AssumedStep | null {
  if (period.phase === 'closed') return null;
  const limit = period.entry?.on ?? period.due;
  if (limit === null) return null;
  const on = workingDayOnOrBefore(state.calendar, limit);
  for (const department of state.closers) {
    const about = { department, period: period.id };
    const submission = period.submissions.find((each) => each.department === department);
    if (!submission) {
      if (period.phase === 'upcoming') return null;
      const payload = { ...about, completedOn: evidenceDate(state, period), text: 'assumed', evidence: ['assumed'] };
      return { at: atTimeMs(on, '10:00'), command: by(department, 'coordinator', 'submit', payload) };
    }
    if (submission.phase === 'drafted')
      return { at: submission.submittedAt + 30 * 60_000, command: by(department, 'head', 'approveSubmission', about) };
    if (submission.phase === 'approved') {
      const verifier = verifierOf(state);
      const command = by(verifier.department, verifier.role, 'verify', { ...about, completedOn: null });
      return { at: (submission.approvedAt ?? 0) + 30 * 60_000, command };
    }
  }
  return null;
}

/** Work entered afterwards is assumed to have been done on its date; declared-done work by the day of issue. */
function evidenceDate(state: TaskState, period: Period): string | null {
  if (period.intake === 'timed') return null;
  return period.originalDue ?? state.issuedOn ?? state.goLive;
}

export function onTimeSheetStep(state: SheetState): AssumedStep | null {
  const sheet = state.months.find((each) => each.phase === 'requested' || each.phase === 'submitted');
  if (!sheet) return null;
  const { department } = state;
  const { month } = sheet;
  if (sheet.phase === 'submitted') {
    const at = (sheet.submittedAt ?? 0) + 30 * 60_000;
    return { at, command: act(department, 'head', 'approveSheet', { department, month }) };
  }
  const rows = sheet.owed.map((task) => ({
    task,
    status: 'normal',
    text: 'assumed',
    noProgress: false,
    indicators: [],
  }));
  const command = act(department, 'coordinator', 'submitSheet', { department, month, rows });
  return { at: sheet.askedAt + 3_600_000, command };
}

function by<N extends TaskCommandName>(
  department: string,
  role: Actor['posts'][number]['role'],
  name: N,
  payload: TaskCommands[N],
) {
  return act(department, role, name, payload);
}

function act(department: string, role: Actor['posts'][number]['role'], name: string, payload: object): Command {
  const actor: Actor = { id: `assumed:${department}/${role}`, posts: [{ department, role }] };
  return { id: 'assumed', name, payload: payload as Command['payload'], actor };
}
