import { beforeAll, expect, test } from 'vitest';
import { workflowBundle } from '../../activities/bundle.ts';

/** What a workflow loads it loads once per workflow, and what it holds replay must hold to for ever. */
let code: string;
beforeAll(async () => {
  ({ code } = await workflowBundle());
});

/** The modules of the bundle by the paths that the bundler wrote beside them, without the inline source map. */
function modules(): string[] {
  return [...code.matchAll(/^\/\*{3}\/ "(\.[^"]+)"/gm)].map((match) => match[1] ?? '');
}

test('the bundle holds the rules and the interpreter', () => {
  const held = modules();
  expect(held.some((name) => name.endsWith('workflows/interpreter.ts'))).toBe(true);
  expect(held.some((name) => name.endsWith('domain/task/task-decider.ts'))).toBe(true);
});

test.each([
  'pg',
  'drizzle-orm',
  'fastify',
  'typebox',
  '@fastify',
  'nodemailer',
  '@temporalio/client',
  '@temporalio/worker',
])('the bundle holds nothing of %s', (name) => {
  expect(modules().filter((path) => path.includes(`/node_modules/${name}/`))).toEqual([]);
});

test.each(['api/', 'db/', 'activities/', 'documents/', 'stack/'])('the bundle holds nothing of our %s', (folder) => {
  expect(modules().filter((path) => path.startsWith(`./${folder}`))).toEqual([]);
});

test('the bundle stays small', () => {
  const withoutMap = code.replace(/^\/\/# sourceMappingURL=.*$/m, '');
  expect(withoutMap.length).toBeLessThan(1_500_000);
  expect(withoutMap.length).toBeGreaterThan(100_000);
});
