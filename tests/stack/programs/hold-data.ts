// Holds a data directory until it is killed. Prints "held" or the refusal's code. Arguments: the directory.
import { openDataDirectory } from '../../../stack/data-directory.ts';
import { StackError } from '../../../stack/stack-error.ts';

try {
  await openDataDirectory(process.argv[2] ?? '', { log: () => undefined });
  process.stdout.write('held\n');
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(`${error instanceof StackError ? error.code : String(error)}\n`);
}
