import {
  BUREAU,
  refuse,
  type Actor,
  type CivilDate,
  type Command,
  type Instant,
  type PaperDecision,
  type Post,
  type Refusal,
} from '../decider.ts';
import { isCivilDate } from '../working-time/civil-date.ts';
import { civilDate } from '../working-time/instants.ts';
import { verifierOf } from './rung-items.ts';
import type { Period, Submission, TaskState } from './task-state.ts';

/** Thrown inside a decision and turned into its answer by `decideTask`; it never leaves domain code. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: string, detail: string, status: 403 | 409 | 422 = 409) {
    super(detail);
    this.refusal = refuse(code, detail, status);
  }
}

export interface Situation {
  state: TaskState;
  actor: Actor;
  paper: PaperDecision | null;
  now: Instant;
  today: CivilDate;
}

export function situation(state: TaskState, command: Command, now: Instant): Situation {
  return { state, actor: command.actor, paper: command.paper ?? null, now, today: civilDate(now) };
}

export function holds(actor: Actor, post: Post): boolean {
  return actor.posts.some((each) => each.department === post.department && each.role === post.role);
}

export function requireRunning({ state }: Situation): void {
  if (state.phase === 'running') return;
  const names = {
    suspended: '已中止，须先恢复',
    closed: '已办结',
    stopped: '已终止',
    merged: '已合并',
    withdrawn: '已撤回',
    running: '',
  };
  throw new Refused('task-not-running', `任务${names[state.phase]}，现在不能进行此操作`);
}

/** What a paper orders reaches a suspended task too: its date is set right before it goes on. */
export function requireOpen(at: Situation): void {
  if (at.state.phase !== 'suspended') requireRunning(at);
}

/** The department must be responsible, and the actor its coordinator or head. */
export function requireOwn({ state, actor }: Situation, department: string): void {
  if (!state.responsibilities.some((part) => part.department === department))
    throw new Refused('department-not-responsible', '该部门不是本任务的责任部门', 403);
  if (!holds(actor, { department, role: 'coordinator' }) && !holds(actor, { department, role: 'head' }))
    throw new Refused('not-your-department', '只有该部门的联络员或负责人可以操作', 403);
}

export function requireHead(at: Situation, department: string): void {
  requireDecider(at, [{ department, role: 'head' }], '只有该部门负责人可以审核');
}

/**
 * A decision belongs to a post. The director's office may enter one that was taken on paper (代录批示), with its scan;
 * "decided by" and "entered by" are kept apart.
 */
export function requireDecider({ actor, paper, today }: Situation, posts: Post[], rule: string): void {
  if (posts.some((post) => holds(actor, post))) {
    if (paper) throw new Refused('paper-not-needed', '本人可以直接决定，无须代录', 422);
    return;
  }
  if (!holds(actor, { department: BUREAU, role: 'director-office' })) throw new Refused('role-required', rule, 403);
  if (!paper) throw new Refused('paper-required', '局办公室只能代录书面批示：请附批示人、批示日期和扫描件', 422);
  requirePaper(paper, today);
}

function requirePaper(paper: PaperDecision, today: CivilDate): void {
  const complete = [paper.decidedBy, paper.file].every((part) => typeof part === 'string' && part.trim() !== '');
  if (!complete) throw new Refused('paper-required', '代录批示须附批示人、批示日期和扫描件', 422);
  if (!isCivilDate(paper.decidedOn) || paper.decidedOn > today)
    throw new Refused('paper-date', `批示日期有误，不能晚于今天（${today}）`, 422);
}

/** Several bureau posts stand for the supervising office's decisions about tasks. */
export function requireSupervisor(at: Situation): void {
  requireDecider(
    at,
    [
      { department: BUREAU, role: 'supervising-office' },
      { department: BUREAU, role: 'deputy' },
      { department: BUREAU, role: 'director' },
    ],
    '只有综合协调部门或局领导可以操作',
  );
}

/** No office verifies its own task: the alternate does, and nobody who holds a post in a closing department. */
export function requireVerifier(at: Situation): void {
  requireDecider(at, [verifierOf(at.state)], '只有核查部门可以核查；本部门的任务由替代部门核查');
  const own = at.actor.posts.some((post) => at.state.closers.includes(post.department));
  if (own) throw new Refused('own-task', '不能核查本部门的任务，应由其他部门核查', 403);
}

/** No person approves their own request. */
export function requireOther({ actor }: Situation, requestedBy: string): void {
  if (actor.id === requestedBy) throw new Refused('own-request', '不能审批本人提交的事项', 403);
}

export function periodOf({ state }: Situation, id: string): Period {
  const period = state.periods.find((each) => each.id === id);
  if (!period) throw new Refused('no-such-period', '没有这个办理期间', 422);
  return period;
}

export function submissionOf(period: Period, department: string): Submission {
  const submission = period.submissions.find((each) => each.department === department);
  if (!submission) throw new Refused('nothing-submitted', '该部门尚未提交办结');
  return submission;
}

/** Years in which a plan of today can have anything due; a typing error such as 20244 must not reach the timers. */
const EARLIEST = '1990-01-01';
const LATEST = '2199-12-31';

export function requireDate(date: string, what: string): void {
  if (!isCivilDate(date) || date < EARLIEST || date > LATEST) throw new Refused('bad-date', `${what}不是有效日期`, 422);
}

export function requireFuture({ today }: Situation, date: string, what: string): void {
  requireDate(date, what);
  if (date <= today) throw new Refused('date-in-the-past', `${what}须晚于今天（${today}）`, 422);
}

export function requireNotFuture({ today }: Situation, date: string, what: string): void {
  requireDate(date, what);
  if (date > today) throw new Refused('date-in-the-future', `${what}不能晚于今天（${today}）`, 422);
}

/** A paper's number (文号) is what orders an adjustment; it may not be empty. */
export function requireDocument(documentNumber: string): void {
  if (documentNumber.trim() === '') throw new Refused('document-number-required', '须填写文号', 422);
}
