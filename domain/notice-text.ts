import { ROLE_NAMES, dateText, periodText, shortened, TASK_PHASE_NAMES } from './wording.ts';
import type { Instant, Json, Mailbox, NoticeKind } from './decider.ts';
import { civilDate, isoShanghai } from './working-time/instants.ts';

/** The names that a notice's ids stand for; an id without a name is shown as it is. */
export interface NoticeNames {
  departments: ReadonlyMap<string, string>;
  tasks: ReadonlyMap<string, string>;
  plans: ReadonlyMap<string, string>;
}

export interface NoticeText {
  title: string;
  body: string;
}

export interface StoredNotice {
  kind: NoticeKind;
  to: Mailbox;
  data: Json;
  dueAt: Instant;
  /** When it was sent. */
  at: Instant;
}

interface RungData {
  item: string;
  rung: string;
  deadline: string;
  dueAt: number;
}

/** Sent this much after it was due means that something stood still, and the reader is told. */
const BELATED_MS = 3_600_000;

/**
 * The Chinese text of a notice, made when it is read or mailed: the notice itself holds only ids, codes and dates. Total:
 * data of an unknown shape still give a text that names its kind.
 */
export function noticeText(notice: StoredNotice, names: NoticeNames): NoticeText {
  const data = fields(notice.data);
  const text = words(notice, data, names);
  return { title: text.title, body: text.body === '' ? text.title : text.body };
}

function words(notice: StoredNotice, data: Fields, names: NoticeNames): NoticeText {
  const rungs = rungsOf(data['rungs']);
  if (typeof data['task'] === 'string') {
    const task = names.tasks.get(data['task']) ?? data['task'];
    return rungs.length > 0 ? taskRungs(notice, task, rungs, names) : taskEvent(data, task, names);
  }
  if (typeof data['sheet'] === 'string') return sheet(notice, data, rungs, names);
  if (typeof data['evaluation'] === 'string') return evaluation(data, names);
  return { title: KIND_TITLES[notice.kind], body: string(data['detail']) };
}

const KIND_TITLES: Record<NoticeKind, string> = {
  reminder: '到期提醒',
  escalation: '逾期升级提醒',
  'supervision-order': '督办',
  'sheet-request': '月报填报通知',
  'sheet-reminder': '月报催报',
  'takeover-summary': '任务启用汇总',
  assignment: '任务交办',
  request: '待办事项',
  decision: '办理结果',
  evaluation: '评估提醒',
  calendar: '工作日历提醒',
  operations: '系统运行提醒',
};

function taskRungs(notice: StoredNotice, task: string, rungs: RungData[], names: NoticeNames): NoticeText {
  const last = rungs.at(-1) as RungData;
  const title = `${rungTitle(last, names)}：${shortened(task)}`;
  const lines = rungs.map((rung) => `${rungTitle(rung, names)}${belated(rung, notice.at)}`);
  return { title, body: [`任务：${task}`, ...lines.map((line) => `· ${line}`)].join('\n') };
}

/** `before-7`, `due-day`, `after-15` on an item `period/…`, `claim`, `verify/…`, `order/…` or `sub/…`. */
function rungTitle({ item, rung, deadline }: RungData, names: NoticeNames): string {
  const [kind = '', first = '', second = ''] = item.split('/');
  const on = dateText(deadline);
  const days = Number(/^(?:before|after)-(\d+)$/.exec(rung)?.[1] ?? 0);
  const period = periodText(first);
  const subject =
    {
      claim: '认领期限',
      verify: `${names.departments.get(second) ?? second}${period}提请办结的核查期限`,
      order: '督办单回复期限',
      sub: '节点期限',
      period: `${period}办理期限`,
    }[kind] ?? '期限';
  if (rung.startsWith('before-')) return `${subject}将于${on}届满（提前${days}天提醒）`;
  if (rung === 'due-day') return `${subject}今日（${on}）届满`;
  if (rung === 'after-1') return `${subject}已过（${on}）`;
  if (rung.startsWith('after-')) return `${subject}（${on}）已过${days}个工作日`;
  return `${subject}为${on}`;
}

function belated({ dueAt }: RungData, at: Instant): string {
  return at - dueAt > BELATED_MS ? `（本应于${moment(dueAt)}提醒）` : '';
}

/** `2025年6月30日 09:00` */
function moment(at: Instant): string {
  return `${dateText(civilDate(at))} ${isoShanghai(at).slice(11, 16)}`;
}

function taskEvent(data: Fields, task: string, names: NoticeNames): NoticeText {
  const event = string(data['event']);
  const period = periodText(string(data['period']));
  const department = names.departments.get(string(data['department'])) ?? string(data['department']);
  const approved = data['outcome'] === 'approved' || data['outcome'] === 'upheld';
  const what = taskEventWords(event, { data, period, department, approved });
  return { title: `${what}：${shortened(task)}`, body: `${what}。\n任务：${task}` };
}

interface EventWords {
  data: Fields;
  period: string;
  department: string;
  approved: boolean;
}

