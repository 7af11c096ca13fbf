/**
 * The words that stand before a colon in an annotation. They are built from a few parts (牵头 + 责任 + 单位), so they are
 * matched as patterns on the few characters before the colon, never listed whole.
 */
export type LabelRole = 'lead' | 'responsible' | 'support' | 'deadline' | 'other' | 'task';

export type Label = { role: LabelRole; length: number; strong: boolean };

const BODY =
  '(?:单位|部门|科室|处室|股室|室所|站所|主体|机构|大队|中队|队伍|镇街|街镇|街道|方|科|处|局|科队|处队|组|专班|司局)';
const BODIES = `(?:${BODY}(?:(?:\\/|、|和|及|或)?${BODY})?(?:\\([^()]{1,8}\\))?(?:名称)?)`;

const PATTERNS: readonly (readonly [LabelRole, RegExp])[] = [
  [
    'lead',
    new RegExp(
      `(?:总?牵头|主牵头|主责|主办|主要责任|第一责任|主要负责|主要承办|主体责任|首责|主导|主管责任)(?:责任|负责|实施|承办|落实|推进|组织)?${BODIES}?$`,
      'u',
    ),
  ],
  [
    'responsible',
    new RegExp(
      `(?:(?:责任人|责任领导)(?:及|和|、|\\/))?(?:其他|其它|其余|相关|有关)?(?:责任|承办|落实|实施|负责|执行|承担|具体责任|具体落实|具体实施|具体承办|推进|组织|完成|整改|共同责任|直接责任)(?:责任|落实|负责|实施)?${BODIES}(?:(?:及|和|、|与|\\/)(?:责任人|负责人|责任领导|完成时限|完成时间|时限|人员|联系人|分工|任务分工))?$`,
      'u',
    ),
  ],
  ['responsible', /(?:责任分工|任务分工|职责分工|工作分工|部门分工|分工单位|分工负责|分工|责任归属)$/u],
  [
    'support',
    new RegExp(
      `(?:协同配合|协作配合|配合|协同|协办|参与|参加|协助|协作|支持|会同|会办|联动|共同参与|配合落实|配合实施)(?:责任|实施|推进|落实|负责)?${BODIES}?$`,
      'u',
    ),
  ],
  [
    'deadline',
    /(?:计划|预计|拟|预期|整改|办理|办结|工作|推进|落实|实施|任务|目标|最终|总体|具体|要求|建设|进度|整治|创建|达标|销号|推动|最迟|治理)?(?:完成|竣工|建成|投用|起止|截止|截至|办结|推进|实施|整改|达标|销号|结束|进度)?(?:时限|时间|期限|节点|日期|进度|时段|时效|周期|年限)(?:要求|节点|安排|进度|计划|期限|限制|表|点|进程|及要求|和要求)?(?:\([^()]{1,8}\))?$/u,
  ],
  ['deadline', /(?:进度安排|进度要求|时序进度|何时完成|完成节点|序时进度|完成年度|完成年份|实施年度)$/u],
  [
    'other',
    /(?:责任|分管|牵头|包保|包联|挂钩|联系|主管|督办|配合|主要|直接|第一|具体|经办|市|区|县|局)?(?:领导|负责人|责任人|联系人|经办人|联络员|人员|责任领导|分管领导|局领导|县领导|区领导|市领导|责任区领导|电话|联系电话|联系方式)$/u,
  ],
  [
    'other',
    new RegExp(
      `(?:督办|监督|督导|督查|考核|评价|指导|验收|监管|审核|报送|主送|抄送|发文|印发|制定|主管|来文|归口|业务指导|行业主管)${BODIES}$`,
      'u',
    ),
  ],
  [
    'other',
    /(?:工作目标|整改目标|整改标准|整改要求|整改成效|年度目标|目标要求|任务目标|目标任务|绩效目标|预期目标|总体目标|目标|成果|预期成果|成果形式|工作成果|完成标志|备注|说明|依据|任务来源|来源|验收标准|考核指标|量化指标|工作标准|标准|完成情况|进展情况|整改情况|工作要求|资金来源|资金|投资|预算|经费|注|完成形式|呈现形式|工作成效|预期效果|存在问题|反馈问题|问题|问题描述|突破点|创新点)$/u,
  ],
  [
    'task',
    /(?:工作|主要|具体|重点|整改|任务|推进|实施|落实|年度|改革)?(?:措施|举措|内容|任务|任务内容|工作任务|事项|任务措施|任务举措|工作举措|工作内容|工作措施)$/u,
  ],
];

