import type { Recorded } from '../decider.ts';
import { dateText, periodText, REPORT_STATUS_NAMES, ROLE_NAMES, TASK_PHASE_NAMES } from '../wording.ts';
import type { TaskFact } from './task-facts.ts';

/** The names that an event's ids stand for. */
export interface EventNames {
  departments: ReadonlyMap<string, string>;
}

/**
 * One line of a task's timeline in Chinese: what happened, without who and when, which the event states itself. Free text
 * and files are ids in the event and are shown beside the line.
 */
export function taskEventText(event: Recorded<TaskFact>, names: EventNames): string {
  const dep = (id: string): string => names.departments.get(id) ?? id;
  const by = (department: string, what: string): string => `${dep(department)}${what}`;
  switch (event.type) {
    case 'TaskAssigned': {
      const all = event.data.responsibilities.map((one) => dep(one.department)).join('、');
      return `任务交办，责任部门：${all}`;
    }
    case 'TaskClaimed':
      return by(event.data.department, '认领任务');
    case 'ResponsibilityDisputed':
      return by(event.data.department, '对责任分工提出异议');
    case 'DisputeDecided': {
      const { department, outcome, to } = event.data;
      if (outcome === 'rejected') return `${dep(department)}的异议不成立`;
      return `${dep(department)}的异议成立${to === null ? '，不再承担本任务' : `，改由${dep(to)}承担`}`;
    }
    case 'TaskBrokenDown': {
      const { department, measures, milestones } = event.data;
      return by(department, `完成任务分解：${measures}项措施、${milestones.length}个节点`);
    }
    case 'ProgressReported':
      return by(event.data.department, `报告进展：${REPORT_STATUS_NAMES[event.data.status]}`);
    case 'EvidenceAttached':
      return by(event.data.department, '上传佐证材料');
    case 'CompletionSubmitted': {
      const { department, period, completedOn, entered } = event.data;
      const done = `完成日期${dateText(completedOn)}`;
      return by(department, `${entered ? '补录' : '提请办结'}${inPeriod(period)}，${done}`);
    }
    case 'SubmissionWithdrawn':
      return by(event.data.department, `撤回办结申请${inPeriod(event.data.period)}`);
    case 'SubmissionApproved':
      return by(event.data.department, `负责人审核通过${inPeriod(event.data.period)}，待核查`);
    case 'SubmissionRejected':
      return by(event.data.department, `负责人退回办结申请${inPeriod(event.data.period)}`);
    case 'CompletionVerified': {
      const { department, period, completedOn, closes } = event.data;
      const closed = closes ? '，办结销号' : '';
      return `${dep(department)}的办结${inPeriod(period)}核查通过，完成日期${dateText(completedOn)}${closed}`;
    }
    case 'CompletionReturned':
      return `${dep(event.data.department)}的办结${inPeriod(event.data.period)}核查未通过，退回`;
    case 'VerificationBecameOverdue':
      return `对${dep(event.data.department)}${inPeriod(event.data.period)}的核查逾期`;
    case 'PeriodOpened':
      return `进入${periodText(event.data.period)}`;
    case 'PeriodBecameOverdue': {
      const passed = event.data.soft ? '未达原则性时限' : '逾期';
      return `${periodText(event.data.period)}${passed}（期限${dateText(event.data.due)}）`;
    }
    case 'ReportedUnfinished':
      return by(
        event.data.department,
        `报告未完成${inPeriod(event.data.period)}，申请新期限${dateText(event.data.to)}`,
      );
    case 'EntryWindowClosed':
      return `${periodText(event.data.period)}补录期限已过`;
    case 'NewDateDecided': {
      const { outcome, due } = event.data;
      return outcome === 'approved' && due !== null ? `新期限获准：${dateText(due)}` : '新期限未获批准';
    }
    case 'ExtensionRequested':
      return by(
        event.data.department,
        `申请延期${inPeriod(event.data.period)}至${dateText(event.data.to)}，报${ROLE_NAMES[event.data.level]}审批`,
      );
    case 'ExtensionWithdrawn':
      return by(event.data.department, `撤回延期申请${inPeriod(event.data.period)}`);
    case 'ExtensionRaised':
      return `延期申请逾期未批，升级至${ROLE_NAMES[event.data.level]}`;
    case 'ExtensionDecided': {
      const { outcome, from, to, level } = event.data;
      if (outcome === 'refused') return `${ROLE_NAMES[level]}未批准延期，仍以${dateText(from)}为期限`;
      return `${ROLE_NAMES[level]}批准延期：由${dateText(from)}延至${dateText(to)}`;
    }
    case 'DeadlineAdjusted': {
      const { from, to, documentNumber } = event.data;
      const moved = from === null ? '' : `由${dateText(from)}`;
      return `依${documentNumber}调整期限${inPeriod(event.data.period)}：${moved}改为${dateText(to)}`;
    }
    case 'DepartmentsChanged': {
      const all = event.data.responsibilities.map((one) => dep(one.department)).join('、');
      return `${CHANGE_REASONS[event.data.reason]}：责任部门为${all}${paper(event.data.documentNumber)}`;
    }
    case 'TaskPhaseChanged':
      return `任务${event.data.phase === 'running' ? '恢复' : TASK_PHASE_NAMES[event.data.phase]}${paper(event.data.documentNumber)}`;
    case 'SubItemConfirmed': {
      const { due } = event.data.item;
      return `确认子项${due === null ? '' : `，期限${dateText(due)}`}`;
    }
    case 'SubItemDone':
      return by(event.data.department, `完成子项（${dateText(event.data.on)}）`);
    case 'SubItemBecameOverdue':
      return '子项逾期';
    case 'RungsFired':
      return `发出提醒${event.data.notices.length}条`;
    case 'SupervisionOrderDrafted':
      return `起草督办单${inPeriod(event.data.period)}`;
    case 'SupervisionOrderSigned':
      return `督办单签发，${dateText(event.data.reply.on)}前回复`;
    case 'SupervisionOrderReplied':
      return by(event.data.department, '回复督办单');
    case 'SupervisionReplyBecameOverdue':
      return '督办单逾期未回复';
    case 'SupervisionOrderClosed':
      return '督办单办结';
    case 'FactCorrected':
      return `更正第${event.data.seq}条记录`;
    case 'TextRevised':
      return `计划修订，任务文字有变${paper(event.data.documentNumber)}`;
    case 'CalendarRevised':
      return `工作日历更新，期限重算（${event.data.reason}）：${event.data.moved.length}处变动`;
    case 'TaskRetired':
      return '更正期已过，任务归档';
    default:
      return unworded(event);
  }
}

