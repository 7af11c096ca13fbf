import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The account that Postgres runs under; undefined means the current one. */
export type Account = { name: string; uid: number; gid: number };

/**
 * Postgres refuses to run as root, which is what containers and CI machines start us as. Taken in this order: an
 * account named postgres, one named bihuan (made here when `useradd` is there), nobody. initdb insists that the
 * account has a name, so a bare number will not do. Where a cluster exists its owner decides (see `ownerAccount`).
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findAccount('postgres') ?? findAccount('bihuan') ?? makeAccount('bihuan') ?? findAccount('nobody');
}

/** The account that owns an existing cluster, when we are root; undefined otherwise. */
export function ownerAccount(uid: number): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return accounts().find((account) => account.uid === uid);
}

/** Whether the account may enter this folder and read it: permissions of every folder above it count, too. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (account === undefined) return true;
  const result = spawnSync('/bin/sh', ['-c', 'cd "$1" 2>/dev/null && ls >/dev/null 2>&1', 'sh', folder], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return result.status === 0;
}

function findAccount(name: string): Account | undefined {
  return accounts().find((account) => account.name === name);
}

function accounts(): Account[] {
  let text: string;
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

function makeAccount(name: string): Account | undefined {
  const result = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name], {
    stdio: 'ignore',
  });
  return result.status === 0 ? findAccount(name) : undefined;
}
