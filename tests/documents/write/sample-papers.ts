import type { ExtensionPaper, HandoverPaper, OrderPaper } from '../../../domain/papers/paper.ts';

export const PLAN = { title: '执法质量提升行动计划（2026—2027年）', documentNumber: '示城管〔2026〕12号' };
export const TASK = { number: '二（一）1第1段', text: '组织全体执法人员参加培训，每人每年不少于60学时。' };

export function handover(rows: number, change: Partial<HandoverPaper> = {}): HandoverPaper {
  return {
    kind: 'handover',
    issuer: '综合协调处',
    plan: PLAN,
    department: '政策法规处',
    issuedOn: '2026-11-02',
    claimBy: '2026-11-09',
    tasks: Array.from({ length: rows }, (_, at) => ({
      ...TASK,
      number: `二（一）${at + 1}`,
      part: at % 2 === 0 ? 'lead' : 'support',
      others: ['教育训练中心'],
      deadline: '2027年6月30日',
    })),
    ...change,
  };
}

export function order(change: Partial<OrderPaper> = {}): OrderPaper {
  return {
    kind: 'order',
    issuer: '综合协调处',
    plan: PLAN,
    task: TASK,
    departments: ['政策法规处'],
    period: '',
    originalDue: '2026-09-30',
    due: '2026-10-31',
    daysLate: 12,
    signedOn: '2026-11-02',
    replyBy: '2026-11-09',
    lastWord: '培训大纲正在征求意见。',
    reply: null,
    ...change,
  };
}

export function extension(change: Partial<ExtensionPaper> = {}): ExtensionPaper {
  return {
    kind: 'extension',
    plan: PLAN,
    task: TASK,
    department: '政策法规处',
    period: '2026年度',
    originalDue: '2026-12-31',
    due: '2026-12-31',
    earlier: [],
    request: { on: '2026-11-20', to: '2027-02-28', reason: '师资名单须重新确定。\n拟于明年二月底前完成。' },
    level: '分管局领导',
    decision: null,
    ...change,
  };
}