/** A fact that was added without its words fails the compiler here; a newer one in the ledger still shows. */
function unworded(event: never): string {
  return `其他记录（${(event as { type: string }).type}）`;
}

const CHANGE_REASONS = {
  adjusted: '责任部门调整',
  renamed: '机构变动',
  'group-lead-named': '明确牵头部门',
  'plan-revised': '计划修订',
} as const;

function inPeriod(period: string): string {
  const name = periodText(period);
  return name === '' ? '' : `（${name}）`;
}

function paper(documentNumber: string): string {
  return documentNumber === '' ? '' : `（${documentNumber}）`;
}

/** What comes next by itself, in Chinese, from a timer's key (`task-tick.ts`). */
export function taskTimerText(key: string): string {
  const [kind = '', first = '', second = '', ...rest] = key.split('/');
  switch (kind) {
    case 'rung':
      return rungTimerText(first, second, rest);
    case 'open':
      return `进入${periodText(first)}`;
    case 'overdue':
      return `${periodText(first)}未办结则逾期`;
    case 'entry':
      return `${periodText(first)}补录期限届满`;
    case 'extension':
      return `延期申请未批则升级至${(ROLE_NAMES as Record<string, string | undefined>)[second] ?? second}`;
    case 'verify-overdue':
      return '核查期限届满';
    case 'sub-overdue':
      return '子项期限届满';
    case 'reply-overdue':
      return '督办单回复期限届满';
    case 'retire':
      return '更正期届满，任务归档';
    default:
      return '到时自动处理';
  }
}

/** `rung/period/2025/1/before-7`: item, deadline version, rung. */
function rungTimerText(item: string, second: string, rest: string[]): string {
  const rung = rest.at(-1) ?? second;
  const subject =
    { claim: '认领', period: `${periodText(second)}办理`, verify: '核查', order: '督办回复', sub: '子项' }[item] ?? '';
  const days = /^(before|after)-(\d+)$/.exec(rung);
  if (days === null) return `${subject}到期当日提醒`;
  return days[1] === 'before' ? `${subject}到期前${days[2]}天提醒` : `${subject}逾期提醒（第${days[2]}天）`;
}
