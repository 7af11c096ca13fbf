import { BUREAU, type Json, type Mailbox, type Notice, type NoticeKind, type Recorded, type Role } from '../decider.ts';
import { verifierOf } from './rung-items.ts';
import type { TaskFact } from './task-facts.ts';
import type { TaskState } from './task-state.ts';

/** Whom a fact concerns at once. Rungs carry their notices themselves; everything else is read off the fact here. */
export function taskNotices(state: TaskState, event: Recorded<TaskFact>): Notice[] {
  const tell = (kind: NoticeKind, to: Mailbox[], data: { [key: string]: Json } = {}): Notice[] =>
    to.map((mailbox) => ({
      key: `${state.id}:${event.seq}:${mailbox.department}/${mailbox.role}`,
      to: mailbox,
      kind,
      dueAt: event.at,
      data: { task: state.id, event: event.type, ...data },
    }));
  const everybody = () =>
    of(
      'coordinator',
      state.responsibilities.map((part) => part.department),
    );
  const office = [bureau('supervising-office')];
  switch (event.type) {
    case 'RungsFired':
      return event.data.notices;
    case 'TaskAssigned':
      return event.data.announce ? tell('assignment', everybody()) : [];
    case 'ResponsibilityDisputed':
      return tell('request', office, { department: event.data.department });
    case 'DisputeDecided': {
      const { department, to, outcome } = event.data;
      const told = of('coordinator', to === null ? [department] : [department, to]);
      return tell('decision', told, { outcome });
    }
    case 'CompletionSubmitted':
      return tell('request', of('head', [event.data.department]), { period: event.data.period });
    case 'SubmissionApproved':
      return tell('request', [verifierOf(state)], { period: event.data.period, department: event.data.department });
    case 'SubmissionRejected':
    case 'CompletionReturned':
      return tell('decision', of('coordinator', [event.data.department]), { period: event.data.period });
    case 'CompletionVerified':
      return tell('decision', event.data.closes ? everybody() : of('coordinator', [event.data.department]), {
        period: event.data.period,
      });
    case 'ReportedUnfinished':
      return tell('request', [bureau('deputy')], { period: event.data.period, to: event.data.to });
    case 'ExtensionRequested':
    case 'ExtensionRaised':
      return tell('request', [bureau(event.data.level)], {
        period: event.data.period,
        department: event.data.department,
      });
    case 'NewDateDecided':
    case 'ExtensionDecided':
      return tell('decision', concerned(event.data.department), {
        period: event.data.period,
        outcome: event.data.outcome,
      });
    case 'DeadlineAdjusted':
      return tell('decision', everybody(), { period: event.data.period, from: event.data.from, to: event.data.to });
    case 'DepartmentsChanged':
      return tell('decision', everybody(), { documentNumber: event.data.documentNumber });
    case 'TaskPhaseChanged':
      return tell('decision', everybody(), { phase: event.data.phase, documentNumber: event.data.documentNumber });
    case 'SupervisionOrderSigned':
      return tell('supervision-order', of('head', state.closers), {
        order: event.data.order,
        replyOn: event.data.reply.on,
      });
    case 'SupervisionOrderReplied':
      return tell('decision', office, { order: event.data.order, department: event.data.department });
    default:
      return [];
  }
}

function concerned(department: string): Mailbox[] {
  return [...of('coordinator', [department]), ...of('head', [department])];
}

function of(role: Role, departments: string[]): Mailbox[] {
  return departments.map((department) => ({ department, role }));
}

function bureau(role: Role): Mailbox {
  return { department: BUREAU, role };
}
