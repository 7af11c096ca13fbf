import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clientTypes } from '../../stack/commands/client-types.ts';
import { currentClientTypes } from '../../stack/commands/client.ts';

const stored = join(import.meta.dirname, '../../web/src/api/generated/operations.ts');

test('the types of the pages are those of the routes; `npm run client` writes them anew', async () => {
  expect(readFileSync(stored, 'utf8')).toBe(await currentClientTypes());
});

test('what may be left out, may be null or comes as a file is told apart', () => {
  const types = clientTypes({
    paths: {
      '/api/things/{id}': {
        put: {
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'page', in: 'query', schema: { type: 'integer' } },
          ],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: { type: ['string', 'null'] },
                    tags: { type: 'array', items: { enum: ['a', 'b'] } },
                  },
                },
              },
            },
          },
          responses: {
            200: { content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } },
            404: { content: { 'application/json': { schema: { type: 'boolean' } } } },
          },
        },
      },
    },
  });
  expect(types).toContain('params: { id: string };');
  expect(types).toContain('query?: { page?: number };');
  expect(types).toContain('body: { name: (string | null); tags?: ("a" | "b")[] };');
  expect(types).toContain('answer: Blob;');
});
