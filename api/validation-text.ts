import type { FastifySchemaValidationError } from 'fastify';

/** What the parts of a request are called in an answer to a person. */
const PARTS: Record<string, string> = {
  body: '请求内容',
  querystring: '查询参数',
  params: '路径参数',
  headers: '请求头',
};

export interface ValidationText {
  detail: string;
  /** Dotted path of the field, for example `items.0.name`; undefined where the whole part is wrong. */
  field: string | undefined;
}

/** Says in Chinese what the first telling validation error means. */
export function validationText(
  errors: readonly FastifySchemaValidationError[],
  part: string | undefined,
): ValidationText {
  // A union reports every branch; the branch's own error says more than "none of them matched".
  const error = errors.find((candidate) => candidate.keyword !== 'anyOf' && candidate.keyword !== 'oneOf') ?? errors[0];
  const where = PARTS[part ?? ''] ?? '请求';
  if (error === undefined) return { detail: `${where}不符合要求。`, field: undefined };
  const path = error.instancePath
    .split('/')
    .filter((step) => step !== '')
    .map(unescapePointer);
  const missing = firstOf(error.params['requiredProperties'] ?? error.params['missingProperty']);
  const extra = firstOf(error.params['additionalProperties'] ?? error.params['additionalProperty']);
  const field = [...path, ...(missing === undefined ? [] : [missing]), ...(extra === undefined ? [] : [extra])].join(
    '.',
  );
  return {
    detail: field === '' ? `${where}${reason(error)}。` : `${where}中的“${field}”${reason(error)}。`,
    field: field === '' ? undefined : field,
  };
}

function reason({ keyword, params }: FastifySchemaValidationError): string {
  switch (keyword) {
    case 'required':
      return '不能缺少';
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'boolean':
      return '不是可用的字段';
    case 'type':
      return `类型不对，应为${typeName(params['type'])}`;
    case 'minLength':
      return Number(params['limit']) === 1 ? '不能为空' : `太短，至少 ${String(params['limit'])} 个字符`;
    case 'maxLength':
      return `太长，最多 ${String(params['limit'])} 个字符`;
    case 'minItems':
      return `太少，至少 ${String(params['limit'])} 项`;
    case 'maxItems':
      return `太多，最多 ${String(params['limit'])} 项`;
    case 'uniqueItems':
      return '有重复的项';
    case 'minimum':
    case 'exclusiveMinimum':
      return `太小，下限为 ${String(params['limit'])}`;
    case 'maximum':
    case 'exclusiveMaximum':
      return `太大，上限为 ${String(params['limit'])}`;
    case 'enum':
      return `不是可用的值，可用：${list(params['allowedValues'])}`;
    case 'const':
      return `只能是 ${String(params['allowedValue'])}`;
    case 'pattern':
    case 'format':
      return '格式不对';
    default:
      return '不符合要求';
  }
}

function typeName(type: unknown): string {
  const names: Record<string, string> = {
    string: '文字',
    number: '数字',
    integer: '整数',
    boolean: '是或否',
    object: '对象',
    array: '列表',
    null: '空',
  };
  const types = Array.isArray(type) ? type : [type];
  return types.map((one) => names[String(one)] ?? String(one)).join('或');
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join('、') : String(values);
}

function firstOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value[0] === undefined ? undefined : String(value[0]);
  return typeof value === 'string' ? value : undefined;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
