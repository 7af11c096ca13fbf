// A supervisor with two children, for tests that kill it. Prints the children's process numbers, then waits.
// Arguments: the folder for its records and logs.
import { join } from 'node:path';
import { createSupervisor } from '../../../stack/children.ts';

const folder = process.argv[2] ?? '';
const supervisor = createSupervisor({ recordFile: join(folder, 'children.json'), log: () => undefined });
const pids: number[] = [];
for (const name of ['first', 'second']) {
  const child = await supervisor.run({
    name,
    label: name,
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
    stopSignal: 'SIGTERM',
    stopGraceMs: 5000,
    logFile: join(folder, `${name}.log`),
    ready: async () => undefined,
    readyLimitMs: 5000,
  });
  pids.push(child.pid);
}
process.stdout.write(`${JSON.stringify(pids)}\n`);
setInterval(() => undefined, 1000);
