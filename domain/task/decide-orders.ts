import { BUREAU } from '../decider.ts';
import { decided } from './decide-duties.ts';
import type { TaskCommands } from './task-commands.ts';
import type { TaskFact } from './task-facts.ts';
import {
  periodOf,
  Refused,
  requireDecider,
  requireOwn,
  requireRunning,
  requireSupervisor,
  type Situation,
} from './task-rules.ts';
import type { SupervisionOrder } from './task-state.ts';
import { workingLimit } from './working-limit.ts';

type Of<N extends keyof TaskCommands> = TaskCommands[N];

/** Supervision orders (督办单): drafted by the supervising office, signed by a leader, answered within their own limit. */
export function draftOrder(at: Situation, { period: id }: Of<'draftOrder'>): TaskFact[] {
  requireRunning(at);
  requireSupervisor(at);
  const { phase } = periodOf(at, id);
  if (phase === 'closed') throw new Refused('period-closed', '该期间已办结，无须督办');
  if (phase === 'upcoming') throw new Refused('period-not-open', '该期间尚未开始，不能督办');
  if (at.state.orders.some((order) => order.period === id && order.closedAt === null))
    throw new Refused('order-open', '该期间已有未办结的督办单');
  return [{ type: 'SupervisionOrderDrafted', data: { order: `order-${at.state.nextId}`, period: id } }];
}

export function signOrder(at: Situation, { order: id }: Of<'signOrder'>): TaskFact[] {
  requireRunning(at);
  requireDecider(
    at,
    [
      { department: BUREAU, role: 'deputy' },
      { department: BUREAU, role: 'director' },
    ],
    '督办单由局领导签发',
  );
  const order = orderOf(at, id);
  if (order.signedAt !== null) throw new Refused('already-signed', '督办单已签发');
  const reply = workingLimit(at.state.calendar, at.today, at.state.policy.supervisionReplyWithinWorkingDays);
  return [{ type: 'SupervisionOrderSigned', data: { order: id, reply, ...decided(at) } }];
}

export function replyToOrder(at: Situation, { order: id, department, text }: Of<'replyToOrder'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, department);
  const order = orderOf(at, id);
  if (order.signedAt === null) throw new Refused('not-signed', '督办单尚未签发');
  if (order.repliedAt !== null) throw new Refused('already-replied', '督办单已回复，等待综合协调部门办结');
  return [{ type: 'SupervisionOrderReplied', data: { order: id, department, text } }];
}

export function closeOrder(at: Situation, { order: id }: Of<'closeOrder'>): TaskFact[] {
  requireSupervisor(at);
  const order = orderOf(at, id);
  if (order.signedAt !== null && order.repliedAt === null) throw new Refused('not-replied', '责任部门尚未回复');
  return [{ type: 'SupervisionOrderClosed', data: { order: id, ...decided(at) } }];
}

function orderOf({ state }: Situation, id: string): SupervisionOrder {
  const order = state.orders.find((each) => each.id === id);
  if (!order) throw new Refused('no-such-order', '没有这份督办单', 422);
  if (order.closedAt !== null) throw new Refused('order-closed', '督办单已办结');
  return order;
}
