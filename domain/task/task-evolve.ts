import type { Recorded } from '../decider.ts';
import { civilDate } from '../working-time/instants.ts';
import { freshClaim, moveDuties, withDepartments } from './evolve-departments.ts';
import { recalendar, resumeLimits } from './evolve-limits.ts';
import { applyOrder } from './evolve-orders.ts';
import { close, phaseOf } from './period-phase.ts';
import type { TaskFact } from './task-facts.ts';
import type { Period, Responsibility, Submission, TaskState } from './task-state.ts';

/**
 * Folds one recorded fact. Used by the workflow, the projections, rehearsal, recovery and evaluations as of a past date,
 * so it reads nothing but the fact and the state before it, and never refuses.
 *
 * What a fact does not change is shared with the state before it, never edited in place: the state's hash and the copies
 * that a workflow keeps stay cheap however many periods a task has.
 */
export function evolveTask(before: TaskState | null, event: Recorded<TaskFact>): TaskState {
  if (event.type === 'TaskAssigned') return assigned(event);
  if (before === null) throw new Error(`a task begins with TaskAssigned, not ${event.type}`);
  const state = { ...before };
  apply(state, event);
  return state;
}

function assigned(event: Recorded<Extract<TaskFact, { type: 'TaskAssigned' }>>): TaskState {
  const { announce: _announced, ...data } = event.data;
  return {
    ...data,
    openedAt: event.at,
    orders: [],
    phase: 'running',
    phaseSince: event.at,
    claimFired: [],
    closedAt: null,
    retired: false,
    nextId: 1,
  };
}

