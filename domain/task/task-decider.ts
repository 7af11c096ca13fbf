import { accept, TICK, type Command, type DecideContext, type Decider, type Decision } from '../decider.ts';
import { movedInstants } from '../calendar-revision.ts';
import type { Calendar } from '../working-time/calendar.ts';
import {
  approveSubmission,
  decideNewDate,
  rejectSubmission,
  reportUnfinished,
  returnSubmission,
  submit,
  verify,
  withdrawSubmission,
} from './decide-completion.ts';
import {
  adjustDeadline,
  changePhase,
  correct,
  decideExtension,
  requestExtension,
  reviseText,
  withdrawExtension,
} from './decide-deadlines.ts';
import {
  attachEvidence,
  breakDown,
  changeDepartments,
  claim,
  completeSubItem,
  confirmSubItem,
  decideDispute,
  dispute,
  nameGroupLead,
  renameDepartment,
  reportProgress,
} from './decide-duties.ts';
import { closeOrder, draftOrder, replyToOrder, signOrder } from './decide-orders.ts';
import type { TaskCommandName, TaskCommands } from './task-commands.ts';
import { evolveTask } from './task-evolve.ts';
import type { TaskFact } from './task-facts.ts';
import { taskNotices } from './task-notices.ts';
import { Refused, situation, type Situation } from './task-rules.ts';
import type { TaskState } from './task-state.ts';
import { decideTick, taskTimers } from './task-tick.ts';

type Handlers = { [N in TaskCommandName]: (at: Situation, payload: TaskCommands[N]) => TaskFact[] };

const HANDLERS: Handlers = {
  claim,
  dispute,
  decideDispute,
  breakDown,
  completeSubItem,
  confirmSubItem,
  reportProgress,
  attachEvidence,
  submit,
  withdrawSubmission,
  approveSubmission,
  rejectSubmission,
  verify,
  returnSubmission,
  reportUnfinished,
  decideNewDate,
  requestExtension,
  withdrawExtension,
  decideExtension,
  adjustDeadline,
  changeDepartments,
  renameDepartment,
  nameGroupLead,
  changePhase,
  draftOrder,
  signOrder,
  replyToOrder,
  closeOrder,
  correct,
  reviseText,
  reviseCalendar,
};

export const TASK_COMMAND_NAMES = Object.keys(HANDLERS) as TaskCommandName[];

/** Decides one command of a task's life (DOMAIN 2). Total: an unknown name or a finished task is a refusal, not an error. */
function decide(state: TaskState, command: Command, { now }: DecideContext): Decision<TaskFact> {
  if (command.name === TICK) return decideTick(state, now);
  const handler = (HANDLERS as Record<string, ((at: Situation, payload: never) => TaskFact[]) | undefined>)[
    command.name
  ];
  try {
    if (!handler) throw new Refused('unknown-command', '没有这种操作', 422);
    if (state.retired) throw new Refused('task-finished', '任务已结束，不再接受操作');
    return accept(...handler(situation(state, command, now), command.payload as never));
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** A published or amended calendar: what moves is recorded with its reason; rung keys stay (DESIGN, "A clock is a budget"). */
function reviseCalendar(
  { state }: Situation,
  { calendar, reason }: { calendar: Calendar; reason: string },
): TaskFact[] {
  if (calendar.version === state.calendar.version) return [];
  const after = evolveTask(state, {
    type: 'CalendarRevised',
    data: { calendar, reason, moved: [] },
    seq: 0,
    at: 0,
    by: 'system',
  });
  const moved = movedInstants(taskTimers(state), taskTimers(after), calendar);
  return [{ type: 'CalendarRevised', data: { calendar, reason, moved } }];
}

export const taskDecider: Decider<TaskState, TaskFact> = {
  kind: 'task',
  decide,
  evolve: evolveTask,
  timers: taskTimers,
  finished: (state) => state.retired,
  notices: taskNotices,
  boundary: (before, after) =>
    after.periods.filter((period) => period.phase === 'closed').length >
      before.periods.filter((period) => period.phase === 'closed').length ||
    after.periods.filter((period) => period.phase === 'upcoming').length <
      before.periods.filter((period) => period.phase === 'upcoming').length,
};
