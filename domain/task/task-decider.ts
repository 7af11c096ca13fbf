import { accept, refuse, TICK, type Command, type DecideContext, type Decider, type Decision } from '../decider.ts';
import { movedInstants } from '../calendar-revision.ts';
import { isUsable } from '../calendar-shape.ts';
import { readPayload } from '../payload-shape.ts';
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
import { TASK_PAYLOADS } from './task-payloads.ts';
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

/**
 * Decides one command of a task's life (DOMAIN 2). Total: an unknown name, a payload of another shape or a finished task is
 * a refusal, because an error that escaped from a validator would wedge the workflow.
 */
function decide(state: TaskState, command: Command, { now }: DecideContext): Decision<TaskFact> {
  if (command.name === TICK) return decideTick(state, now);
  if (!Object.hasOwn(HANDLERS, command.name)) return refuse('unknown-command', '没有这种操作', 422);
  if (state.retired) return refuse('task-finished', '任务已归档，不再接受操作');
  try {
    return accept(...decideNamed(command.name as TaskCommandName, situation(state, command, now), command.payload));
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function decideNamed<N extends TaskCommandName>(name: N, at: Situation, payload: unknown): TaskFact[] {
  const read = readPayload<TaskCommands[N]>(TASK_PAYLOADS[name], payload);
  if (!read.fits) throw new Refused('bad-payload', '提交的内容不完整或格式不对，请刷新页面后重新填写', 422);
  const handler: (at: Situation, payload: TaskCommands[N]) => TaskFact[] = HANDLERS[name];
  return handler(at, read.value);
}

/** A published or amended calendar: what moves is recorded with its reason; rung keys stay (DESIGN, "A clock is a budget"). */
function reviseCalendar(
  { state }: Situation,
  { calendar, reason }: { calendar: Calendar; reason: string },
): TaskFact[] {
  if (calendar.version === state.calendar.version || state.closedAt !== null) return [];
  if (!isUsable(calendar)) throw new Refused('bad-calendar', '工作日历有误，不能使用', 422);
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
