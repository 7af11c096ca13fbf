import { Type } from '@fastify/type-provider-typebox';

/** A refusal that is answered as `application/problem+json`: a stable machine code, and the reason in Chinese. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { field?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.field = more.field;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: '错误类型的稳定标识' }),
    title: Type.String({ description: '错误类别' }),
    status: Type.Integer(),
    detail: Type.String({ description: '具体原因（中文）' }),
    code: Type.String({ description: '稳定的机器码' }),
    field: Type.Optional(Type.String({ description: '出错的字段' })),
  },
  { $id: 'Problem', title: 'Problem', description: '错误（application/problem+json）' },
);

const TITLES: Record<number, string> = {
  400: '请求有误',
  401: '未登录',
  403: '无权操作',
  404: '未找到',
  405: '方法不允许',
  406: '无法提供所需格式',
  409: '当前状态不允许',
  410: '已失效',
  413: '内容过大',
  415: '不支持的内容类型',
  422: '内容无法处理',
  429: '请求过于频繁',
  500: '服务器内部错误',
  503: '服务暂不可用',
};

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  field?: string;
}

export function problemBody(status: number, code: string, detail: string, field?: string): ProblemBody {
  return {
    type: `urn:bihuan:problem:${code}`,
    title: TITLES[status] ?? '请求未能完成',
    status,
    detail,
    code,
    ...(field === undefined ? {} : { field }),
  };
}
