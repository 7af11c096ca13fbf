import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DocumentRefused } from '../../documents/document-refused.ts';
import { readPlanDocument } from '../../documents/read-plan-document.ts';
import { refusalForSize } from '../../documents/run-document-worker.ts';
import type { PlanReading } from '../../domain/plan-text/plan-reading.ts';
import { planSummary } from './plan-summary.ts';

const USAGE = '用法：npm run -s plan -- 文件 [--json]';

class CannotRead extends Error {}

interface Arguments {
  readonly file: string;
  readonly json: boolean;
}

function parseArguments(args: readonly string[]): Arguments {
  const json = args.includes('--json');
  const files = args.filter((argument) => argument !== '--json');
  const unknown = files.find((argument) => argument.startsWith('--'));
  if (unknown !== undefined) throw new CannotRead(`不认识的参数 ${unknown}。${USAGE}`);
  const [file, ...others] = files;
  if (file === undefined) throw new CannotRead(`请给出要读取的文件。${USAGE}`);
  if (others.length > 0) throw new CannotRead(`一次只读取一个文件。${USAGE}`);
  return { file, json };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) throw new CannotRead(`${file} 是文件夹，请给出文件。`);
    if (!info.isFile()) throw new CannotRead(`${file} 不是普通文件。`);
    // The size is looked at first: a file too large to accept is also too large to load.
    const refusal = refusalForSize(info.size);
    if (refusal !== null) throw refusal;
    return await readFile(file);
  } catch (error) {
    if (error instanceof CannotRead || error instanceof DocumentRefused) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new CannotRead(`找不到文件 ${file}。`);
    if (code === 'EACCES' || code === 'EPERM') throw new CannotRead(`没有权限读取 ${file}。`);
    throw new CannotRead(`无法读取 ${file}。`);
  }
}

interface Outcome {
  readonly reading: PlanReading | null;
  readonly problems: readonly { readonly line: number | null; readonly code: string; readonly detail: string }[];
  readonly reason: string | null;
}

/** Extraction and reading; a document that cannot be read is an answer, not an exception. */
async function readFilePlan(file: string): Promise<Outcome> {
  try {
    const bytes = await readBytes(file);
    const { reading } = await readPlanDocument({ bytes, filename: basename(file) });
    if (reading.tasks.length > 0) return { reading, problems: reading.problems, reason: null };
    const reason = reading.problems[0]?.detail ?? '文件中没有找到责任单位、完成时间等任务标注，不是可读取的行动计划。';
    return { reading: null, problems: reading.problems, reason };
  } catch (error) {
    if (error instanceof DocumentRefused) {
      return {
        reading: null,
        problems: [{ line: null, code: error.code, detail: error.message }],
        reason: error.message,
      };
    }
    throw error;
  }
}

async function main(): Promise<number> {
  try {
    const { file, json } = parseArguments(process.argv.slice(2));
    const outcome = await readFilePlan(file);
    if (outcome.reading === null) {
      process.stderr.write(`无法读取计划：${outcome.reason}\n`);
      process.stdout.write(`${JSON.stringify({ tasks: [], problems: outcome.problems }, null, json ? 2 : 0)}\n`);
      return 1;
    }
    process.stdout.write(json ? `${JSON.stringify(outcome.reading, null, 2)}\n` : planSummary(outcome.reading));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof CannotRead ? error.message : '读取时发生意外错误，请联系管理员。'}\n`);
    if (!(error instanceof CannotRead))
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.stdout.write(`${JSON.stringify({ tasks: [], problems: [] })}\n`);
    return 1;
  }
}

process.exitCode = await main();
