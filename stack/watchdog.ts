// Ends the supervisor's children when the supervisor is gone, however it went. Node cannot ask the kernel to do this
// (no PR_SET_PDEATHSIG), but the kernel closes a dead process's pipes: the end of our standard input is the news.
// Runs as a process of its own, in a session of its own, so that a signal to the supervisor's group does not hit it.
import { createInterface } from 'node:readline';
import { endProcess } from './processes.ts';
import type { RecordedChild } from './children.ts';

let children: RecordedChild[] = [];

for await (const line of createInterface({ input: process.stdin })) {
  try {
    children = JSON.parse(line) as RecordedChild[];
  } catch {
    // A line cut off by the supervisor's death: the list before it still holds.
  }
}

// The last started depends on the earlier ones, so it goes first.
for (const child of children.toReversed()) {
  await endProcess(child, { signal: child.stopSignal, graceMs: child.stopGraceMs });
}
