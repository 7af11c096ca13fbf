import type { Recorded } from '../decider.ts';
import type { TaskFact } from './task-facts.ts';
import type { Period, PeriodPhase, Submission, TaskState } from './task-state.ts';
import { rederive } from './working-limit.ts';

/**
 * Folds one recorded fact. Used by the workflow, the projections, rehearsal, recovery and evaluations as of a past date,
 * so it reads nothing but the fact and the state before it, and never refuses.
 */
export function evolveTask(before: TaskState | null, event: Recorded<TaskFact>): TaskState {
  if (event.type === 'TaskAssigned') return assigned(event);
  if (before === null) throw new Error(`a task begins with TaskAssigned, not ${event.type}`);
  const state = structuredCopy(before);
  apply(state, event);
  return state;
}

function assigned(event: Recorded<Extract<TaskFact, { type: 'TaskAssigned' }>>): TaskState {
  const { announce: _announced, ...data } = event.data;
  return {
    ...structuredCopy(data),
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

function apply(state: TaskState, event: Recorded<TaskFact>): void {
  switch (event.type) {
    case 'TaskAssigned':
      return;
    case 'TaskClaimed': {
      const part = responsibility(state, event.data.department);
      if (part) Object.assign(part, { claimedAt: event.at, disputedAt: null });
      return;
    }
    case 'ResponsibilityDisputed': {
      const part = responsibility(state, event.data.department);
      if (part) part.disputedAt = event.at;
      return;
    }
    case 'DisputeDecided':
      return decideDispute(state, event.data);
    case 'TaskBrokenDown': {
      const { department, text, measures, milestones } = event.data;
      const part = responsibility(state, department);
      if (part) part.breakdown = { text, measures };
      // A new breakdown replaces the department's open milestones; those already reached stay in the record.
      state.subItems = state.subItems.filter(
        (item) => item.origin !== 'milestone' || item.department !== department || item.doneOn !== null,
      );
      state.subItems.push(...milestones);
      state.nextId += milestones.length;
      return;
    }
    case 'ProgressReported': {
      const part = responsibility(state, event.data.department);
      if (part) part.lastReport = { at: event.at, status: event.data.status, text: event.data.text };
      return;
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
        period.overdue.push({ at: event.at, version: event.data.version });
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
        Object.assign(period, { intake: 'timed', phase: 'in-progress', entry: null });
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
        if (period.extension) Object.assign(period.extension, { level, decide });
      });
    case 'ExtensionDecided':
      return onPeriod(state, event.data.period, (period) => {
        const { outcome, from, to, level } = event.data;
        period.extension = null;
        if (outcome !== 'approved') return;
        period.extensions.push({ from, to, decidedAt: event.at, level });
        moveDue(period, to, event.at);
      });
    case 'DeadlineAdjusted':
      return onPeriod(state, event.data.period, (period) => {
        const { from, to, documentNumber } = event.data;
        period.adjustments.push({ from, to, at: event.at, documentNumber });
        moveDue(period, to, event.at);
      });
    case 'DepartmentsChanged':
      state.responsibilities = structuredCopy(event.data.responsibilities);
      state.closers = [...event.data.closers];
      for (const period of state.periods) if (period.phase !== 'closed') period.phase = phaseOf(state, period);
      return;
    case 'TaskPhaseChanged':
      Object.assign(state, { phase: event.data.phase, phaseSince: event.at });
      state.closedAt = ['stopped', 'merged', 'withdrawn'].includes(event.data.phase) ? event.at : null;
      return;
    case 'SubItemConfirmed':
      state.subItems.push({ ...event.data.item });
      state.nextId += 1;
      return;
    case 'SubItemDone':
      return onSubItem(state, event.data.item, (item) => {
        item.doneOn = event.data.on;
      });
    case 'SubItemBecameOverdue':
      return onSubItem(state, event.data.item, (item) => {
        item.overdueAt = event.at;
      });
    case 'RungsFired':
      for (const rung of event.data.rungs) firedListOf(state, rung.item)?.push(`${rung.version}:${rung.rung}`);
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
    const current = period.submissions.find((submission) => submission.department === department);
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
          evidence: [...evidence],
        };
        period.submissions = [...rest, submission];
        period.newDate = null;
        break;
      }
      case 'SubmissionWithdrawn':
        period.submissions = rest;
        break;
      case 'SubmissionApproved':
        if (current)
          Object.assign(current, {
            phase: 'approved',
            approvedAt: event.at,
            approvedBy: event.data.by,
            verify: event.data.verify,
          });
        break;
      case 'SubmissionRejected':
      case 'CompletionReturned':
        if (current) Object.assign(current, { phase: 'returned', verify: null });
        break;
      case 'CompletionVerified':
        if (current) Object.assign(current, { phase: 'verified', completedOn: event.data.completedOn });
        break;
      case 'VerificationBecameOverdue':
        if (current) current.verifyOverdueAt = event.at;
        break;
    }
    period.phase = phaseOf(state, period);
    if (period.phase === 'closed') close(state, period, event.at);
  });
}

