import { Type } from '@fastify/type-provider-typebox';
import type { App } from './app-type.ts';
import { problemBody } from './problem.ts';
import { StringOrNull } from './schemas.ts';

/** One thing to put right: in a table's row (as the person counts them) or on a task's line. */
export interface Fault {
  row: number | null;
  column: string | null;
  task: string | null;
  code: string;
  detail: string;
}

/** A sheet or a table that is refused as a whole, with everything that is wrong with it. */
export class FaultySheet extends Error {
  readonly code: string;
  readonly faults: Fault[];

  constructor(code: string, faults: Fault[]) {
    const [first] = faults;
    super(faults.length > 1 ? `${first?.detail ?? ''}（共${faults.length}处）` : (first?.detail ?? ''));
    this.name = 'FaultySheet';
    this.code = code;
    this.faults = faults;
  }
}

/** The problem+json of a faulty sheet, for the description of the routes that may answer it. */
export const faultyResponse = {
  422: {
    description: '内容有误，没有保存任何一行',
    content: {
      'application/problem+json': {
        schema: Type.Object(
          {
            type: Type.String(),
            title: Type.String(),
            status: Type.Integer(),
            detail: Type.String(),
            code: Type.String(),
            field: Type.Optional(Type.String()),
            faults: Type.Optional(
              Type.Array(
                Type.Object({
                  row: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: '表格中的行号' }),
                  column: StringOrNull,
                  task: StringOrNull,
                  code: Type.String(),
                  detail: Type.String(),
                }),
              ),
            ),
          },
          { title: 'SheetProblem', description: '错误（application/problem+json）' },
        ),
      },
    },
  },
};

/** Answers a faulty sheet with its list, in the scope that it is called in; every other error goes on. */
export function sheetErrors(app: App): void {
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof FaultySheet)) throw error;
    return reply
      .code(422)
      .type('application/problem+json; charset=utf-8')
      .serializer(JSON.stringify)
      .send({ ...problemBody(422, error.code, error.message), faults: error.faults });
  });
}