/** `state` is a shallow copy of its own: its fields may be set, the objects in them may not be changed. */
function apply(state: TaskState, event: Recorded<TaskFact>): void {
  switch (event.type) {
    case 'TaskAssigned':
      return;
    case 'TaskClaimed':
      return onPart(state, event.data.department, { claimedAt: event.at, disputedAt: null });
    case 'ResponsibilityDisputed':
      return onPart(state, event.data.department, { disputedAt: event.at });
    case 'DisputeDecided':
      return decideDispute(state, event);
    case 'TaskBrokenDown': {
      const { department, text, measures, milestones } = event.data;
      onPart(state, department, { breakdown: { text, measures } });
      // A new breakdown replaces the department's open milestones; those already reached stay in the record.
      const kept = state.subItems.filter(
        (item) => item.origin !== 'milestone' || item.department !== department || item.doneOn !== null,
      );
      state.subItems = [...kept, ...milestones];
      state.nextId += milestones.length;
      return;
    }
    case 'ProgressReported': {
      const { department, status, text } = event.data;
      return onPart(state, department, { lastReport: { at: event.at, status, text } });
    }
    case 'EvidenceAttached':
    case 'TextRevised':
      return;
    case 'PeriodOpened':
      return onPeriod(state, event.data.period, (period) => {
        if (period.phase === 'upcoming') period.phase = 'in-progress';
      });
    case 'CompletionSubmitted':
    case 'SubmissionWithdrawn':
    case 'SubmissionApproved':
    case 'SubmissionRejected':
    case 'CompletionVerified':
    case 'CompletionReturned':
    case 'VerificationBecameOverdue':
      return applySubmission(state, event);
    case 'PeriodBecameOverdue':
      return onPeriod(state, event.data.period, (period) => {
        period.overdue = [...period.overdue, { at: event.at, version: event.data.version }];
      });
    case 'EntryWindowClosed':
      return onPeriod(state, event.data.period, (period) => {
        period.entryClosedAt = event.at;
      });
    case 'ReportedUnfinished':
      return onPeriod(state, event.data.period, (period) => {
        const { department, to, text } = event.data;
        period.newDate = { department, to, text, requestedBy: event.by, requestedAt: event.at };
      });
    case 'NewDateDecided':
      return onPeriod(state, event.data.period, (period) => {
        period.newDate = null;
        if (event.data.due === null) return;
        // From here on the period is timed like any other; both dates stay (DOMAIN 2, "Due before issue").
        beTimed(state, period);
        moveDue(period, event.data.due, event.at);
      });
    case 'ExtensionRequested':
      return onPeriod(state, event.data.period, (period) => {
        const { department, to, text, level, decide } = event.data;
        period.extension = { requestedAt: event.at, requestedBy: event.by, department, to, text, level, decide };
      });
    case 'ExtensionWithdrawn':
      return onPeriod(state, event.data.period, (period) => {
        period.extension = null;
      });
    case 'ExtensionRaised':
      return onPeriod(state, event.data.period, (period) => {
        const { level, decide } = event.data;
        if (period.extension) period.extension = { ...period.extension, level, decide };
      });
    case 'ExtensionDecided':
      return onPeriod(state, event.data.period, (period) => {
        const { outcome, from, to, level } = event.data;
        period.extension = null;
        if (outcome !== 'approved') return;
        period.extensions = [...period.extensions, { from, to, decidedAt: event.at, level }];
        moveDue(period, to, event.at);
      });
    case 'DeadlineAdjusted':
      return onPeriod(state, event.data.period, (period) => {
        const { from, to, documentNumber } = event.data;
        period.adjustments = [...period.adjustments, { from, to, at: event.at, documentNumber }];
        // A date set by a paper counts from now on, for what had none and for what was to be entered or proved as well.
        if (period.intake === 'ongoing' || to >= civilDate(event.at)) beTimed(state, period);
        moveDue(period, to, event.at);
      });
    case 'DepartmentsChanged': {
      const { responsibilities, closers, renamed } = event.data;
      if (renamed) moveDuties(state, renamed.from, renamed.to);
      return withDepartments(state, responsibilities, closers, event.at);
    }
    case 'TaskPhaseChanged':
      if (state.phase === 'suspended' && event.data.phase === 'running') resumeLimits(state, event.at);
      Object.assign(state, { phase: event.data.phase, phaseSince: event.at });
      state.closedAt = ['stopped', 'merged', 'withdrawn'].includes(event.data.phase) ? event.at : null;
      return;
    case 'SubItemConfirmed':
      state.subItems = [...state.subItems, event.data.item];
      state.nextId += 1;
      return;
    case 'SubItemDone':
      return onSubItem(state, event.data.item, { doneOn: event.data.on });
    case 'SubItemBecameOverdue':
      return onSubItem(state, event.data.item, { overdueAt: event.at });
    case 'RungsFired':
      for (const { item, version, rung } of event.data.rungs) rememberFired(state, item, `${version}:${rung}`);
      return;
    case 'SupervisionOrderDrafted':
    case 'SupervisionOrderSigned':
    case 'SupervisionOrderReplied':
    case 'SupervisionReplyBecameOverdue':
    case 'SupervisionOrderClosed':
      return applyOrder(state, event);
    case 'FactCorrected': {
      const { completedOn, period: id } = event.data;
      if (id !== null && completedOn !== null)
        onPeriod(state, id, (period) => {
          period.completedOn = completedOn;
        });
      return;
    }
    case 'CalendarRevised':
      return recalendar(state, event.data.calendar);
    case 'TaskRetired':
      state.retired = true;
      return;
    default:
      // A new fact must be looked at here, or this does not compile.
      event satisfies never;
  }
}

type SubmissionFact = Extract<
  TaskFact,
  {
    type:
      | 'CompletionSubmitted'
      | 'SubmissionWithdrawn'
      | 'SubmissionApproved'
      | 'SubmissionRejected'
      | 'CompletionVerified'
      | 'CompletionReturned'
      | 'VerificationBecameOverdue';
  }
>;

function applySubmission(state: TaskState, event: Recorded<SubmissionFact>): void {
  onPeriod(state, event.data.period, (period) => {
    const { department } = event.data;
    const change = (changes: Partial<Submission>): void => {
      period.submissions = period.submissions.map((each) =>
        each.department === department ? { ...each, ...changes } : each,
      );
    };
    const rest = period.submissions.filter((submission) => submission.department !== department);
    switch (event.type) {
      case 'CompletionSubmitted': {
        const { completedOn, text, evidence } = event.data;
        const submission: Submission = {
          department,
          phase: 'drafted',
          submittedAt: event.at,
          submittedBy: event.by,
          approvedAt: null,
          approvedBy: null,
          verify: null,
          verifyOverdueAt: null,
          fired: [],
          completedOn,
          text,
          evidence,
        };
        period.submissions = [...rest, submission];
        period.newDate = null;
        break;
      }
      case 'SubmissionWithdrawn':
        period.submissions = rest;
        break;
      case 'SubmissionApproved':
        change({ phase: 'approved', approvedAt: event.at, approvedBy: event.data.by, verify: event.data.verify });
        break;
      case 'SubmissionRejected':
      case 'CompletionReturned':
        change({ phase: 'returned', verify: null });
        break;
      case 'CompletionVerified':
        change({ phase: 'verified', completedOn: event.data.completedOn });
        break;
      case 'VerificationBecameOverdue':
        change({ verifyOverdueAt: event.at });
        break;
    }
    period.phase = phaseOf(state, period);
    if (period.phase === 'closed') close(state, period, event.at);
  });
}

