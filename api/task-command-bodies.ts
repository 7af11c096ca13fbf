import { Type, type TObject, type TSchema } from '@fastify/type-provider-typebox';
import type { SYSTEM_COMMANDS, TaskCommandName } from '../domain/task/task-commands.ts';
import { REPORT_STATUSES, SUB_ITEM_ORIGINS } from '../domain/task/task-state.ts';
import { CivilDateOrNull, CivilDateSchema, codes, IdSchema } from './schemas.ts';

/** Commands that a person may give to one task. Plans give `reviseText`, mergers of departments `renameDepartment`. */
export type OfferedCommandName = Exclude<
  TaskCommandName,
  (typeof SYSTEM_COMMANDS)[number] | 'reviseText' | 'renameDepartment'
>;

const TEXT_MAX = 5000;

/** Written by a person: the command carries the id of a sealed row instead. */
const Text = Type.String({ minLength: 1, maxLength: TEXT_MAX, pattern: String.raw`\S`, description: '文字说明' });
const Department = Type.String({ ...IdSchema, description: '代表的部门' });
const Period = Type.String({ minLength: 1, maxLength: 40, description: '办理期间' });
const DocumentNumber = Type.String({ minLength: 1, maxLength: 100, pattern: String.raw`\S`, description: '文号' });
const DocumentNumberOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 100 });
const IdOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 100 });
const Files = Type.Array(IdSchema, { maxItems: 100, uniqueItems: true, description: '已上传文件的 id' });
const Outcome = codes(['approved', 'refused'] as const);
const own = { department: Department };
const ownPeriod = { ...own, period: Period };

interface Offered {
  summary: string;
  fields: Record<string, TSchema>;
}

/** What the body of each command holds. A field that may be null or an empty list may be left out. */
export const OFFERED_COMMANDS: Record<OfferedCommandName, Offered> = {
  claim: { summary: '认领', fields: own },
  dispute: { summary: '提出异议', fields: { ...own, text: Text } },
  decideDispute: {
    summary: '裁定异议',
    fields: {
      ...own,
      outcome: codes(['upheld', 'rejected'] as const),
      to: IdOrNull,
      documentNumber: DocumentNumberOrNull,
    },
  },
  breakDown: {
    summary: '分解',
    fields: {
      ...own,
      text: Text,
      measures: Type.Integer({ minimum: 1, maximum: 200 }),
      milestones: Type.Array(Type.Object({ on: CivilDateSchema, text: Text }, { additionalProperties: false }), {
        maxItems: 100,
      }),
    },
  },
  completeSubItem: { summary: '完成子项', fields: { ...own, item: IdSchema, on: CivilDateSchema } },
  confirmSubItem: {
    summary: '确认子项',
    fields: {
      origin: codes(SUB_ITEM_ORIGINS),
      text: Type.String({ minLength: 1, maxLength: 500, description: '计划原文中的字句' }),
      due: CivilDateOrNull,
      soft: Type.Boolean(),
    },
  },
  reportProgress: {
    summary: '报告进展',
    fields: {
      ...own,
      status: codes(REPORT_STATUSES),
      text: Text,
      indicators: Type.Array(
        Type.Object(
          { id: Type.String({ minLength: 1, maxLength: 100 }), value: Type.Number() },
          { additionalProperties: false },
        ),
        { maxItems: 100 },
      ),
    },
  },
  attachEvidence: { summary: '上传佐证', fields: { ...own, file: IdSchema, on: CivilDateOrNull, period: IdOrNull } },
  submit: {
    summary: '提请办结或补录',
    fields: { ...ownPeriod, completedOn: CivilDateOrNull, text: Text, evidence: Files },
  },
  withdrawSubmission: { summary: '撤回办结申请', fields: ownPeriod },
  approveSubmission: { summary: '部门审核通过', fields: ownPeriod },
  rejectSubmission: { summary: '部门审核退回', fields: { ...ownPeriod, text: Text } },
  verify: { summary: '核查销号', fields: { ...ownPeriod, completedOn: CivilDateOrNull } },
  returnSubmission: { summary: '核查退回', fields: { ...ownPeriod, text: Text } },
  reportUnfinished: { summary: '报告未完成并申请新期限', fields: { ...ownPeriod, to: CivilDateSchema, text: Text } },
  decideNewDate: { summary: '审批新期限', fields: { ...ownPeriod, outcome: Outcome } },
  requestExtension: { summary: '申请延期', fields: { ...ownPeriod, to: CivilDateSchema, text: Text } },
  withdrawExtension: { summary: '撤回延期申请', fields: ownPeriod },
  decideExtension: {
    summary: '审批延期',
    fields: { ...ownPeriod, outcome: Outcome, minutes: DocumentNumberOrNull },
  },
  adjustDeadline: {
    summary: '依文件调整期限',
    fields: { period: Period, to: CivilDateSchema, documentNumber: DocumentNumber, text: Text },
  },
  changeDepartments: {
    summary: '依文件调整责任部门',
    fields: {
      responsibilities: Type.Array(
        Type.Object(
          { department: IdSchema, part: codes(['lead', 'support'] as const) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 200 },
      ),
      documentNumber: DocumentNumber,
    },
  },
  nameGroupLead: { summary: '明确牵头部门', fields: { ...own, documentNumber: DocumentNumberOrNull } },
  changePhase: {
    summary: '中止、恢复、终止、合并、撤回',
    fields: {
      phase: codes(['running', 'suspended', 'stopped', 'merged', 'withdrawn'] as const),
      documentNumber: DocumentNumber,
      text: Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: TEXT_MAX }),
      into: Type.Array(IdSchema, { maxItems: 50 }),
    },
  },
  draftOrder: { summary: '起草督办单', fields: { period: Period } },
  signOrder: { summary: '签发督办单', fields: { order: IdSchema } },
  replyToOrder: { summary: '回复督办单', fields: { order: IdSchema, ...own, text: Text } },
  closeOrder: { summary: '办结督办单', fields: { order: IdSchema } },
  correct: {
    summary: '更正记录',
    fields: {
      seq: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      text: Text,
      period: IdOrNull,
      completedOn: CivilDateOrNull,
    },
  },
};

/** 代录批示: the director's office enters a decision taken on paper; the scan is uploaded first. */
export const Paper = Type.Object(
  {
    decidedBy: Type.String({ minLength: 1, maxLength: 100, description: '批示人（职务或账号 id）' }),
    decidedOn: CivilDateSchema,
    file: Type.String({ ...IdSchema, description: '扫描件' }),
  },
  { additionalProperties: false, description: '代录批示' },
);

export function commandBody({ fields }: Offered): TObject {
  const properties = Object.entries(fields).map(([name, schema]): [string, TSchema] => [
    name,
    mayBeLeftOut(schema) ? Type.Optional(schema) : schema,
  ]);
  return Type.Object(
    { ...Object.fromEntries(properties), paper: Type.Optional(Paper) },
    { additionalProperties: false },
  );
}

function mayBeLeftOut(schema: TSchema): boolean {
  const { type, minItems } = schema as { type?: string | string[]; minItems?: number };
  return Array.isArray(type) ? type.includes('null') : type === 'array' && (minItems ?? 0) === 0;
}

/** The value of a field that was left out. */
export function absentValue(schema: TSchema): null | [] {
  return (schema as { type?: string | string[] }).type === 'array' ? [] : null;
}
