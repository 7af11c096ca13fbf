import type { Answer } from '../api/request.ts';

type TaskItem = Answer<'GET /api/tasks'>['items'][number];
export type TaskState = TaskItem['state'];
export type Lateness = TaskItem['lateness'];
export type DeadlineKind = TaskItem['deadline']['kind'];
export type ReportStatus = NonNullable<TaskItem['reportStatus']>;

/** How a state looks: the tone decides colours and the mark, so that nothing rests on colour alone. */
export type Tone = 'waiting' | 'moving' | 'asking' | 'wrong' | 'done' | 'quiet';

export const TASK_STATE_WORDS: Record<TaskState, { label: string; tone: Tone; hint: string }> = {
  unclaimed: { label: '待认领', tone: 'asking', hint: '责任部门还没有认领' },
  upcoming: { label: '未到期间', tone: 'quiet', hint: '办理期间还没有开始' },
  'in-progress': { label: '推进中', tone: 'moving', hint: '已认领，正在办理' },
  'department-review': { label: '待部门审核', tone: 'asking', hint: '等部门负责人审核' },
  'awaiting-verification': { label: '待核查', tone: 'asking', hint: '等综合协调处核查销号' },
  returned: { label: '退回', tone: 'wrong', hint: '核查未通过，退回补充' },
  'awaiting-entry': { label: '待补录', tone: 'asking', hint: '启用前的工作，等补录完成情况' },
  'entry-review': { label: '补录待核实', tone: 'asking', hint: '补录已交，等核实' },
  suspended: { label: '已中止', tone: 'quiet', hint: '按文件中止' },
  closed: { label: '已办结', tone: 'done', hint: '已核查销号' },
  stopped: { label: '已终止', tone: 'quiet', hint: '按文件终止' },
  merged: { label: '已合并', tone: 'quiet', hint: '并入其他任务' },
  withdrawn: { label: '已撤回', tone: 'quiet', hint: '计划撤回' },
};

export const TASK_STATES = Object.keys(TASK_STATE_WORDS) as TaskState[];

export const LATENESS_WORDS: Record<Lateness, string> = {
  none: '未逾期',
  late: '逾期',
  'was-late': '曾逾期',
  'soft-missed': '未达原则性时限',
};

export const LATENESS = Object.keys(LATENESS_WORDS) as Lateness[];

export type PendingDecision = 'dispute' | 'extension' | 'new-date' | 'order';

export const PENDING_WORDS: Record<PendingDecision, string> = {
  dispute: '待裁定的异议',
  extension: '待决定的延期',
  'new-date': '待批的新期限',
  order: '待签发的督办单',
};

export const PENDING_DECISIONS = Object.keys(PENDING_WORDS) as PendingDecision[];

export const DEADLINE_KIND_WORDS: Record<DeadlineKind, string> = {
  date: '限期完成',
  recurring: '周期开展',
  ongoing: '长期坚持',
  'declared-done': '自报完成',
  none: '无时限',
};

export const REPORT_STATUS_WORDS: Record<ReportStatus, { label: string; tone: Tone }> = {
  normal: { label: '正常', tone: 'done' },
  lagging: { label: '滞后', tone: 'asking' },
  risk: { label: '风险', tone: 'wrong' },
};

export const PERIOD_PHASE_WORDS: Record<string, { label: string; tone: Tone }> = {
  upcoming: { label: '未到期间', tone: 'quiet' },
  'in-progress': { label: '推进中', tone: 'moving' },
  'department-review': { label: '待部门审核', tone: 'asking' },
  'awaiting-verification': { label: '待核查', tone: 'asking' },
  returned: { label: '退回', tone: 'wrong' },
  'awaiting-entry': { label: '待补录', tone: 'asking' },
  'entry-review': { label: '补录待核实', tone: 'asking' },
  closed: { label: '已办结', tone: 'done' },
};

export const PERIOD_INTAKE_WORDS: Record<string, string> = {
  timed: '系统计时',
  'before-issue': '印发前到期',
  'before-go-live': '启用前到期（补录）',
  'declared-done': '自报完成，待证实',
  ongoing: '长期',
};

/** `2024`, `2024-Q1`, `2024-03` and the like as people say them. */
export function periodName(period: string): string {
  const quarter = /^(\d{4})-?[Qq](\d)$/u.exec(period);
  if (quarter !== null) return `${quarter[1]}年第${quarter[2]}季度`;
  const month = /^(\d{4})-(\d{2})$/u.exec(period);
  if (month !== null) return `${month[1]}年${Number(month[2])}月`;
  if (/^\d{4}$/u.test(period)) return `${period}年`;
  return period === 'once' || period === 'main' ? '全程' : period;
}