/** The phase of an open period follows from its submissions: it closes when every closing department is verified. */
function phaseOf(state: TaskState, period: Period): PeriodPhase {
  if (period.phase === 'upcoming') return 'upcoming';
  const phases = state.closers.map(
    (closer) => period.submissions.find((submission) => submission.department === closer)?.phase ?? null,
  );
  const entered = period.intake === 'before-issue' || period.intake === 'before-go-live';
  if (phases.length > 0 && phases.every((phase) => phase === 'verified')) return 'closed';
  if (phases.every((phase) => phase === 'approved' || phase === 'verified'))
    return entered ? 'entry-review' : 'awaiting-verification';
  if (phases.includes('returned')) return entered ? 'awaiting-entry' : 'returned';
  if (phases.every((phase) => phase !== null)) return entered ? 'entry-review' : 'department-review';
  return entered ? 'awaiting-entry' : 'in-progress';
}

function close(state: TaskState, period: Period, at: number): void {
  period.closedAt = at;
  // The last department to finish finishes the period.
  period.completedOn = period.submissions.reduce<string | null>(
    (latest, { completedOn }) => (latest === null || completedOn > latest ? completedOn : latest),
    null,
  );
  if (state.periods.every((each) => each.phase === 'closed'))
    Object.assign(state, { phase: 'closed', phaseSince: at, closedAt: at });
}

type OrderFact = Extract<
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

function applyOrder(state: TaskState, event: Recorded<OrderFact>): void {
  if (event.type === 'SupervisionOrderDrafted') {
    state.orders.push({
      id: event.data.order,
      period: event.data.period,
      draftedAt: event.at,
      signedAt: null,
      signedBy: null,
      paper: null,
      reply: null,
      repliedAt: null,
      replyOverdueAt: null,
      fired: [],
      closedAt: null,
    });
    state.nextId += 1;
    return;
  }
  const order = state.orders.find((each) => each.id === event.data.order);
  if (!order) return;
  switch (event.type) {
    case 'SupervisionOrderSigned':
      Object.assign(order, {
        signedAt: event.at,
        signedBy: event.data.by,
        paper: event.data.paper,
        reply: event.data.reply,
      });
      return;
    case 'SupervisionOrderReplied':
      order.repliedAt = event.at;
      return;
    case 'SupervisionReplyBecameOverdue':
      order.replyOverdueAt = event.at;
      return;
    case 'SupervisionOrderClosed':
      order.closedAt = event.at;
      return;
  }
}

function decideDispute(state: TaskState, data: Extract<TaskFact, { type: 'DisputeDecided' }>['data']): void {
  const part = responsibility(state, data.department);
  if (!part) return;
  part.disputedAt = null;
  if (data.outcome === 'rejected') return;
  const { to } = data;
  const known = to !== null && responsibility(state, to) !== undefined;
  if (to === null || known) state.responsibilities = state.responsibilities.filter((each) => each !== part);
  else Object.assign(part, { department: to, via: null, claimedAt: null, breakdown: null, lastReport: null });
  state.closers = state.closers.flatMap((closer) => {
    if (closer !== data.department) return [closer];
    return to === null || state.closers.includes(to) ? [] : [to];
  });
  if (part.part === 'lead' && known && to !== null) {
    const successor = responsibility(state, to);
    if (successor) successor.part = 'lead';
  }
}

/** The calendar moves what is counted in working days; civil dates of the plan stay, and only their rungs move. */
function recalendar(state: TaskState, calendar: TaskState['calendar']): void {
  state.calendar = calendar;
  if (state.claim) state.claim = rederive(calendar, state.claim);
  for (const period of state.periods) {
    if (period.phase === 'closed') continue;
    if (period.entry) period.entry = rederive(calendar, period.entry);
    if (period.dueLimit) {
      period.dueLimit = rederive(calendar, period.dueLimit);
      period.due = period.dueLimit.on;
    }
    if (period.extension) period.extension.decide = rederive(calendar, period.extension.decide);
    for (const submission of period.submissions)
      if (submission.verify) submission.verify = rederive(calendar, submission.verify);
  }
  for (const order of state.orders)
    if (order.reply && order.repliedAt === null) order.reply = rederive(calendar, order.reply);
}

function moveDue(period: Period, due: string, at: number): void {
  Object.assign(period, { due, dueLimit: null, version: period.version + 1, since: at });
}

function responsibility(state: TaskState, department: string) {
  return state.responsibilities.find((each) => each.department === department);
}

function onPeriod(state: TaskState, id: string, change: (period: Period) => void): void {
  const period = state.periods.find((each) => each.id === id);
  if (period) change(period);
}

function onSubItem(state: TaskState, id: string, change: (item: TaskState['subItems'][number]) => void): void {
  const item = state.subItems.find((each) => each.id === id);
  if (item) change(item);
}

/** The list that remembers an item's fired rungs; items are named as in `rung-items.ts`. */
function firedListOf(state: TaskState, item: string): string[] | undefined {
  const [kind, id, department] = item.split('/');
  if (kind === 'claim') return state.claimFired;
  if (kind === 'period') return state.periods.find((each) => each.id === id)?.fired;
  if (kind === 'sub') return state.subItems.find((each) => each.id === id)?.fired;
  if (kind === 'order') return state.orders.find((each) => each.id === id)?.fired;
  return state.periods
    .find((each) => each.id === id)
    ?.submissions.find((submission) => submission.department === department)?.fired;
}

/** The calendar and the policy are data that no fact edits in place, so they are shared, not copied, at every event. */
function structuredCopy<T extends object>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) =>
    key === 'calendar' || key === 'policy' ? [key, inner] : [key, copy(inner)],
  );
  return Object.fromEntries(entries) as unknown;
}
