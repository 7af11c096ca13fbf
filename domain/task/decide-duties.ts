import { BUREAU } from '../decider.ts';
import type { TaskCommands } from './task-commands.ts';
import type { TaskFact } from './task-facts.ts';
import {
  periodOf,
  Refused,
  requireDate,
  requireDecider,
  requireDocument,
  requireNotFuture,
  requireOpen,
  requireOwn,
  requireRunning,
  requireSupervisor,
  type Situation,
} from './task-rules.ts';
import type { Responsibility, SubItem } from './task-state.ts';

type Of<N extends keyof TaskCommands> = TaskCommands[N];

/** Claiming, breaking down and reporting: what a responsible department does with its part (DOMAIN 2, "A task's life"). */
export function claim(at: Situation, { department }: Of<'claim'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, department);
  const part = partOf(at, department);
  if (part.claimedAt !== null) throw new Refused('already-claimed', '本部门已认领该任务');
  return [{ type: 'TaskClaimed', data: { department } }];
}

export function dispute(at: Situation, { department, text }: Of<'dispute'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, department);
  const part = partOf(at, department);
  if (part.claimedAt !== null)
    throw new Refused('already-claimed', '本部门已认领，不能再提异议；确需调整请由综合协调部门办理');
  if (part.disputedAt !== null) throw new Refused('already-disputed', '异议已提出，等待决定');
  return [{ type: 'ResponsibilityDisputed', data: { department, text } }];
}

export function decideDispute(at: Situation, command: Of<'decideDispute'>): TaskFact[] {
  requireRunning(at);
  requireSupervisor(at);
  const part = partOf(at, command.department);
  if (part.disputedAt === null) throw new Refused('not-disputed', '该部门没有待决定的异议');
  const { outcome, to, documentNumber } = command;
  const data = { ...command, ...decided(at) };
  if (outcome === 'rejected') return [{ type: 'DisputeDecided', data: { ...data, to: null } }];
  // A change of department carries a 文号, this one too (DOMAIN 2).
  requireDocument(documentNumber ?? '');
  if (to === part.department) throw new Refused('same-department', '接手的部门不能是提出异议的部门本身', 422);
  const onlyCloser = at.state.closers.length === 1 && at.state.closers.includes(part.department);
  if (to === null && onlyCloser) throw new Refused('lead-needed', '牵头部门的异议成立时须指定接手的部门', 422);
  return [{ type: 'DisputeDecided', data }];
}

export function breakDown(at: Situation, command: Of<'breakDown'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, command.department);
  const part = partOf(at, command.department);
  if (part.claimedAt === null) throw new Refused('not-claimed', '请先认领任务，再分解');
  const milestones = command.milestones.map(({ on, text }, index): SubItem => {
    requireDate(on, '节点日期');
    return subItem(at, at.state.nextId + index, 'milestone', command.department, text, on, false);
  });
  const { department, text, measures } = command;
  return [{ type: 'TaskBrokenDown', data: { department, text, measures, milestones } }];
}

export function confirmSubItem(at: Situation, command: Of<'confirmSubItem'>): TaskFact[] {
  requireRunning(at);
  requireSupervisor(at);
  if (command.due !== null) requireDate(command.due, '完成时限');
  const item = subItem(at, at.state.nextId, command.origin, null, command.text, command.due, command.soft);
  if (at.state.subItems.some((each) => each.origin === item.origin && each.text === item.text && each.due === item.due))
    throw new Refused('sub-item-exists', '该分项已经确认');
  return [{ type: 'SubItemConfirmed', data: { item } }];
}

export function completeSubItem(at: Situation, { department, item: id, on }: Of<'completeSubItem'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, department);
  requireNotFuture(at, on, '完成日期');
  const item = at.state.subItems.find((each) => each.id === id);
  if (!item) throw new Refused('no-such-sub-item', '没有这个节点或分项', 422);
  if (item.department !== null && item.department !== department)
    throw new Refused('not-your-department', '该节点属于其他部门', 403);
  if (item.doneOn !== null) throw new Refused('already-done', '该节点已完成');
  return [{ type: 'SubItemDone', data: { item: id, on, department } }];
}

