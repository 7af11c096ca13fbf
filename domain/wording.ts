import type { Role } from './decider.ts';
import type { DeadlineKind, PeriodPhase, ReportStatus, TaskPhase } from './task/task-state.ts';

/** The Chinese words for codes, as people read them in pages, mail and exports. */
export const ROLE_NAMES: Record<Role, string> = {
  coordinator: '部门联络员',
  head: '部门负责人',
  officer: '承办人员',
  dispatcher: '信息指挥中心',
  'supervising-office': '综合协调部门',
  inspectorate: '督察大队',
  'case-centre': '案件管理中心',
  'review-group': '复核工作组',
  deputy: '分管局领导',
  director: '局领导',
  'director-office': '局办公室',
  auditor: '执法监督员',
  administrator: '系统管理员',
};

export const PERIOD_PHASE_NAMES: Record<PeriodPhase, string> = {
  upcoming: '未到期间',
  'in-progress': '推进中',
  'department-review': '待部门审核',
  'awaiting-verification': '待核查',
  returned: '已退回',
  'awaiting-entry': '待补录',
  'entry-review': '补录待核实',
  closed: '已办结',
};

export const TASK_PHASE_NAMES: Record<TaskPhase, string> = {
  running: '推进中',
  suspended: '已中止',
  closed: '已办结',
  stopped: '已终止',
  merged: '已合并',
  withdrawn: '已撤回',
};

/** The states of the table of tasks: the phases of periods and tasks, and what nobody has claimed. */
export const TASK_STATE_NAMES: Record<string, string> = {
  ...PERIOD_PHASE_NAMES,
  ...TASK_PHASE_NAMES,
  unclaimed: '待认领',
};

export const REPORT_STATUS_NAMES: Record<ReportStatus, string> = { normal: '正常', lagging: '滞后', risk: '风险' };

export const DEADLINE_KIND_NAMES: Record<DeadlineKind, string> = {
  date: '有期限',
  recurring: '周期性',
  ongoing: '长期坚持',
  'declared-done': '自报完成',
  none: '未写期限',
};

export const LATENESS_NAMES: Record<string, string> = {
  none: '',
  late: '逾期',
  'was-late': '曾逾期',
  'soft-missed': '未达原则性时限',
};

/** `2025年6月30日` for `2025-06-30`; anything else stays as it is. */
export function dateText(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return match === null ? date : `${match[1]}年${Number(match[2])}月${Number(match[3])}日`;
}

const QUARTERS: Record<string, string> = { '1': '一', '2': '二', '3': '三', '4': '四' };

/** A period's name: empty for a task's only one, else `2025年度`, `2025年第一季度`, `2025年3月`. */
export function periodText(period: string): string {
  if (period === 'once') return '';
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter !== null) return `${quarter[1]}年第${QUARTERS[quarter[2] ?? ''] ?? ''}季度`;
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month !== null) return `${month[1]}年${Number(month[2])}月`;
  return /^\d{4}$/.test(period) ? `${period}年度` : period;
}

/** A short form of a long sentence, for titles. */
export function shortened(text: string, most = 30): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
