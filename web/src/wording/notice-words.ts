import type { Answer } from '../api/request.ts';

export type NoticeKind = Answer<'GET /api/inbox'>['items'][number]['kind'];

export const NOTICE_KIND_WORDS: Record<NoticeKind, string> = {
  reminder: '到期提醒',
  escalation: '逾期上报',
  'supervision-order': '督办',
  'sheet-request': '月报通知',
  'sheet-reminder': '月报催报',
  'takeover-summary': '交办汇总',
  assignment: '任务交办',
  request: '待审批',
  decision: '审批结果',
  evaluation: '评估',
  calendar: '日历变动',
  operations: '系统',
};

export const NOTICE_KINDS = Object.keys(NOTICE_KIND_WORDS) as NoticeKind[];
