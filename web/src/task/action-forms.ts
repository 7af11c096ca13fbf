import type { Action, ActionName } from './task-types.ts';

/** One field of an action's form. `name` is the name in the command's body. */
export type Field =
  | { kind: 'text'; name: string; label: string; hint?: string; optional?: boolean }
  | { kind: 'line'; name: string; label: string; hint?: string; optional?: boolean }
  | { kind: 'date'; name: string; label: string; hint?: string; optional?: boolean; when: 'past' | 'future' }
  | { kind: 'choice'; name: string; label: string; options: { value: string; label: string }[] }
  | { kind: 'files'; name: string; label: string; hint?: string; optional?: boolean }
  | { kind: 'file'; name: string; label: string }
  | { kind: 'department'; name: string; label: string; hint?: string }
  | { kind: 'breakdown' }
  | { kind: 'indicators' }
  | { kind: 'responsibilities' }
  | { kind: 'sub-item' }
  | { kind: 'fact' };

export interface ActionForm {
  /** On the button, where the action's own summary would be too long. */
  label: string;
  /** What will happen, said before it happens. */
  intro: string;
  submit: string;
  done: string;
  fields: Field[];
  /** Which of the action's own facts belong to the body. */
  about: ('department' | 'period' | 'order' | 'item')[];
  /** First among the buttons; `danger` asks for a second look by its colour. */
  rank: 'first' | 'second' | 'rest';
  danger?: boolean;
}

const outcome = (approved: string, refused: string): Field => ({
  kind: 'choice',
  name: 'outcome',
  label: '决定',
  options: [
    { value: 'approved', label: approved },
    { value: 'refused', label: refused },
  ],
});
const reason: Field = { kind: 'text', name: 'text', label: '理由' };
const documentNumber = (optional = false): Field => ({
  kind: 'line',
  name: 'documentNumber',
  label: '文号',
  hint: '如：示城管〔2026〕12号',
  optional,
});

