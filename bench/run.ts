import { readdir } from 'node:fs/promises';

/** What a benchmark gives: its figures, and with each ratio the two sides that were measured in the same run. */
export interface Benchmark {
  run(): Promise<Record<string, unknown>>;
}

async function available(): Promise<string[]> {
  const files = await readdir(new URL('.', import.meta.url));
  return files
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
    .map((file) => file.slice(0, -3))
    .sort();
}

async function main(): Promise<number> {
  const name = process.argv[2];
  const names = await available();
  if (name === undefined || !names.includes(name)) {
    process.stderr.write(`用法：npm run -s bench -- 名称。可用的名称：${names.join('、')}\n`);
    return 1;
  }
  const benchmark = (await import(new URL(`./${name}.ts`, import.meta.url).href)) as Partial<Benchmark>;
  if (typeof benchmark.run !== 'function') {
    process.stderr.write(`bench/${name}.ts 不是基准测试。\n`);
    return 1;
  }
  const figures = await benchmark.run();
  process.stdout.write(`${JSON.stringify({ bench: name, ...figures })}\n`);
  return 0;
}

process.exitCode = await main();
