import type { Answer } from '../api/request.ts';

export type Plan = Answer<'GET /api/plans/{id}'>;
export type PlanItem = Plan['items'][number];
export type PlanName = Plan['departments'][number];

export const FLAG_WORDS: Record<PlanItem['flags'][number], string> = {
  repaired: '时限缺字，已修复',
  'lead-assumed': '牵头为推定',
  'open-ended': '部门名单以“等”结尾',
  'no-department': '没有责任部门',
  'no-deadline': '没有时限',
  problem: '原文有疑问',
};

export const KIND_WORDS: Record<PlanName['kind'], string> = {
  department: '部门',
  group: '群组',
  'task-force': '专班',
};

export const BASIS_WORDS: Record<PlanName['basis'], string> = {
  exact: '同名',
  alias: '别名',
  proposed: '待确认',
  chosen: '已指定',
};

/** What a deadline means, in words, beside how the plan words it. */
export function deadlineMeaning(deadline: PlanItem['deadline']): string {
  switch (deadline.kind) {
    case 'date':
      return deadline.date ?? '';
    case 'recurring':
      return { year: '每年一期', quarter: '每季度一期', month: '每月一期' }[deadline.every ?? 'year'];
    case 'ongoing':
      return '长期，无到期日';
    case 'declared-done':
      return '自报完成，须核实';
    case 'none':
      return '没有时限';
  }
}

/** Whether a person has still to look at the item. */
export function isOpenItem(item: PlanItem): boolean {
  return item.state === 'kept' && item.flags.length > 0 && item.confirmedAt === null;
}