function decideDispute(state: TaskState, { data, at }: Recorded<Extract<TaskFact, { type: 'DisputeDecided' }>>): void {
  const { department, outcome, to } = data;
  const part = state.responsibilities.find((each) => each.department === department);
  if (!part) return;
  if (outcome === 'rejected') {
    // The days of the objection were not the department's: it has its limit again, from the decision.
    const own = state.claim === null ? {} : { ownClaim: freshClaim(state, at) };
    return onPart(state, department, { disputedAt: null, ...own });
  }
  const known = to !== null && state.responsibilities.some((each) => each.department === to);
  const responsibilities = state.responsibilities.flatMap((each): Responsibility[] => {
    if (each.department === to && part.part === 'lead') return [{ ...each, part: 'lead' }];
    if (each !== part) return [each];
    if (to === null || known) return [];
    const { ownClaim: _former, ...kept } = part;
    const fresh = { department: to, via: null, claimedAt: null, disputedAt: null, breakdown: null, lastReport: null };
    return [{ ...kept, ...fresh }];
  });
  const closers = state.closers.flatMap((closer) => {
    if (closer !== department) return [closer];
    return to === null || state.closers.includes(to) ? [] : [to];
  });
  withDepartments(state, responsibilities, closers, at);
}

/** From here on the system times the period; nothing needs to be entered or proved any more. */
function beTimed(state: TaskState, period: Period): void {
  if (period.intake === 'timed') return;
  Object.assign(period, { intake: 'timed', entry: null, newDate: null });
  period.phase = phaseOf(state, period);
}

function moveDue(period: Period, due: string, at: number): void {
  Object.assign(period, { due, dueLimit: null, version: period.version + 1, since: at });
}

function onPart(state: TaskState, department: string, changes: Partial<Responsibility>): void {
  state.responsibilities = state.responsibilities.map((part) =>
    part.department === department ? { ...part, ...changes } : part,
  );
}

/** `change` gets a copy of the period: its fields may be set, the objects in them may not be changed. */
function onPeriod(state: TaskState, id: string, change: (period: Period) => void): void {
  state.periods = state.periods.map((period) => {
    if (period.id !== id) return period;
    const changed = { ...period };
    change(changed);
    return changed;
  });
}

function onSubItem(state: TaskState, id: string, changes: Partial<TaskState['subItems'][number]>): void {
  state.subItems = state.subItems.map((item) => (item.id === id ? { ...item, ...changes } : item));
}

/** Notes on the item that a rung has fired; items are named as in `rung-items.ts`. */
function rememberFired(state: TaskState, item: string, rung: string): void {
  const [kind, id = '', department] = item.split('/');
  const note = <T extends { fired: string[] }>(each: T): T => ({ ...each, fired: [...each.fired, rung] });
  switch (kind) {
    case 'claim':
      if (id === '') state.claimFired = [...state.claimFired, rung];
      else
        state.responsibilities = state.responsibilities.map((part) =>
          part.department === id && part.ownClaim ? { ...part, ownClaim: note(part.ownClaim) } : part,
        );
      return;
    case 'period':
      return onPeriod(state, id, (period) => {
        period.fired = [...period.fired, rung];
      });
    case 'sub':
      state.subItems = state.subItems.map((each) => (each.id === id ? note(each) : each));
      return;
    case 'order':
      state.orders = state.orders.map((each) => (each.id === id ? note(each) : each));
      return;
    case 'verify':
      return onPeriod(state, id, (period) => {
        period.submissions = period.submissions.map((each) => (each.department === department ? note(each) : each));
      });
  }
}
