import type { Recorded } from '../decider.ts';
import type { TaskFact } from './task-facts.ts';
import type { SupervisionOrder, TaskState } from './task-state.ts';

export type OrderFact = Extract<
  TaskFact,
  {
    type:
      | 'SupervisionOrderDrafted'
      | 'SupervisionOrderSigned'
      | 'SupervisionOrderReplied'
      | 'SupervisionReplyBecameOverdue'
      | 'SupervisionOrderClosed';
  }
>;

/** Folds what becomes of a supervision order (督办单). `state` is a copy whose fields may be set. */
export function applyOrder(state: TaskState, event: Recorded<OrderFact>): void {
  if (event.type === 'SupervisionOrderDrafted') {
    state.orders = [...state.orders, drafted(event.data, event.at)];
    state.nextId += 1;
    return;
  }
  const changes = changesBy(event);
  state.orders = state.orders.map((order) => (order.id === event.data.order ? { ...order, ...changes } : order));
}

function drafted({ order, period }: { order: string; period: string }, at: number): SupervisionOrder {
  return {
    id: order,
    period,
    draftedAt: at,
    signedAt: null,
    signedBy: null,
    paper: null,
    reply: null,
    repliedAt: null,
    replyOverdueAt: null,
    fired: [],
    closedAt: null,
  };
}

function changesBy(
  event: Recorded<Exclude<OrderFact, { type: 'SupervisionOrderDrafted' }>>,
): Partial<SupervisionOrder> {
  switch (event.type) {
    case 'SupervisionOrderSigned':
      return { signedAt: event.at, signedBy: event.data.by, paper: event.data.paper, reply: event.data.reply };
    case 'SupervisionOrderReplied':
      return { repliedAt: event.at };
    case 'SupervisionReplyBecameOverdue':
      return { replyOverdueAt: event.at };
    case 'SupervisionOrderClosed':
      return { closedAt: event.at };
  }
}
