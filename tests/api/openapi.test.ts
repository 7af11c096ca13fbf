import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUREAU } from '../../domain/decider.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { mismatches, operationsOf, QUESTIONS, type OpenApiDocument, type Operation } from './rig/openapi.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let admin: Person;
let document: OpenApiDocument;
let tasks: string[];
let plan: string;

beforeAll(async () => {
  rig = await startApi();
  admin = await rig.signIn({ department: BUREAU, role: 'administrator' }, { department: 'dep-a', role: 'coordinator' });
  ({ tasks, plan } = await seedTasks(rig, [
    { text: '建立机制', departments: ['dep-a', 'dep-b'], due: '2025-06-30' },
    { text: '长期坚持', departments: ['dep-b'], due: null },
  ]));
  const answer = await rig.app.inject('/openapi.json');
  document = answer.json();
});
afterAll(() => rig.close());

function operation(method: string, path: string): Operation {
  const found = operationsOf(document).find((each) => each.method === method && each.path === path);
  if (found === undefined) throw new Error(`${method} ${path} is not described`);
  return found;
}

test('the description is OpenAPI 3.1, and every reference in it leads somewhere', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const name = reference.replace('#/components/schemas/', '');
    expect(document.components?.schemas).toHaveProperty([name]);
  }
  // Words of OpenAPI 3.0 that 3.1 has not.
  expect(text).not.toContain('"nullable"');
});

test('every operation says what it is for, names its parameters and what it answers', () => {
  const operations = operationsOf(document);
  expect(operations.length).toBeGreaterThan(70);
  for (const { method, path, operation } of operations) {
    const name = `${method} ${path}`;
    expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
    const answers = Object.keys(operation.responses);
    expect([name, answers.some((status) => status.startsWith('2'))]).toEqual([name, true]);
    expect([name, answers.includes('4XX')]).toEqual([name, true]);
    const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
    expect([name, declared.sort()]).toEqual([name, inPath.sort()]);
  }
});

test('writes name the Idempotency-Key, reads do not', () => {
  const without = ['POST /api/session', 'DELETE /api/session', 'POST /api/setup/{token}', ...QUESTIONS];
  for (const { method, path, operation } of operationsOf(document)) {
    const named = (operation.parameters ?? []).some((one) => one.name === 'idempotency-key' && one.required === true);
    const expected = method !== 'GET' && !without.includes(`${method} ${path}`);
    expect([`${method} ${path}`, named]).toEqual([`${method} ${path}`, expected]);
  }
});

test('forms name their fields', () => {
  const { requestBody } = operation('POST', '/api/files').operation;
  expect(requestBody?.content['multipart/form-data']?.schema).toMatchObject({
    type: 'object',
    required: ['file'],
    properties: { file: { format: 'binary' } },
  });
});

test('answers are what the description says, no more and no less', async () => {
  const department = (await admin.send('POST', '/api/departments', { name: '新设科室', kind: 'department' })).json();
  const asked: [path: string, url: string][] = [
    ['/api/session', '/api/session'],
    ['/api/me/preferences', '/api/me/preferences'],
    ['/api/departments', '/api/departments'],
    ['/api/departments/{id}', `/api/departments/${department.id}`],
    ['/api/users', '/api/users?limit=1'],
    ['/api/tasks', '/api/tasks'],
    ['/api/tasks', `/api/tasks?plan=${plan}&limit=1`],
    ['/api/tasks/{id}', `/api/tasks/${tasks[0]}`],
    ['/api/tasks/{id}', `/api/tasks/${tasks[1]}`],
    ['/api/tasks/{id}/timeline', `/api/tasks/${tasks[0]}/timeline`],
    ['/api/inbox', '/api/inbox'],
    ['/api/inbox/count', '/api/inbox/count'],
    ['/api/operations', '/api/operations'],
    ['/api/operations/troubles', '/api/operations/troubles'],
    ['/api/plans', '/api/plans'],
    ['/healthz', '/healthz'],
    ['/readyz', '/readyz'],
  ];
  for (const [path, url] of asked) {
    const answer = await admin.get(url);
    expect([url, answer.statusCode]).toEqual([url, 200]);
    expect([url, mismatches(document, operation('GET', path), 200, answer.json())]).toEqual([url, []]);
  }
});

test('refusals are what the description says', async () => {
  const missing = await admin.get('/api/tasks/task-none');
  expect(mismatches(document, operation('GET', '/api/tasks/{id}'), 404, missing.json())).toEqual([]);
  const invalid = await admin.get('/api/tasks?limit=0');
  expect(mismatches(document, operation('GET', '/api/tasks'), 400, invalid.json())).toEqual([]);
});

test('the checker itself notices a missing and an extra property', async () => {
  const body = (await admin.get('/api/inbox/count')).json();
  const at = operation('GET', '/api/inbox/count');
  expect(mismatches(document, at, 200, body)).toEqual([]);
  expect(mismatches(document, at, 200, {})).not.toEqual([]);
  expect(mismatches(document, at, 200, { ...body, extra: 1 })).not.toEqual([]);
});

test('the reference page loads nothing from elsewhere', async () => {
  const page = await rig.app.inject('/reference/');
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('/openapi.json');
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) expect(source).not.toMatch(/^(?:https?:)?\/\//);
  const [script = ''] = sources.filter((source) => source.endsWith('.js'));
  const answer = await rig.app.inject(new URL(script, 'http://localhost/reference/').pathname);
  expect(answer.statusCode).toBe(200);
});