export const ACTION_FORMS: Record<ActionName, ActionForm> = {
  claim: {
    label: '认领',
    intro: '确认由本部门承担这项任务。认领后请分解措施和节点。',
    submit: '认领',
    done: '已认领',
    fields: [],
    about: ['department'],
    rank: 'first',
  },
  dispute: {
    label: '提出异议',
    intro: '认为这项任务不应由本部门承担时提出，由综合协调处裁定；裁定前任务仍在本部门名下。',
    submit: '提交异议',
    done: '异议已提交',
    fields: [reason],
    about: ['department'],
    rank: 'second',
  },
  decideDispute: {
    label: '裁定异议',
    intro: '异议成立的，可改由其他部门承担，或不再由该部门承担。',
    submit: '作出裁定',
    done: '已裁定',
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: '裁定',
        options: [
          { value: 'rejected', label: '不成立，仍由该部门承担' },
          { value: 'upheld', label: '成立' },
        ],
      },
      { kind: 'department', name: 'to', label: '改由哪个部门承担', hint: '只在异议成立时填写；不填则该部门退出' },
      documentNumber(true),
    ],
    about: ['department'],
    rank: 'first',
  },
  breakDown: {
    label: '分解任务',
    intro: '写明本部门的具体措施、标准和责任分工，并列出节点；节点到期前会提醒。再次分解会替换本部门未完成的节点。',
    submit: '提交分解',
    done: '分解已提交',
    fields: [{ kind: 'text', name: 'text', label: '措施、标准和分工' }, { kind: 'breakdown' }],
    about: ['department'],
    rank: 'second',
  },
  completeSubItem: {
    label: '节点完成',
    intro: '登记这个节点的实际完成日期。',
    submit: '登记完成',
    done: '节点已登记完成',
    fields: [{ kind: 'date', name: 'on', label: '完成日期', when: 'past' }],
    about: ['department', 'item'],
    rank: 'rest',
  },
  confirmSubItem: {
    label: '设子项',
    intro: '把正文中的时限或指标设为有时限的子项，到期前提醒各责任部门。',
    submit: '确认设为子项',
    done: '已设为子项',
    fields: [{ kind: 'sub-item' }],
    about: [],
    rank: 'rest',
  },
  reportProgress: {
    label: '报告进展',
    intro: '平时的进展可随时报告；每月仍以月报为准。',
    submit: '提交进展',
    done: '进展已报告',
    fields: [
      {
        kind: 'choice',
        name: 'status',
        label: '进度',
        options: [
          { value: 'normal', label: '正常' },
          { value: 'lagging', label: '滞后' },
          { value: 'risk', label: '有风险' },
        ],
      },
      { kind: 'text', name: 'text', label: '进展情况' },
      { kind: 'indicators' },
    ],
    about: ['department'],
    rank: 'second',
  },
  attachEvidence: {
    label: '上传佐证',
    intro: '佐证会长期保存，提请办结时可以引用。',
    submit: '保存佐证',
    done: '佐证已保存',
    fields: [
      { kind: 'file', name: 'file', label: '文件' },
      { kind: 'date', name: 'on', label: '材料日期', when: 'past', optional: true },
    ],
    about: ['department', 'period'],
    rank: 'second',
  },
  submit: {
    label: '提请办结',
    intro: '提交后先由部门负责人审核，再由综合协调处核查销号；审核前可以撤回。',
    submit: '提交办结',
    done: '已提交，待部门负责人审核',
    fields: [
      { kind: 'text', name: 'text', label: '完成情况' },
      { kind: 'files', name: 'evidence', label: '佐证材料' },
      {
        kind: 'date',
        name: 'completedOn',
        label: '实际完成日期',
        hint: '只在补录启用前完成的工作、或证实自报完成时填写，以佐证材料的日期为准',
        when: 'past',
        optional: true,
      },
    ],
    about: ['department', 'period'],
    rank: 'first',
  },
  withdrawSubmission: {
    label: '撤回办结申请',
    intro: '撤回后可修改重新提交。',
    submit: '撤回',
    done: '已撤回',
    fields: [],
    about: ['department', 'period'],
    rank: 'second',
  },
  approveSubmission: {
    label: '审核通过',
    intro: '通过后送综合协调处核查。',
    submit: '审核通过',
    done: '已通过，待核查',
    fields: [],
    about: ['department', 'period'],
    rank: 'first',
  },
  rejectSubmission: {
    label: '审核退回',
    intro: '退回联络员补充后重新提交。',
    submit: '退回',
    done: '已退回',
    fields: [{ kind: 'text', name: 'text', label: '退回理由', hint: '写清还缺什么，联络员会看到' }],
    about: ['department', 'period'],
    rank: 'first',
    danger: true,
  },
  verify: {
    label: '核查销号',
    intro: '核查通过即按提交的完成日期计入；所有应办结部门都通过后任务销号。',
    submit: '核查通过',
    done: '已核查通过',
    fields: [
      {
        kind: 'date',
        name: 'completedOn',
        label: '认定的完成日期',
        hint: '只在补录的工作需要改定日期时填写',
        when: 'past',
        optional: true,
      },
    ],
    about: ['department', 'period'],
    rank: 'first',
  },
  returnSubmission: {
    label: '核查退回',
    intro: '退回后任务回到推进中，原期限不变。',
    submit: '退回',
    done: '已退回',
    fields: [{ kind: 'text', name: 'text', label: '退回理由', hint: '写清不符合之处和需要补充的材料' }],
    about: ['department', 'period'],
    rank: 'first',
    danger: true,
  },
  reportUnfinished: {
    label: '报告未完成',
    intro: '印发前已到期而尚未完成的，报告并提出新期限，由分管局领导批准后计时。',
    submit: '提交',
    done: '已报告，待分管局领导批准新期限',
    fields: [{ kind: 'date', name: 'to', label: '新期限', when: 'future' }, reason],
    about: ['department', 'period'],
    rank: 'second',
  },
  decideNewDate: {
    label: '审批新期限',
    intro: '批准后按新期限计时，原期限保留在案。',
    submit: '作出决定',
    done: '已决定',
    fields: [outcome('批准', '不批准')],
    about: ['department', 'period'],
    rank: 'first',
  },
  requestExtension: {
    label: '申请延期',
    intro: '须在到期前申请。审批期间暂不算逾期；未获批准的，从原期限起算逾期。原期限和延期都会长期保留。',
    submit: '提交申请',
    done: '延期申请已提交',
    fields: [{ kind: 'date', name: 'to', label: '延期到', when: 'future' }, reason],
    about: ['department', 'period'],
    rank: 'second',
  },
  withdrawExtension: {
    label: '撤回延期申请',
    intro: '撤回后仍按原期限计时。',
    submit: '撤回',
    done: '已撤回',
    fields: [],
    about: ['department', 'period'],
    rank: 'second',
  },
  decideExtension: {
    label: '审批延期',
    intro: '第二次延期、或超过终期评估日期的，由局长办公会决定，并填写会议纪要。',
    submit: '作出决定',
    done: '已决定',
    fields: [
      outcome('同意延期', '不同意'),
      { kind: 'line', name: 'minutes', label: '会议纪要文号', hint: '局长办公会决定时填写', optional: true },
    ],
    about: ['department', 'period'],
    rank: 'first',
  },
  adjustDeadline: {
    label: '调整期限',
    intro: '只依文件调整。原期限保留，报表中两者并列。',
    submit: '调整',
    done: '期限已调整',
    fields: [{ kind: 'date', name: 'to', label: '新期限', when: 'future' }, documentNumber(), reason],
    about: ['period'],
    rank: 'rest',
  },
  changeDepartments: {
    label: '调整责任部门',
    intro: '只依文件调整。原部门的办理记录保留。',
    submit: '调整',
    done: '责任部门已调整',
    fields: [{ kind: 'responsibilities' }, documentNumber()],
    about: [],
    rank: 'rest',
  },
  nameGroupLead: {
    label: '定为牵头',
    intro: '群组牵头的任务明确由这个部门牵头并办结；不明确则各成员都办结后任务才算完成。',
    submit: '确认',
    done: '牵头部门已明确',
    fields: [documentNumber(true)],
    about: ['department'],
    rank: 'rest',
  },
  changePhase: {
    label: '中止、终止',
    intro: '须有文件依据；历史保留。',
    submit: '确认',
    done: '已登记',
    fields: [documentNumber(), { kind: 'text', name: 'text', label: '说明', optional: true }],
    about: ['item'],
    rank: 'rest',
    danger: true,
  },
  draftOrder: {
    label: '起草督办单',
    intro: '起草后由局领导签发，签发起计回复时限。',
    submit: '起草',
    done: '督办单已起草，待签发',
    fields: [],
    about: ['period'],
    rank: 'second',
  },
  signOrder: {
    label: '签发督办单',
    intro: '签发后通知责任部门，并开始计回复时限。',
    submit: '签发',
    done: '督办单已签发',
    fields: [],
    about: ['order'],
    rank: 'first',
  },
  replyToOrder: {
    label: '回复督办单',
    intro: '说明原因、补救措施和完成时间。',
    submit: '提交回复',
    done: '督办单已回复',
    fields: [{ kind: 'text', name: 'text', label: '回复' }],
    about: ['order', 'department'],
    rank: 'first',
  },
  closeOrder: {
    label: '办结督办单',
    intro: '确认督办事项已经落实。',
    submit: '办结',
    done: '督办单已办结',
    fields: [],
    about: ['order'],
    rank: 'second',
  },
  correct: {
    label: '更正记录',
    intro: '原记录不会改动，更正作为新的一条记入历程。',
    submit: '记入更正',
    done: '更正已记入',
    fields: [
      { kind: 'fact' },
      { kind: 'text', name: 'text', label: '更正内容' },
      { kind: 'date', name: 'completedOn', label: '更正后的完成日期', when: 'past', optional: true },
    ],
    about: ['period'],
    rank: 'rest',
  },
};

const PHASES: Record<string, { label: string; intro: string; danger: boolean }> = {
  suspended: { label: '中止', intro: '中止期间不计时、不提醒，可以恢复。', danger: true },
  running: { label: '恢复', intro: '恢复办理，重新计时。', danger: false },
  stopped: { label: '终止', intro: '终止后不再办理，也不计入完成率。此项不可恢复。', danger: true },
};

/** The form of one action, with what it is about in its words. */
export function formOf(action: Action): ActionForm {
  const form = ACTION_FORMS[action.name];
  const phase = action.name === 'changePhase' ? PHASES[action.item ?? ''] : undefined;
  if (phase === undefined) return form;
  return {
    ...form,
    label: `${phase.label}任务`,
    intro: `${phase.intro}须有文件依据，历史保留。`,
    submit: phase.label,
    done: `任务已${phase.label}`,
    danger: phase.danger,
  };
}
