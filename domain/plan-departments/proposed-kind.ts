/** What a name that no department bears yet is likely to be; a person decides (DOMAIN 1, 2: 待确认). */
export type ProposedKind = 'department' | 'group' | 'task-force';

const TASK_FORCE = /(?:专班|专项工作组|工作专组|攻坚组|领导小组|工作小组|专项组)$/u;
// 各处室, 各支(大)队, 各地区; 有关部门 and 相关单位 name nobody in particular but whoever the bureau puts behind them.
const GROUP = /^(?:各|全体|所有|局属各|局机关各)|(?:有关|相关|其他|各)(?:部门|单位|处室|科室|地区)$/u;

export function proposedKind(name: string): ProposedKind {
  if (TASK_FORCE.test(name)) return 'task-force';
  if (GROUP.test(name)) return 'group';
  return 'department';
}

/** The form in which names are compared: full- and half-width alike, without white space. */
export function comparableName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '');
}
