import type { Mailbox, Notice, Recorded } from '../decider.ts';
import type { SheetFact, SheetState } from './sheet-state.ts';

/** Whom a fact concerns at once. Rungs carry their notices themselves. */
export function sheetNotices(state: SheetState, event: Recorded<SheetFact>): Notice[] {
  const tell = (kind: Notice['kind'], role: Mailbox['role'], data: { [key: string]: number | string }): Notice[] => [
    {
      key: `${state.id}:${event.seq}:${state.department}/${role}`,
      to: { department: state.department, role },
      kind,
      dueAt: event.at,
      data: { sheet: state.id, plan: state.plan, event: event.type, ...data },
    },
  ];
  switch (event.type) {
    case 'SheetOpened':
      // A department that joins later, or is given one task by hand, is told by that decision: there is no handover to sum up.
      if (Object.values(state.handover).every((count) => count === 0)) return [];
      return tell('takeover-summary', 'coordinator', { goLive: state.goLive, ...state.handover });
    case 'SheetRequested':
      return tell('sheet-request', 'coordinator', {
        month: event.data.month,
        dueOn: event.data.dueOn,
        owed: event.data.owed.length,
      });
    case 'SheetSubmitted':
      return tell('request', 'head', { month: event.data.month });
    case 'SheetReturned':
    case 'SheetApproved':
      return tell('decision', 'coordinator', { month: event.data.month });
    case 'HandoverUnanswered':
      return event.data.unanswered === 0 ? [] : tell('escalation', 'head', { unanswered: event.data.unanswered });
    case 'SheetRungsFired':
      return event.data.notices;
    default:
      return [];
  }
}
