import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type ApiRig } from './rig/api-rig.ts';

let rig: ApiRig;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'bihuan-pages-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>闭环</title>');
  writeFileSync(join(root, 'assets', 'index-abc123.js'), 'export {};');
  rig = await startApi({ webRoot: root });
});
afterAll(async () => {
  await rig.close();
  rmSync(root, { recursive: true, force: true });
});

test.each(['/', '/tasks/task-1', '/plans', '/setup/some-token'])(
  '%s is the one page, asked for each time',
  async (url) => {
    const answer = await rig.app.inject(url);
    expect([answer.statusCode, answer.body]).toEqual([200, '<!doctype html><title>闭环</title>']);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  },
);

test('built files are kept for ever, since their names change with them', async () => {
  const answer = await rig.app.inject('/assets/index-abc123.js');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toContain('immutable');
});

test.each(['/assets/gone.js', '/favicon.ico', '/api/none', '/reference/none', '/openapi.json/x'])(
  '%s is not answered by the page',
  async (url) => {
    const answer = await rig.app.inject(url);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  },
);

test.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json'])(
  '%s stays inside',
  async (url) => {
    const answer = await rig.app.inject(url);
    expect(answer.body).not.toContain('dependencies');
  },
);

test('a page is only read', async () => {
  const answer = await rig.app.inject({ method: 'POST', url: '/tasks' });
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
});
