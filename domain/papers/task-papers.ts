import type { CivilDate, Role } from '../decider.ts';
import type { Period, TaskState } from '../task/task-state.ts';
import { naturalDaysBetween } from '../working-time/civil-date.ts';
import { civilDate } from '../working-time/instants.ts';
import { periodText, ROLE_NAMES } from '../wording.ts';
import { deadlineWords } from './deadline-words.ts';
import type { ExtensionPaper, HandoverPaper, HandoverTask, OrderPaper, PaperPlan, PaperTask } from './paper.ts';

/** A running task with its words, which the ledger does not carry. */
export interface WordedTask {
  state: TaskState;
  path: readonly string[];
  text: string;
  deadlineRaw: string;
}

export type NameOf = (department: string) => string;

interface About {
  plan: PaperPlan;
  nameOf: NameOf;
  issuer: string;
}

/** 任务交办单 of one department; null where it has no task in the plan. Tasks come in the plan's order. */
export function handoverPaper(about: About, department: string, tasks: readonly WordedTask[]): HandoverPaper | null {
  const own = tasks.filter(({ state }) => state.responsibilities.some((part) => part.department === department));
  const [first] = own;
  if (first === undefined) return null;
  const claims = own.flatMap(({ state }) => (state.claim === null ? [] : [state.claim.on]));
  return {
    kind: 'handover',
    issuer: about.issuer,
    plan: about.plan,
    department: about.nameOf(department),
    issuedOn: first.state.goLive,
    claimBy: claims.sort()[0] ?? null,
    tasks: own.map((task) => handoverTask(task, department, about.nameOf)),
  };
}

function handoverTask(task: WordedTask, department: string, nameOf: NameOf): HandoverTask {
  const { responsibilities } = task.state;
  const others = responsibilities.filter((part) => part.department !== department);
  const leadsFirst = [...others.filter(({ part }) => part === 'lead'), ...others.filter(({ part }) => part !== 'lead')];
  return {
    ...quoted(task),
    part: responsibilities.find((part) => part.department === department)?.part ?? 'support',
    others: leadsFirst.map((part) => nameOf(part.department)),
    deadline: deadlineWords(task.state, task.deadlineRaw),
  };
}

/** 督办通知书; null where the task has no such order. Texts are opened by the caller. */
export function orderPaper(
  about: About,
  task: WordedTask,
  { order: id, today, lastWord, reply }: { order: string; today: CivilDate } & Pick<OrderPaper, 'lastWord' | 'reply'>,
): OrderPaper | null {
  const order = task.state.orders.find((each) => each.id === id);
  const period = task.state.periods.find((each) => each.id === order?.period);
  if (order === undefined || period === undefined) return null;
  const signedOn = order.signedAt === null ? null : civilDate(order.signedAt);
  return {
    kind: 'order',
    issuer: about.issuer,
    plan: about.plan,
    task: quoted(task),
    departments: task.state.closers.map(about.nameOf),
    period: periodText(period.id),
    originalDue: period.originalDue,
    due: period.due,
    daysLate: daysLate(period, signedOn ?? today),
    signedOn,
    replyBy: order.reply?.on ?? null,
    lastWord,
    reply,
  };
}

function daysLate({ due, soft }: Period, on: CivilDate): number {
  if (due === null || soft || due >= on) return 0;
  return naturalDaysBetween(due, on);
}

export interface ExtensionRequestRecord {
  department: string;
  on: CivilDate;
  to: CivilDate;
  reason: string;
  /** Who decided, or has it before them now. */
  level: Role;
  decision: ExtensionPaper['decision'];
}

/**
 * 延期申请表 of a period; null where the task has no such period. Without a request it is the form with what is known.
 * Extensions granted after the request do not count as earlier ones.
 */
export function extensionPaper(
  about: Omit<About, 'issuer'>,
  task: WordedTask,
  { period: id, request }: { period: string; request: ExtensionRequestRecord | null },
): ExtensionPaper | null {
  const { state } = task;
  const period = state.periods.find((each) => each.id === id);
  if (period === undefined) return null;
  const granted = period.extensions.map(({ from, to, decidedAt, level }) => ({
    from,
    to,
    on: civilDate(decidedAt),
    level: ROLE_NAMES[level],
  }));
  const decided = request?.decision?.outcome === 'approved' ? granted.at(-1) : undefined;
  const earlier = decided === undefined ? granted : granted.slice(0, -1);
  const level = request?.level ?? state.policy.extensionLevels[0];
  return {
    kind: 'extension',
    plan: about.plan,
    task: quoted(task),
    department: about.nameOf(request?.department ?? state.closers[0] ?? ''),
    period: periodText(period.id),
    originalDue: period.originalDue,
    due: decided?.from ?? period.due,
    earlier,
    request: request === null ? null : { on: request.on, to: request.to, reason: request.reason },
    level: level === undefined ? '' : ROLE_NAMES[level],
    decision: request?.decision ?? null,
  };
}

function quoted({ path, text }: WordedTask): PaperTask {
  return { number: numberText(path), text };
}

/** `二（一）1第2段` for 二, (一), 1, ¶2. */
export function numberText(path: readonly string[]): string {
  return path
    .map((part) =>
      part
        .replace(/^¶(\d+)$/u, '第$1段')
        .replace('(', '（')
        .replace(')', '）'),
    )
    .join('');
}
