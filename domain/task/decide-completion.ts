import { BUREAU } from '../decider.ts';
import { endOfDayMs } from '../working-time/instants.ts';
import { decided } from './decide-duties.ts';
import type { TaskCommands } from './task-commands.ts';
import type { TaskFact } from './task-facts.ts';
import {
  periodOf,
  Refused,
  requireDecider,
  requireFuture,
  requireHead,
  requireNotFuture,
  requireOther,
  requireOwn,
  requireRunning,
  requireVerifier,
  submissionOf,
  type Situation,
} from './task-rules.ts';
import type { Period } from './task-state.ts';
import { workingLimit } from './working-limit.ts';

type Of<N extends keyof TaskCommands> = TaskCommands[N];

/** Submitting, approving, verifying and returning, for timed work and for what is entered afterwards (补录). */
export function submit(at: Situation, command: Of<'submit'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, command.department);
  const period = periodOf(at, command.period);
  if (period.phase === 'closed') throw new Refused('period-closed', '该期间已办结');
  if (period.phase === 'upcoming') throw new Refused('period-not-open', '该期间尚未开始');
  const { department, text, evidence } = command;
  if (!at.state.closers.includes(department))
    throw new Refused('lead-submits', '由牵头部门提请办结；配合部门请通过进展报告报送', 403);
  const current = period.submissions.find((each) => each.department === department);
  if (current?.phase === 'verified') throw new Refused('already-submitted', '本部门的办结已核查通过，等待其他牵头部门');
  if (current && current.phase !== 'returned') throw new Refused('already-submitted', '本部门已提交，等待审核或核查');
  const entered = isEntered(period);
  const part = at.state.responsibilities.find((each) => each.department === department);
  // What was handed over for entry only was never asked to be claimed.
  const claims = at.state.claim !== null || part?.ownClaim !== undefined;
  if (!entered && claims && part?.claimedAt === null) throw new Refused('not-claimed', '请先认领任务，再提请办结');
  const completedOn = completionDate(at, period, command);
  const data = { department, period: period.id, completedOn, text, evidence, entered };
  const facts: TaskFact[] = [{ type: 'CompletionSubmitted', data }];
  // A pending request for more time has lost its object.
  if (period.extension) {
    const requested = period.extension.department;
    facts.unshift({ type: 'ExtensionWithdrawn', data: { department: requested, period: period.id } });
  }
  return facts;
}

/**
 * Timed work is complete on the day of the submission that is finally verified. Entered work and what the plan declares
 * done carry the evidence's date, which the verifier confirms; declared-done evidence must not be younger than the plan.
 */
function completionDate(at: Situation, period: Period, { completedOn, evidence }: Of<'submit'>): string {
  if (!isEntered(period)) return at.today;
  if (completedOn === null) throw new Refused('completion-date-required', '补录须填写真实的完成日期', 422);
  requireNotFuture(at, completedOn, '完成日期');
  if (evidence.length === 0) throw new Refused('evidence-required', '补录须附证明材料', 422);
  requireDeclared(at, period, completedOn);
  return completedOn;
}

/** What the plan calls done was done by the day of issue; what was not gets a date instead (DOMAIN 2, "Declared done"). */
function requireDeclared({ state: { issuedOn } }: Situation, period: Period, completedOn: string): void {
  if (period.intake !== 'declared-done' || issuedOn === null || completedOn <= issuedOn) return;
  throw new Refused(
    'evidence-after-issue',
    `计划称已建立（已完成），证明日期不能晚于印发日（${issuedOn}）；当时尚未完成的，请报“未完成”并提出新期限`,
    422,
  );
}

export function withdrawSubmission(at: Situation, { department, period: id }: Of<'withdrawSubmission'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, department);
  const submission = submissionOf(periodOf(at, id), department);
  if (submission.phase !== 'drafted') throw new Refused('already-acted-on', '部门审核后不能撤回');
  return [{ type: 'SubmissionWithdrawn', data: { department, period: id } }];
}

export function approveSubmission(at: Situation, { department, period: id }: Of<'approveSubmission'>): TaskFact[] {
  requireRunning(at);
  requireHead(at, department);
  const submission = submissionOf(periodOf(at, id), department);
  if (submission.phase !== 'drafted') throw new Refused('not-awaiting-approval', '没有待部门审核的提交');
  requireOther(at, submission.submittedBy);
  const verify = workingLimit(at.state.calendar, at.today, at.state.policy.verifyWithinWorkingDays);
  return [{ type: 'SubmissionApproved', data: { department, period: id, verify, ...decided(at) } }];
}

