import { Type, type TSchema, type TUnsafe } from '@fastify/type-provider-typebox';
import { ROLES } from '../domain/decider.ts';

/** One of a fixed list of machine codes. */
export function codes<const L extends readonly string[]>(list: L, description?: string): TUnsafe<L[number]> {
  return Type.Unsafe<L[number]>({
    type: 'string',
    enum: [...list],
    ...(description === undefined ? {} : { description }),
  });
}

export function codesOrNull<const L extends readonly string[]>(list: L): TUnsafe<L[number] | null> {
  return Type.Unsafe<L[number] | null>({ type: ['string', 'null'], enum: [...list, null] });
}

export const StringOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'] });
export const IntegerOrNull = Type.Unsafe<number | null>({ type: ['integer', 'null'] });

/** `YYYY-MM-DD`, a civil date in Asia/Shanghai. */
export const CivilDateSchema = Type.String({ format: 'date', description: '日期（北京时间），YYYY-MM-DD' });
export const CivilDateOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date' });

/** An instant as ISO text with +08:00. */
export const InstantSchema = Type.String({ format: 'date-time', description: '时刻，ISO 8601，+08:00' });
export const InstantOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' });

export const IdSchema = Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' });
export const IdParams = Type.Object({ id: IdSchema });

export const RoleSchema = codes(ROLES, '岗位');
export const PostSchema = Type.Object({ department: IdSchema, role: RoleSchema });

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const ListQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: LIST_LIMIT_MAX, description: `每页条数，默认 ${LIST_LIMIT_DEFAULT}` }),
  ),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description: '上一页给出的 nextCursor' })),
};

/** One page of a list: `nextCursor` is null on the last one. */
export function page<S extends TSchema>(item: S) {
  return Type.Object({ items: Type.Array(item), nextCursor: StringOrNull });
}
