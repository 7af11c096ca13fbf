import { BUREAU, type Json, type NoticeKind, type Role } from '../decider.ts';
import { isoShanghai } from '../working-time/instants.ts';
import type { RehearsedNotice } from './rehearse.ts';

/** One line of a rehearsal, for people and for programs. */
export interface RehearsedItem {
  /** ISO with +08:00. */
  at: string;
  kind: NoticeKind;
  /** The task's numbers as written and its sentence; null where it is about a sheet, a handover or an evaluation. */
  task: string | null;
  path: string[];
  /** 部门/岗位, as people read it. */
  to: string;
  department: string;
  role: Role;
  /** What it says, in short Chinese. */
  detail: string;
  /** The entity that sends it, and the notice's parameters. */
  entity: string;
  data: Json;
}

const ROLE_NAMES: Record<Role, string> = {
  coordinator: '联络员',
  head: '负责人',
  officer: '承办人员',
  dispatcher: '派单员',
  'supervising-office': '督办岗',
  inspectorate: '督察岗',
  'case-centre': '案审岗',
  'review-group': '复核岗',
  deputy: '分管局领导',
  director: '局领导',
  'director-office': '局办公室',
  auditor: '监督员',
  administrator: '管理员',
};

const KIND_NAMES: Record<NoticeKind, string> = {
  reminder: '到期提醒',
  escalation: '逾期上报',
  'supervision-order': '督办单',
  'sheet-request': '月报通知',
  'sheet-reminder': '月报催报',
  'takeover-summary': '接管汇总',
  assignment: '交办',
  request: '待办',
  decision: '结果通知',
  evaluation: '评估节点',
  calendar: '日历变更',
  operations: '运行提示',
};

const STAGES: Record<string, string> = {
  start: '启动评估',
  'as-of': '数据截止',
  'self-assessment': '自评报送',
  deliver: '报送局党组',
};

export function rehearsedItem(
  { at, entity, notice }: RehearsedNotice,
  task: (id: string) => { path: string[]; text: string } | null,
  departmentName: (department: string) => string,
): RehearsedItem {
  const about = task(entity);
  const { department, role } = notice.to;
  return {
    at: isoShanghai(at),
    kind: notice.kind,
    task: about === null ? null : `${about.path.join('')} ${about.text}`,
    path: about?.path ?? [],
    to: department === BUREAU ? ROLE_NAMES[role] : `${departmentName(department)}${ROLE_NAMES[role]}`,
    department: departmentName(department),
    role,
    detail: detailOf(notice.kind, notice.data),
    entity,
    data: notice.data,
  };
}

function detailOf(kind: NoticeKind, data: Json): string {
  const name = KIND_NAMES[kind];
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return name;
  if (Array.isArray(data['rungs'])) {
    const dates = data['rungs'].map((rung) =>
      rung !== null && typeof rung === 'object' && !Array.isArray(rung) ? String(rung['deadline'] ?? '') : '',
    );
    return `${name}（${[...new Set(dates)].filter((date) => date !== '').join('、')}到期）`;
  }
  if (data['event'] === 'HandoverUnanswered') return `${name}：${String(data['unanswered'])}项应补录而未补录`;
  if (kind === 'evaluation') return `${name}：${STAGES[String(data['stage'])] ?? ''}（${String(data['on'])}）`;
  if (kind === 'sheet-request') return `${name}：${String(data['month'])}，${String(data['dueOn'])}前报`;
  if (kind === 'takeover-summary')
    return `${name}：任务${String(data['assigned'])}项，印发前到期${String(data['beforeIssue'])}项，启用前到期${String(data['beforeGoLive'])}项，自报完成${String(data['declaredDone'])}项`;
  return name;
}
