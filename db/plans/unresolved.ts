import type { ItemFlag, planItems, plans } from '../schema/plans.ts';
import type { PlanName } from './department-directory.ts';
import type { UnresolvedProblem } from './plan-refused.ts';

type Plan = typeof plans.$inferSelect;
type Item = typeof planItems.$inferSelect;

const REASONS: Record<ItemFlag, string> = {
  repaired: '完成时限是修复后读出的',
  'lead-assumed': '正文未写明牵头单位，暂以列第一位者为牵头',
  'open-ended': '责任部门以“等”或“有关部门”结尾，范围待明确',
  'no-department': '没有责任部门',
  'no-deadline': '没有完成时限，按长期任务处理',
  problem: '读取时对这一项有疑问',
};

/**
 * What a person has not decided yet, in the order of the text. Everything but an empty plan can be accepted as it stands
 * (待确认), because the command line publishes a plan with names as written.
 */
export function unresolvedProblems(
  plan: Plan,
  items: readonly Item[],
  names: readonly PlanName[],
): UnresolvedProblem[] {
  const kept = items.filter((item) => item.state === 'kept');
  const unresolved: UnresolvedProblem[] = [];
  if (kept.length === 0) {
    unresolved.push({
      kind: 'source',
      ref: plan.id,
      line: null,
      code: 'no-task',
      detail: '计划中没有任务',
      blocking: true,
    });
  }
  for (const item of kept) {
    if (item.confirmedAt !== null) continue;
    for (const flag of item.flags) {
      if (flag === 'problem') continue;
      unresolved.push({
        kind: 'item',
        ref: item.id,
        line: item.sourceLine,
        code: flag,
        detail: REASONS[flag],
        blocking: false,
      });
    }
  }
  const used = new Set(kept.flatMap((item) => item.content.departments));
  for (const name of names) {
    if (!used.has(name.name) || name.departmentId !== null || name.basis !== 'proposed') continue;
    unresolved.push({
      kind: 'department',
      ref: name.name,
      line: null,
      code: 'department-unknown',
      detail: `没有名为“${name.name}”的部门，发布时将按原名新建`,
      blocking: false,
    });
  }
  // Who confirmed every item has been through the whole text: what concerns the plan's head has no item of its own.
  if (kept.length > 0 && kept.every((item) => item.confirmedAt !== null)) return unresolved;
  for (const problem of plan.problems) {
    const item = itemAtLine(items, problem.line);
    if (item !== undefined && (item.confirmedAt !== null || item.state !== 'kept')) continue;
    unresolved.push({
      kind: 'source',
      ref: String(problem.line),
      line: problem.line,
      code: problem.code,
      detail: problem.detail,
      blocking: false,
    });
  }
  return unresolved;
}

/** The item that the line belongs to: a sentence and its annotation may run over several lines. */
function itemAtLine(items: readonly Item[], line: number): Item | undefined {
  let found: Item | undefined;
  for (const item of items) {
    if (item.sourceLine === null || item.sourceLine > line) continue;
    if (found?.sourceLine == null || item.sourceLine > found.sourceLine) found = item;
  }
  return found;
}