/** Every label ends in one of these: most colons are told to follow none without trying a pattern. */
const LAST_CHARACTERS =
  '位门室所站体构队伍街镇道方科处组班局司)称人限导员工分归属进落实合同办与加助作持会动头责任主首间点期度段效周求排划制表程节份话式标果注源准况金资算费题施举容务项志由据明备';

/** The longest label that ends right before index `end` of a folded text, or null. */
export function labelBefore(f: string, end: number): Label | null {
  const final = f.charAt(end - 1);
  if (final === '为' || final === '是') {
    // 责任单位为:甲
    const label = labelBefore(f, end - 1);
    return label === null || !label.strong ? null : { ...label, length: label.length + 1 };
  }
  if (final === '' || (!LAST_CHARACTERS.includes(final) && !f.slice(Math.max(0, end - 5), end).includes('\uFFFD')))
    return null;
  const window = f.slice(Math.max(0, end - 22), end);
  let best: Label | null = null;
  for (const [role, pattern] of PATTERNS) {
    const match = pattern.exec(window);
    if (match === null || (best !== null && match[0].length <= best.length)) continue;
    best = { role, length: match[0].length, strong: isStrong(role, match[0]) };
  }
  return best ?? (window.includes('\uFFFD') ? damagedLabel(window) : null);
}

/** 时间: or 目标: alone also stands in prose; 完成时限: does not. */
function isStrong(role: LabelRole, word: string): boolean {
  if (role === 'other' || role === 'task') return false;
  if (role === 'deadline') return word.length >= 4 || word === '时限';
  return word.length >= 4;
}

const COMMON_LABELS: readonly (readonly [string, LabelRole])[] = [
  ['责任部门', 'responsible'],
  ['责任单位', 'responsible'],
  ['责任科室', 'responsible'],
  ['责任处室', 'responsible'],
  ['承办单位', 'responsible'],
  ['承办部门', 'responsible'],
  ['落实单位', 'responsible'],
  ['实施单位', 'responsible'],
  ['牵头单位', 'lead'],
  ['牵头部门', 'lead'],
  ['牵头科室', 'lead'],
  ['牵头处室', 'lead'],
  ['主责单位', 'lead'],
  ['主责部门', 'lead'],
  ['主办单位', 'lead'],
  ['配合单位', 'support'],
  ['配合部门', 'support'],
  ['配合科室', 'support'],
  ['协同单位', 'support'],
  ['协办单位', 'support'],
  ['参与单位', 'support'],
  ['完成时限', 'deadline'],
  ['完成时间', 'deadline'],
  ['完成期限', 'deadline'],
  ['时限要求', 'deadline'],
  ['时间节点', 'deadline'],
  ['时间安排', 'deadline'],
];

/** A label with one or two characters lost (责任�门) is still told from its neighbours. */
function damagedLabel(window: string): Label | null {
  for (const [label, role] of COMMON_LABELS) {
    const tail = window.slice(-label.length);
    if (tail.length !== label.length) continue;
    let same = 0;
    let lost = 0;
    for (let i = 0; i < label.length; i += 1) {
      if (tail.charAt(i) === label.charAt(i)) same += 1;
      else if (tail.charAt(i) === '\uFFFD') lost += 1;
    }
    if (same + lost === label.length && lost <= 2 && same >= 2) return { role, length: label.length, strong: true };
  }
  return null;
}

/** A label without a colon at the very start of a text (责任单位 区司法局), or null. */
export function labelAtStart(f: string): Label | null {
  for (let length = Math.min(10, f.length); length >= 2; length -= 1) {
    const label = labelBefore(f.slice(0, length), length);
    if (label !== null && label.length === length && (label.strong || length === f.length)) return label;
  }
  return null;
}
