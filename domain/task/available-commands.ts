import type { Actor, Instant } from '../decider.ts';
import { taskDecider } from './task-decider.ts';
import type { TaskCommandName, TaskCommands } from './task-commands.ts';
import type { TaskState } from './task-state.ts';
import { addNaturalDays } from '../working-time/civil-date.ts';
import { civilDate } from '../working-time/instants.ts';

/** A command that would be accepted now from this person, with what it is about already filled in. */
export interface AvailableCommand {
  name: TaskCommandName;
  department: string | null;
  period: string | null;
  order: string | null;
  item: string | null;
  /** True where the person may only enter a decision taken on paper (代录批示). */
  onPaper: boolean;
}

/**
 * Exactly the actions that the task's state and the person's posts allow: each candidate is decided for real on the
 * state, with plausible texts and dates, so the list can never differ from what the decider accepts.
 */
export function availableCommands(state: TaskState, actor: Actor, now: Instant): AvailableCommand[] {
  const today = civilDate(now);
  return candidates(state, today).flatMap(({ name, payload, about }) => {
    for (const onPaper of [false, true]) {
      const paper = onPaper ? { paper: { decidedBy: 'paper', decidedOn: today, file: 'scan' } } : {};
      const decision = taskDecider.decide(
        state,
        { id: 'probe', name, payload: payload as never, actor, ...paper },
        { now },
      );
      if (!decision.refused)
        return [{ name, department: null, period: null, order: null, item: null, ...about, onPaper }];
    }
    return [];
  });
}

interface Candidate {
  name: TaskCommandName;
  payload: unknown;
  about: Partial<AvailableCommand>;
}

function candidates(state: TaskState, today: string): Candidate[] {
  const found: Candidate[] = [];
  const add = <N extends TaskCommandName>(name: N, payload: TaskCommands[N], about: Partial<AvailableCommand> = {}) =>
    found.push({ name, payload, about });
  const text = 'text';
  const evidence = ['file'];
  const documentNumber = '文号';
  for (const { department } of state.responsibilities) {
    const own = { department };
    add('claim', { department }, own);
    add('dispute', { department, text }, own);
    add('decideDispute', { department, outcome: 'rejected', to: null, documentNumber: null }, own);
    add('breakDown', { department, text, measures: 1, milestones: [] }, own);
    add('reportProgress', { department, status: 'normal', text, indicators: [] }, own);
    add('attachEvidence', { department, file: 'file', on: null, period: null }, own);
    add('nameGroupLead', { department, documentNumber }, own);
    for (const item of state.subItems)
      add('completeSubItem', { department, item: item.id, on: today }, { ...own, item: item.id });
    for (const period of state.periods) {
      const about = { department, period: period.id };
      const completedOn = state.issuedOn !== null && state.issuedOn < today ? state.issuedOn : today;
      const later = addNaturalDays(period.due !== null && period.due > today ? period.due : today, 1);
      add('submit', { ...about, completedOn, text, evidence }, about);
      add('withdrawSubmission', about, about);
      add('approveSubmission', about, about);
      add('rejectSubmission', { ...about, text }, about);
      add('verify', { ...about, completedOn: null }, about);
      add('returnSubmission', { ...about, text }, about);
      add('reportUnfinished', { ...about, to: later, text }, about);
      add('decideNewDate', { ...about, outcome: 'approved' }, about);
      add('requestExtension', { ...about, to: later, text }, about);
      add('withdrawExtension', about, about);
      add('decideExtension', { ...about, outcome: 'refused', minutes: null }, about);
    }
    for (const order of state.orders)
      add('replyToOrder', { order: order.id, department, text }, { ...own, order: order.id });
  }
  for (const period of state.periods) {
    const about = { period: period.id };
    const to = addNaturalDays(period.due ?? today, 1);
    add('adjustDeadline', { ...about, to, documentNumber, text }, about);
    add('draftOrder', about, about);
  }
  for (const order of state.orders) {
    add('signOrder', { order: order.id }, { order: order.id });
    add('closeOrder', { order: order.id }, { order: order.id });
  }
  const lead = state.responsibilities.map(({ department, part }) => ({ department, part }));
  add('changeDepartments', { responsibilities: lead, documentNumber });
  add('confirmSubItem', { origin: 'text', text: '', due: null, soft: false });
  for (const phase of ['suspended', 'running', 'stopped'] as const)
    add('changePhase', { phase, documentNumber, text: null, into: [] }, { item: phase });
  add('correct', { seq: 1, text, period: null, completedOn: null });
  return found;
}
