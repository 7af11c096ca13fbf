import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can be told apart from a later one with the same number. */
export type ProcessIdentity = { pid: number; startedAt: string };

/**
 * When the process started, in a form that only compares for equality: clock ticks since boot on Linux, what `ps`
 * prints elsewhere. Undefined when no such process lives (a zombie counts as dead). Process numbers are reused, so a
 * number alone must never be signalled: it may be somebody else's process by now.
 */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    let stat: string;
    try {
      stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    } catch {
      return undefined;
    }
    // The second field is the command in brackets and may itself hold blanks and brackets: count after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  }
  try {
    const line = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' ? undefined : line;
  } catch {
    return undefined;
  }
}

/** Whether exactly this process still lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startTimeOf(identity.pid) === identity.startedAt;
}

/** Signals exactly this process; false when it is gone (or its number belongs to another one now). */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Asks the process to end, waits up to `graceMs` milliseconds, then kills it; returns once it is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  options: { signal: NodeJS.Signals; graceMs: number },
): Promise<void> {
  if (!signalProcess(identity, options.signal)) return;
  if (await waitUntilGone(identity, options.graceMs)) return;
  signalProcess(identity, 'SIGKILL');
  await waitUntilGone(identity, 10_000);
}

async function waitUntilGone(identity: ProcessIdentity, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (isAlive(identity)) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
}
