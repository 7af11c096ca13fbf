import { expect, test } from 'vitest';
import { importProblems, importsOf } from '../../stack/structure-imports.ts';
import { nameProblems } from '../../stack/structure-names.ts';

function problems(files: Record<string, string>): string[] {
  return importProblems(new Map(Object.entries(files)));
}

test('every form of import is seen, and text that only looks like one is not', () => {
  const source = [
    "import type { A } from './a.ts';",
    "import { b,\n  c } from '../b.ts';",
    "import './d.ts';",
    "export * from './e.ts';",
    "export type { F } from './f.ts';",
    "const late = () => import('./g.ts');",
    'const text = "import { x } from \'./x.ts\'";',
    "// import { y } from './y.ts'",
    "export const z = 'from';",
  ].join('\n');
  expect(importsOf(source)).toEqual([
    { specifier: './a.ts', typeOnly: true },
    { specifier: '../b.ts', typeOnly: false },
    { specifier: './d.ts', typeOnly: false },
    { specifier: './e.ts', typeOnly: false },
    { specifier: './f.ts', typeOnly: true },
    { specifier: './g.ts', typeOnly: false },
  ]);
});

test('imports along the layers pass', () => {
  expect(
    problems({
      'domain/rule.ts': "import { DateTime } from 'luxon';\nimport { other } from './other.ts';",
      'workflows/task.ts':
        "import { sleep } from '@temporalio/workflow';\nimport type { Record } from '../activities/record.ts';\nimport { rule } from '../domain/rule.ts';",
      'api/routes/tasks.ts':
        "import { command } from '../../workflows/messages.ts';\nimport { list } from '../../db/tasks.ts';",
      'activities/record.ts': "import { record } from '../db/ledger.ts';\nimport { read } from '../documents/read.ts';",
      'stack/main.ts': "import { app } from '../api/app.ts';\nimport { record } from '../activities/record.ts';",
      'web/src/app.tsx': "import { useState } from 'react';",
    }),
  ).toEqual([]);
});

test.each([
  ['domain/bad.ts', "import { record } from '../db/ledger.ts';"],
  ['domain/bad.ts', "import { readFileSync } from 'node:fs';"],
  ['domain/bad.ts', "import type { Client } from 'pg';"],
  ['workflows/bad.ts', "import { record } from '../activities/record.ts';"],
  ['workflows/bad.ts', "import { Client } from 'pg';"],
  ['workflows/bad.ts', "import { rows } from '../db/rows.ts';"],
  ['db/bad.ts', "export { record } from '../activities/record.ts';"],
  ['documents/bad.ts', "import { record } from '../db/ledger.ts';"],
  ['api/bad.ts', "import { task } from '../workflows/task.ts';"],
  ['api/routes/bad.ts', "export const bad = () => import('../../documents/read.ts');"],
  ['web/src/bad.tsx', "import type { Task } from '../../db/tasks.ts';"],
  ['db/bad.ts', "import { start } from '../stack/main.ts';"],
  ['activities/bad.ts', "import { rig } from '../tests/rig/database.ts';"],
])('%s: %s is refused', (file, source) => {
  expect(problems({ [file]: source })).toHaveLength(1);
});

test('a cycle of values is refused, a cycle of types is not', () => {
  const one = "import { two } from './two.ts';";
  expect(
    problems({
      'db/one.ts': one,
      'db/two.ts': "import { three } from './three.ts';",
      'db/three.ts': "import { one } from './one.ts';",
    }),
  ).toEqual(['db/one.ts → db/two.ts → db/three.ts → db/one.ts: a cycle loads half-made modules']);
  expect(problems({ 'db/one.ts': one, 'db/two.ts': "import type { One } from './one.ts';" })).toEqual([]);
});

test('a file is named after its subject, in kebab-case, and does not only pass on', () => {
  expect(nameProblems(['domain/working-time/add-days.ts', 'workflows/index.ts', 'web/src/app.tsx'])).toEqual([]);
  expect(nameProblems(['domain/utils.ts'])).toHaveLength(1);
  expect(nameProblems(['domain/helpers/dates.ts'])).toHaveLength(1);
  expect(nameProblems(['api/TaskRoutes.ts'])).toHaveLength(1);
  expect(nameProblems(['domain/index.ts'])).toHaveLength(1);
  expect(nameProblems(['web/dist/assets/Index.ts', 'db/migrations/0001_x.ts'])).toEqual([]);
});
