import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Log } from './children.ts';
import { holdNameWhenFree } from './exclusive-name.ts';
import { StackError } from './stack-error.ts';

const root = join(import.meta.dirname, '..');
const web = join(root, 'web');
const built = join(web, 'dist');

/** Builds the pages where they are missing or older than their sources; `npm start` needs no build step before it. */
export async function ensurePages(log: Log): Promise<void> {
  if (isFresh()) return;
  const held = await holdNameWhenFree(`pages-${statSync(web).ino}`, () => log('等待另一个进程构建页面……'));
  try {
    if (!isFresh()) await build(log);
  } finally {
    await held.release();
  }
}

function isFresh(): boolean {
  if (!existsSync(join(web, 'index.html'))) return true;
  const index = join(built, 'index.html');
  return existsSync(index) && statSync(index).mtimeMs >= newestSource();
}

function newestSource(): number {
  const ignored = ['dist', 'dist.new', 'node_modules'];
  const times = readdirSync(web, { withFileTypes: true })
    .filter((entry) => !ignored.includes(entry.name))
    .flatMap((entry) => {
      const path = join(web, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .map((path) => statSync(path).mtimeMs);
  return Math.max(0, ...times, statSync(join(root, 'package-lock.json')).mtimeMs);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Into a folder beside, renamed when complete: a build that was cut short leaves nothing that looks finished. */
async function build(log: Log): Promise<void> {
  log('正在构建页面（首次启动或页面有改动时，约一分钟）……');
  const staging = `${built}.new`;
  const code = await runVite(['build', 'web', '--outDir', staging, '--emptyOutDir', '--logLevel', 'warn']);
  if (code !== 0) throw new StackError('pages-failed', `构建页面失败（退出码 ${code}），原因见上面的输出。`);
  rmSync(built, { recursive: true, force: true });
  renameSync(staging, built);
}

function runVite(args: string[]): Promise<number | null> {
  let program: string;
  try {
    program = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  } catch (error) {
    throw new StackError('pages-failed', '缺少构建页面的工具，请用不带 --omit=dev 的 npm ci 重新安装。', {
      cause: error,
    });
  }
  return new Promise((resolve, reject) => {
    // Its progress goes to stderr with ours; stdout stays for machines.
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
}
