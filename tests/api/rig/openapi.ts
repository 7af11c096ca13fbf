import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Operation {
  method: string;
  path: string;
  operation: {
    summary?: string;
    parameters?: { name: string; in: string; required?: boolean; schema?: Json }[];
    requestBody?: { content: Record<string, { schema: Json }> };
    responses: Record<string, { content?: Record<string, { schema: Json }> }>;
  };
}

export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Operation['operation']>>;
  components?: { schemas?: Record<string, Json> };
}

/** POSTs that write nothing and so take no key: questions with a long body. */
export const QUESTIONS = ['POST /api/plans/{id}/rehearsal', 'POST /api/calendar/{year}/preview'];

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** What a value does that its documented schema does not allow; also properties that the schema does not name. */
export function mismatches(document: OpenApiDocument, operation: Operation, status: number, body: unknown): string[] {
  const { responses } = operation.operation;
  const answer = responses[String(status)] ?? responses[`${String(status)[0]}XX`];
  if (answer === undefined) return [`status ${status} is not documented`];
  const schema = Object.values(answer.content ?? {})[0]?.schema;
  if (schema === undefined) return body === undefined ? [] : ['a body is not documented'];
  const checker = Compile(closed(resolved(document, schema)) as TSchema);
  return checker.Errors(body).map((error) => `${error.instancePath} ${error.message}`);
}

function resolved(document: OpenApiDocument, schema: Json): Json {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((inner) => resolved(document, inner));
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const found = document.components?.schemas?.[reference.replace('#/components/schemas/', '')];
    if (found === undefined) throw new Error(`${reference} leads nowhere`);
    return resolved(document, found);
  }
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== '$id')
      .map(([key, inner]) => [key, resolved(document, inner)]),
  );
}

/** Objects may hold what is documented and nothing else. */
function closed(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const named = schema['type'] === 'object' && 'properties' in schema && !('additionalProperties' in schema);
  return named ? { ...inner, additionalProperties: false } : inner;
}
