import { BUREAU, type Role } from '../decider.ts';
import { ROLE_NAMES, TASK_PHASE_NAMES } from '../wording.ts';
import { decided } from './decide-duties.ts';
import type { TaskCommands } from './task-commands.ts';
import type { TaskFact } from './task-facts.ts';
import {
  periodOf,
  Refused,
  requireDate,
  requireDecider,
  requireDocument,
  requireFuture,
  requireNotFuture,
  requireOpen,
  requireOther,
  requireOwn,
  requireRunning,
  requireSupervisor,
  type Situation,
} from './task-rules.ts';
import { isClocked } from './rung-items.ts';
import type { Period } from './task-state.ts';
import { workingLimit } from './working-limit.ts';

type Of<N extends keyof TaskCommands> = TaskCommands[N];

/** Extensions (延期), adjustments (调整), phases and corrections: whatever changes what counts, with who decided it. */
export function requestExtension(at: Situation, command: Of<'requestExtension'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, command.department);
  const period = periodOf(at, command.period);
  if (period.due === null || !isClocked(period)) throw new Refused('no-deadline', '该期间没有可延期的期限');
  if (period.phase !== 'in-progress' && period.phase !== 'returned')
    throw new Refused('not-in-progress', '推进中的任务才能申请延期');
  if (at.today > period.due) throw new Refused('already-expired', `期限（${period.due}）已过，延期须在到期前申请`);
  if (period.extension) throw new Refused('extension-pending', '已有延期申请等待决定');
  requireFuture(at, command.to, '延期后的期限');
  if (command.to <= period.due) throw new Refused('not-later', `延期后的期限须晚于现期限（${period.due}）`, 422);
  const level = firstLevel(at, period, command.to);
  const decide = workingLimit(at.state.calendar, at.today, at.state.policy.extensionDecisionWithinWorkingDays);
  return [{ type: 'ExtensionRequested', data: { ...command, level, decide } }];
}

/** The first extension is the deputy's; a second, or one beyond the final evaluation, goes to 局长办公会 (DOMAIN 2). */
function firstLevel({ state }: Situation, period: Period, to: string): Role {
  const levels = state.policy.extensionLevels;
  const beyond = state.finalEvaluationOn !== null && to > state.finalEvaluationOn;
  const level = period.extensions.length > 0 || beyond ? levels.at(-1) : levels[0];
  return level ?? 'director';
}

export function withdrawExtension(at: Situation, { department, period: id }: Of<'withdrawExtension'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, department);
  const { extension } = periodOf(at, id);
  if (extension?.department !== department) throw new Refused('no-extension', '本部门没有待决定的延期申请');
  return [{ type: 'ExtensionWithdrawn', data: { department, period: id } }];
}

export function decideExtension(at: Situation, command: Of<'decideExtension'>): TaskFact[] {
  requireRunning(at);
  const { department, period: id, outcome, minutes } = command;
  const period = periodOf(at, id);
  const { extension } = period;
  if (!extension || extension.department !== department || period.due === null)
    throw new Refused('no-extension', '没有待决定的延期申请');
  const { level } = extension;
  requireDecider(at, [{ department: BUREAU, role: level }], `该延期申请由${ROLE_NAMES[level]}决定`);
  requireOther(at, extension.requestedBy);
  if (level === 'director' && outcome === 'approved' && (minutes ?? '').trim() === '')
    throw new Refused('minutes-required', '由局长办公会决定的延期须填写会议纪要文号', 422);
  const { to } = extension;
  if (outcome === 'approved' && to <= period.due)
    throw new Refused('not-later', `期限已调整为${period.due}，不早于申请的${to}，请不予批准`);
  const data = { department, period: id, outcome, from: period.due, to, level, minutes, ...decided(at) };
  return [{ type: 'ExtensionDecided', data }];
}

export function adjustDeadline(at: Situation, command: Of<'adjustDeadline'>): TaskFact[] {
  requireOpen(at);
  requireSupervisor(at);
  requireDocument(command.documentNumber);
  requireDate(command.to, '调整后的期限');
  const period = periodOf(at, command.period);
  if (period.phase === 'closed') throw new Refused('period-closed', '该期间已办结');
  if (command.to === period.due) throw new Refused('no-change', '期限没有变化', 422);
  const { documentNumber, text, to } = command;
  return [{ type: 'DeadlineAdjusted', data: { period: period.id, from: period.due, to, documentNumber, text } }];
}

export function changePhase(at: Situation, command: Of<'changePhase'>): TaskFact[] {
  requireSupervisor(at);
  requireDocument(command.documentNumber);
  const { phase } = at.state;
  const allowed = {
    running: ['suspended', 'stopped', 'merged', 'withdrawn'],
    suspended: ['running', 'stopped', 'merged', 'withdrawn'],
    closed: [],
    stopped: [],
    merged: [],
    withdrawn: [],
  } as const satisfies Record<typeof phase, readonly string[]>;
  if (!(allowed[phase] as readonly string[]).includes(command.phase))
    throw new Refused('phase-not-allowed', `任务${TASK_PHASE_NAMES[phase]}，不能这样变更`);
  if (command.phase === 'merged' && command.into.length === 0)
    throw new Refused('merge-target-required', '合并须指明并入的任务', 422);
  return [{ type: 'TaskPhaseChanged', data: command }];
}

/** 更正: the fact stays in the ledger, a later one corrects what counts. */
export function correct(at: Situation, command: Of<'correct'>): TaskFact[] {
  requireSupervisor(at);
  if (command.completedOn !== null) {
    requireNotFuture(at, command.completedOn, '完成日期');
    const period = command.period === null ? null : periodOf(at, command.period);
    if (period?.phase !== 'closed') throw new Refused('period-not-closed', '只能更正已办结期间的完成日期');
  }
  return [{ type: 'FactCorrected', data: command }];
}

export function reviseText(at: Situation, command: Of<'reviseText'>): TaskFact[] {
  requireOpen(at);
  requireSupervisor(at);
  requireDocument(command.documentNumber);
  return [{ type: 'TextRevised', data: command }];
}
