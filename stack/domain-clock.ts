import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseInstant } from '../domain/working-time/instants.ts';
import { errnoOf, explainFileError, StackError } from './stack-error.ts';

/**
 * What is added to real time to give the domain's clock, in milliseconds. Fixed when a data directory is first started with
 * `BIHUAN_CLOCK_START` (demonstrations and tests only), and kept with the data: tasks that live by a shifted clock must
 * never meet another one.
 */
export async function clockOffset(dataDir: string, clockStart: string | undefined): Promise<number> {
  const path = join(dataDir, 'clock.json');
  const kept = await keptOffset(path);
  if (kept !== null) return kept;
  const offset = clockStart === undefined ? 0 : startOf(clockStart) - Date.now();
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, `${JSON.stringify({ offset })}\n`);
    // Whole or not at all, and the first of two starts at once decides for both.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(draft, { force: true });
  } catch (error) {
    throw explainFileError(error, path);
  }
  return (await keptOffset(path)) ?? offset;
}

async function keptOffset(path: string): Promise<number | null> {
  try {
    const { offset } = JSON.parse(await readFile(path, 'utf8')) as { offset?: unknown };
    if (typeof offset === 'number' && Number.isFinite(offset)) return offset;
    throw new StackError('bad-clock', `${path} 已损坏，无法确定演示时钟。`);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    if (error instanceof SyntaxError) throw new StackError('bad-clock', `${path} 已损坏，无法确定演示时钟。`);
    throw error;
  }
}

function startOf(text: string): number {
  try {
    return parseInstant(text);
  } catch {
    throw new StackError('bad-clock', `BIHUAN_CLOCK_START 要一个 2024-06-04T08:00+08:00 这样的时刻，不是“${text}”。`);
  }
}