export function rejectSubmission(at: Situation, { department, period: id, text }: Of<'rejectSubmission'>): TaskFact[] {
  requireRunning(at);
  requireHead(at, department);
  const submission = submissionOf(periodOf(at, id), department);
  if (submission.phase !== 'drafted') throw new Refused('not-awaiting-approval', '没有待部门审核的提交');
  return [{ type: 'SubmissionRejected', data: { department, period: id, text, ...decided(at) } }];
}

export function verify(at: Situation, { department, period: id, completedOn }: Of<'verify'>): TaskFact[] {
  requireRunning(at);
  requireVerifier(at);
  const period = periodOf(at, id);
  const submission = submissionOf(period, department);
  if (submission.phase !== 'approved') throw new Refused('not-awaiting-verification', '没有待核查的提交');
  requireOther(at, submission.submittedBy);
  const confirmed = completedOn ?? submission.completedOn;
  if (!isEntered(period) && confirmed !== submission.completedOn)
    throw new Refused('completion-date-fixed', '系统内办理的完成日期以提交之日为准，不能改', 422);
  requireNotFuture(at, confirmed, '完成日期');
  requireDeclared(at, period, confirmed);
  const closes = at.state.closers.every(
    (closer) =>
      closer === department ||
      period.submissions.some((each) => each.department === closer && each.phase === 'verified'),
  );
  const data = { department, period: id, completedOn: confirmed, closes, ...decided(at) };
  const late = period.intake === 'before-go-live' && period.due !== null && confirmed > period.due;
  return [...(late ? missedBeforeGoLive(period) : []), { type: 'CompletionVerified', data }];
}

export function returnSubmission(at: Situation, { department, period: id, text }: Of<'returnSubmission'>): TaskFact[] {
  requireRunning(at);
  requireVerifier(at);
  const submission = submissionOf(periodOf(at, id), department);
  if (submission.phase !== 'approved') throw new Refused('not-awaiting-verification', '没有待核查的提交');
  return [{ type: 'CompletionReturned', data: { department, period: id, text, ...decided(at) } }];
}

/**
 * 未完成: what was due before go-live is not done, or what the plan declares done is not. The deputy in charge approves the
 * new date, which then counts.
 */
export function reportUnfinished(at: Situation, command: Of<'reportUnfinished'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, command.department);
  const period = periodOf(at, command.period);
  if (!isEntered(period))
    throw new Refused('not-taken-over', '只有启用前到期或自报完成的任务可以报未完成；其他任务请申请延期');
  if (period.phase === 'closed') throw new Refused('period-closed', '该期间已办结');
  if (period.submissions.some((each) => each.phase !== 'returned'))
    throw new Refused('already-submitted', '已提交完成证明，须先撤回或等退回后再报未完成');
  if (period.newDate) throw new Refused('new-date-pending', '新期限已报，等待分管领导审批');
  requireFuture(at, command.to, '新的完成期限');
  return [{ type: 'ReportedUnfinished', data: command }];
}

export function decideNewDate(at: Situation, { department, period: id, outcome }: Of<'decideNewDate'>): TaskFact[] {
  requireRunning(at);
  requireDecider(at, [{ department: BUREAU, role: 'deputy' }], '新期限由分管局领导审批');
  const period = periodOf(at, id);
  const { newDate } = period;
  if (!newDate || newDate.department !== department) throw new Refused('no-new-date', '没有待审批的新期限');
  requireOther(at, newDate.requestedBy);
  const approved = outcome === 'approved';
  if (approved && newDate.to < at.today)
    throw new Refused('date-in-the-past', `申请的新期限（${newDate.to}）已过，请不予批准并由部门重报`);
  const due = approved ? newDate.to : null;
  const data = { department, period: id, outcome, due, ...decided(at) };
  // A date before issue was never timed; one between issue and go-live was missed, and stays so beside the new one.
  return [...(approved ? missedBeforeGoLive(period) : []), { type: 'NewDateDecided', data }];
}

/** That a date between issue and go-live was not met comes to light by proof, by its absence, or by the department's word. */
export function missedBeforeGoLive({ id, intake, version, due, soft, overdue }: Period): TaskFact[] {
  if (intake !== 'before-go-live' || due === null || overdue.some((each) => each.version === version)) return [];
  return [{ type: 'PeriodBecameOverdue', data: { period: id, version, due, dueAt: endOfDayMs(due), soft } }];
}

function isEntered(period: Period): boolean {
  return period.intake === 'before-issue' || period.intake === 'before-go-live' || period.intake === 'declared-done';
}