export function reportProgress(at: Situation, command: Of<'reportProgress'>): TaskFact[] {
  requireRunning(at);
  requireOwn(at, command.department);
  return [{ type: 'ProgressReported', data: command }];
}

export function attachEvidence(at: Situation, command: Of<'attachEvidence'>): TaskFact[] {
  requireOwn(at, command.department);
  if (at.state.phase !== 'running' && at.state.phase !== 'closed') requireRunning(at);
  if (command.on !== null) requireNotFuture(at, command.on, '材料日期');
  if (command.period !== null) periodOf(at, command.period);
  return [{ type: 'EvidenceAttached', data: command }];
}

export function changeDepartments(at: Situation, command: Of<'changeDepartments'>): TaskFact[] {
  requireOpen(at);
  requireSupervisor(at);
  requireDocument(command.documentNumber);
  const named = command.responsibilities;
  if (!named.some((part) => part.part === 'lead')) throw new Refused('lead-needed', '至少须有一个牵头部门', 422);
  if (new Set(named.map((part) => part.department)).size !== named.length)
    throw new Refused('department-twice', '同一部门不能重复', 422);
  const responsibilities = named.map(({ department, part }): Responsibility => {
    const before = at.state.responsibilities.find((each) => each.department === department);
    return before ? { ...before, part } : freshPart(department, part);
  });
  const closers = named.filter((part) => part.part === 'lead').map((part) => part.department);
  const { documentNumber } = command;
  return [{ type: 'DepartmentsChanged', data: { responsibilities, closers, documentNumber, reason: 'adjusted' } }];
}

/** Departments are renamed, merged, split: open duties move, history stays under the old name. */
export function renameDepartment(at: Situation, { from, to, documentNumber }: Of<'renameDepartment'>): TaskFact[] {
  requireDecider(at, [{ department: BUREAU, role: 'administrator' }], '只有管理员可以调整机构');
  requireOpen(at);
  if (from === to) throw new Refused('same-department', '新旧部门相同', 422);
  const moved = partOf(at, from);
  const merged = at.state.responsibilities.some((part) => part.department === to);
  const responsibilities = at.state.responsibilities.flatMap((part): Responsibility[] => {
    if (part.department === from) return merged ? [] : [{ ...part, department: to }];
    // Where both had a part, what remains has the weightier one.
    return [part.department === to && moved.part === 'lead' ? { ...part, part: 'lead' } : part];
  });
  const closers = [...new Set(at.state.closers.map((closer) => (closer === from ? to : closer)))];
  const data = { responsibilities, closers, documentNumber, reason: 'renamed' as const, renamed: { from, to } };
  return [{ type: 'DepartmentsChanged', data }];
}

export function nameGroupLead(at: Situation, { department, documentNumber }: Of<'nameGroupLead'>): TaskFact[] {
  requireRunning(at);
  requireSupervisor(at);
  if (at.state.closers.length < 2) throw new Refused('not-a-group', '该任务不是由多个部门共同牵头');
  if (!at.state.closers.includes(department)) throw new Refused('not-a-member', '只能从牵头的成员中指定', 422);
  const data = {
    responsibilities: at.state.responsibilities,
    closers: [department],
    documentNumber: documentNumber ?? '',
    reason: 'group-lead-named' as const,
  };
  return [{ type: 'DepartmentsChanged', data }];
}

export function decided({ actor, paper }: Situation): { by: string; paper: Situation['paper'] } {
  return { by: paper?.decidedBy ?? actor.id, paper };
}

export function freshPart(department: string, part: Responsibility['part'], via: string | null = null): Responsibility {
  return { department, part, via, claimedAt: null, disputedAt: null, breakdown: null, lastReport: null };
}

function partOf({ state }: Situation, department: string): Responsibility {
  const part = state.responsibilities.find((each) => each.department === department);
  if (!part) throw new Refused('department-not-responsible', '该部门不是本任务的责任部门', 403);
  return part;
}

function subItem(
  at: Situation,
  number: number,
  origin: SubItem['origin'],
  department: string | null,
  text: string,
  due: string | null,
  soft: boolean,
): SubItem {
  return {
    id: `item-${number}`,
    origin,
    department,
    text,
    due,
    soft,
    since: at.now,
    doneOn: null,
    overdueAt: null,
    fired: [],
  };
}