function taskEventWords(event: string, { data, period, department, approved }: EventWords): string {
  switch (event) {
    case 'TaskAssigned':
      return '新任务交办，请认领';
    case 'ResponsibilityDisputed':
      return `${department}对责任分工提出异议，请裁定`;
    case 'DisputeDecided':
      return approved ? '责任分工异议成立' : '责任分工异议不成立';
    case 'CompletionSubmitted':
      return `${period}办结申请待部门审核`;
    case 'SubmissionApproved':
      return `${department}${period}提请办结，请核查`;
    case 'SubmissionRejected':
      return `${period}办结申请被部门退回`;
    case 'CompletionReturned':
      return `${period}核查未通过，已退回`;
    case 'CompletionVerified':
      return `${period}核查通过`;
    case 'ReportedUnfinished':
      return `${period}未完成，申请以${dateText(string(data['to']))}为新期限，请审批`;
    case 'ExtensionRequested':
      return `${department}申请${period}延期，请审批`;
    case 'ExtensionRaised':
      return `${department}的${period}延期申请逾期未批，升级审批`;
    case 'ExtensionDecided':
      return approved ? `${period}延期已批准` : `${period}延期未获批准，按原期限计`;
    case 'NewDateDecided':
      return approved ? `${period}新期限已批准` : `${period}新期限未获批准`;
    case 'DeadlineAdjusted':
      return `${period}期限调整为${dateText(string(data['to']))}`;
    case 'DepartmentsChanged':
      return `责任部门有调整（${string(data['documentNumber'])}）`;
    case 'TaskPhaseChanged':
      return `任务${phaseName(string(data['phase']))}（${string(data['documentNumber'])}）`;
    case 'SupervisionOrderSigned':
      return `收到督办单，请于${dateText(string(data['replyOn']))}前回复`;
    case 'SupervisionOrderReplied':
      return `${department}已回复督办单`;
    default:
      return '任务有新进展';
  }
}

function phaseName(phase: string): string {
  return phase === 'running' ? '已恢复' : ((TASK_PHASE_NAMES as Record<string, string | undefined>)[phase] ?? phase);
}

function sheet(notice: StoredNotice, data: Fields, rungs: RungData[], names: NoticeNames): NoticeText {
  const plan = names.plans.get(string(data['plan'])) ?? string(data['plan']);
  if (rungs.length > 0) {
    const lines = rungs.map((rung) => {
      const passed = rung.rung.startsWith('after-') ? '已过' : '届满';
      return `${periodText(string(rung.item))}月报报送期限${dateText(rung.deadline)}${passed}${belated(rung, notice.at)}`;
    });
    return { title: `${lines.at(-1) ?? ''}：${shortened(plan)}`, body: [`计划：${plan}`, ...lines].join('\n') };
  }
  const month = periodText(string(data['month']));
  const title = sheetEventWords(string(data['event']), data, month);
  return { title: `${title}：${shortened(plan)}`, body: `${title}。\n计划：${plan}` };
}

function sheetEventWords(event: string, data: Fields, month: string): string {
  switch (event) {
    case 'SheetOpened':
      return handoverWords(data);
    case 'SheetRequested':
      return `请填报${month}月报（${number(data['owed'])}项任务，${dateText(string(data['dueOn']))}前报送）`;
    case 'SheetSubmitted':
      return `${month}月报待审核`;
    case 'SheetReturned':
      return `${month}月报被退回`;
    case 'SheetApproved':
      return `${month}月报已审核`;
    case 'HandoverUnanswered':
      return `补录期限已过，尚有${number(data['unanswered'])}项任务未补录`;
    default:
      return '月报有新进展';
  }
}

function handoverWords(data: Fields): string {
  const owed = [
    ...count(data['beforeIssue'], '项印发前到期，须补报完成情况'),
    ...count(data['beforeGoLive'], '项启用前到期，须补录'),
    ...count(data['declaredDone'], '项自报完成，须提交佐证'),
  ];
  const all = `计划自${dateText(string(data['goLive']))}启用，本部门共${number(data['assigned'])}项任务`;
  return owed.length === 0 ? all : `${all}，其中${owed.join('；')}`;
}

function evaluation(data: Fields, names: NoticeNames): NoticeText {
  const plan = names.plans.get(string(data['plan'])) ?? string(data['plan']);
  const kind = data['evaluation'] === 'final' ? '终期评估' : '中期评估';
  const on = dateText(string(data['on']));
  const stage = string(data['stage']);
  const what =
    {
      start: `${kind}自${on}启动`,
      'as-of': `${kind}数据截至${on}`,
      'self-assessment': `请于${on}前提交${kind}自评`,
      deliver: `${kind}应于${on}完成`,
    }[stage] ?? `${kind}有新进展`;
  return { title: `${what}：${shortened(plan)}`, body: `${what}。\n计划：${plan}` };
}

/** Who a mailbox is, for the head of a list or a mail. */
export function mailboxText(to: Mailbox, names: Pick<NoticeNames, 'departments'>): string {
  const department = names.departments.get(to.department);
  return department === undefined ? ROLE_NAMES[to.role] : `${department} · ${ROLE_NAMES[to.role]}`;
}

/** The ids that a notice's text needs names for. */
export function noticeIds(notice: Pick<StoredNotice, 'data' | 'to'>): {
  departments: string[];
  tasks: string[];
  plans: string[];
} {
  const data = fields(notice.data);
  const verifying = rungsOf(data['rungs']).flatMap(({ item }) => {
    const [kind, , department] = item.split('/');
    return kind === 'verify' && department !== undefined ? [department] : [];
  });
  return {
    departments: [notice.to.department, ...texts(data['department']), ...verifying],
    tasks: texts(data['task']),
    plans: texts(data['plan']),
  };
}

type Fields = Record<string, Json | undefined>;

function fields(data: Json | undefined): Fields {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
}

/** A sheet's rungs name their month where a task's name their item. */
function rungsOf(data: Json | undefined): RungData[] {
  if (!Array.isArray(data)) return [];
  return data.map((entry) => {
    const rung = fields(entry);
    return {
      item: string(rung['item'] ?? rung['month']),
      rung: string(rung['rung']),
      deadline: string(rung['deadline']),
      dueAt: number(rung['dueAt']),
    };
  });
}

function count(value: Json | undefined, what: string): string[] {
  return number(value) > 0 ? [`${number(value)}${what}`] : [];
}

function string(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function texts(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : [];
}
