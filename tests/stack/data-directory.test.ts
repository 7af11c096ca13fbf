import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRunningStack, openDataDirectory } from '../../stack/data-directory.ts';
import { explainFileError } from '../../stack/stack-error.ts';
import { startProgram } from './started-program.ts';

let parent: string;
let path: string;
const quiet = { log: () => undefined };
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'bihuan-data-'));
  path = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('a directory is made, closed to others, and can be opened again', async () => {
  const first = await openDataDirectory(path, quiet);
  expect(statSync(path).mode & 0o077).toBe(0);
  await first.release();
  const second = await openDataDirectory(path, quiet);
  await second.release();
});

test('a directory that a living process holds is refused, by whatever path; a killed holder is no obstacle', async () => {
  const holder = startProgram('tests/stack/programs/hold-data.ts', [path]);
  await holder.says('held');
  const alias = join(parent, 'alias');
  symlinkSync(path, alias);
  await expect(openDataDirectory(path, quiet)).rejects.toMatchObject({
    code: 'data-in-use',
    message: expect.stringContaining(String(holder.child.pid)) as string,
  });
  await expect(openDataDirectory(alias, quiet)).rejects.toMatchObject({ code: 'data-in-use' });
  holder.child.kill('SIGKILL');
  await holder.ended();
  const after = await openDataDirectory(path, quiet);
  await after.release();
});

test('of two starts at the same moment one gets the directory', async () => {
  const programs = [1, 2].map(() => startProgram('tests/stack/programs/hold-data.ts', [path]));
  await Promise.all(programs.map((program) => program.says('\n')));
  expect(programs.map((program) => program.said().trim()).sort()).toEqual(['data-in-use', 'held']);
  for (const program of programs) program.child.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended()));
});

test('a start waits for one that is stopping', async () => {
  const first = await openDataDirectory(path, quiet);
  first.beginStopping();
  const said: string[] = [];
  const second = openDataDirectory(path, {
    log: (line) => {
      said.push(line);
      void first.release();
    },
  });
  await (await second).release();
  expect(said.join()).toContain('等待');
});

test('other commands learn where the running stack listens, and only while it runs', async () => {
  const running = { url: 'http://127.0.0.1:1', databaseUrl: 'postgres://x', temporalAddress: '127.0.0.1:2' };
  expect(await findRunningStack(path)).toBeUndefined();
  const directory = await openDataDirectory(path, quiet);
  directory.announce(running);
  expect(await findRunningStack(path)).toEqual(running);
  expect(statSync(join(path, 'running.json')).mode & 0o077).toBe(0);
  await directory.release();
  expect(await findRunningStack(path)).toBeUndefined();
});

test('a full disk, a file in the way and a foreign format get one clear line each', async () => {
  await expect(openDataDirectory(path, { ...quiet, freeBytes: () => 5_000_000 })).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringContaining('只剩 5 MB') as string,
  });
  const file = join(parent, 'file');
  writeFileSync(file, '');
  await expect(openDataDirectory(file, quiet)).rejects.toMatchObject({ code: 'data-not-a-directory' });
  writeFileSync(join(path, 'version.json'), '{"layout":99}');
  await expect(openDataDirectory(path, quiet)).rejects.toMatchObject({ code: 'data-version' });
  expect(readFileSync(join(path, 'version.json'), 'utf8')).toContain('99');
  // The refusal must not keep the directory.
  rmSync(join(path, 'version.json'));
  await (await openDataDirectory(path, quiet)).release();
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'data-unwritable'],
  ['EROFS', 'data-unwritable'],
])('%s is explained as %s, in one line', (code, expected) => {
  const explained = explainFileError(Object.assign(new Error('x'), { code }), '/data');
  expect(explained.code).toBe(expected);
  expect(explained.message).toContain('/data');
  expect(explained.message).not.toContain('\n');
});
