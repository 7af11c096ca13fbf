import { randomUUID } from 'node:crypto';
import { newEntityId } from '../../db/ids.ts';
import type { Opening } from '../../db/ledger-types.ts';
import type { Actor, Command, Json } from '../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../domain/policy/default-policy.ts';
import { openTask, type TaskOpening } from '../../domain/task/open-task.ts';
import type { TaskCommandName, TaskCommands } from '../../domain/task/task-commands.ts';
import { makeCalendar } from '../../domain/working-time/calendar.ts';
import { publishedSeedYears } from '../../domain/working-time/published-years.ts';

export const DEPARTMENT = 'dept-1';
export const COORDINATOR: Actor = { id: 'user-1', posts: [{ department: DEPARTMENT, role: 'coordinator' }] };
export const HEAD: Actor = { id: 'user-2', posts: [{ department: DEPARTMENT, role: 'head' }] };

/** A dated task of one department that went live at the start of `goLive`. */
export function taskOpening(change: Partial<TaskOpening> = {}, now = Date.now()): Opening {
  const id = newEntityId('task');
  const opening: TaskOpening = {
    id,
    plan: 'plan-1',
    deadline: { kind: 'date', date: '2027-10-31', every: null, soft: false },
    responsibilities: [
      {
        department: DEPARTMENT,
        part: 'lead',
        via: null,
        claimedAt: null,
        disputedAt: null,
        breakdown: null,
        lastReport: null,
      },
    ],
    closers: [DEPARTMENT],
    leadBasis: 'stated',
    issuedOn: '2026-01-04',
    goLive: '2026-11-20',
    horizon: { from: '2026-01-01', to: '2027-12-31' },
    finalEvaluationOn: null,
    calendar: makeCalendar(publishedSeedYears(), 1),
    policy: DEFAULT_POLICY,
    verifier: { department: 'bureau', role: 'supervising-office' },
    alternateVerifier: { department: 'bureau', role: 'director-office' },
    verifierHome: null,
    announce: true,
    ...change,
  };
  return {
    entity: { kind: 'task', id },
    facts: [{ type: 'TaskAssigned', data: openTask(opening) }],
    by: 'user-0',
    now,
  };
}

export function taskCommand<N extends TaskCommandName>(
  name: N,
  payload: TaskCommands[N],
  actor: Actor = COORDINATOR,
  id: string = randomUUID(),
): Command {
  return { id, name, payload: payload as unknown as Json, actor };
}

export const report = (text = 'text-1'): Command =>
  taskCommand('reportProgress', { department: DEPARTMENT, status: 'normal', text, indicators: [] });
