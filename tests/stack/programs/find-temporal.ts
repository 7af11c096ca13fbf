// Looks for the Temporal server as `npm start` does. Prints its path, or the refusal's code and message.
import { StackError } from '../../../stack/stack-error.ts';
import { findTemporalServer } from '../../../stack/temporal-binaries.ts';

try {
  process.stdout.write(`${await findTemporalServer((line) => process.stderr.write(`${line}\n`))}\n`);
} catch (error) {
  process.stdout.write(error instanceof StackError ? `${error.code} ${error.message}\n` : `${String(error)}\n`);
  process.exitCode = 1;
}
