import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assertRuntime } from '../runtime.ts';
import { tally, summaryLine, type VitestReport } from '../test-tally.ts';

// `npm test`: every test, real servers included; arguments go on to vitest. The last line of stdout is the count.
assertRuntime();
const folder = mkdtempSync(join(tmpdir(), 'bihuan-tests-'));
const report = join(folder, 'report.json');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];

const exitCode = await new Promise<number>((resolve) => {
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => resolve(code ?? 1));
  child.once('error', () => resolve(1));
});

const result = tally(readReport(), exitCode);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${summaryLine(result)}\n`);
process.exitCode = result.failed > 0 || result.passed === 0 ? 1 : 0;

function readReport(): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}
