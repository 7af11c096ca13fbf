import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StackError } from './stack-error.ts';

export type StartArguments = {
  help: boolean;
  dataDir: string;
  port: number;
  /** Absolute paths, in the order given. */
  plans: string[];
  /** Go-live (启用日) of the imported plans, YYYY-MM-DD in China's time; undefined means today. */
  goLive: string | undefined;
  sample: boolean;
  /** Whether the pages are built where they are out of date. */
  pages: boolean;
};

export const usage = `用法：npm start -- [选项]
  --data DIR     数据目录（默认 ./.bihuan）
  --port N       页面端口（默认 3000；0 为任意空闲端口）
  --plan FILE    导入并发布行动方案（可多次给出；同一文件导入两次仍是一份方案）
  --go-live D    导入方案的启用日，如 2024-06-04（默认今天）
  --sample       载入示例单位、方案和账号
  --no-pages     不构建页面（只用接口时）
  --help         显示本说明
环境变量：DATABASE_URL、TEMPORAL_ADDRESS（不设则自带）、BIHUAN_ADMIN_NAME 与 BIHUAN_ADMIN_PASSWORD（首次启动建管理员）`;

/** Reads what stands after `npm start --`. Relative paths count from where npm was called (`folder`). */
export function readStartArguments(args: readonly string[], folder: string): StartArguments {
  const values = parse(args);
  const port = values.port ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StackError('bad-argument', `--port 要一个 0 到 65535 的整数，不是“${port}”。`);
  }
  const goLive = values['go-live'];
  if (goLive !== undefined && !isCivilDate(goLive)) {
    throw new StackError('bad-argument', `--go-live 要一个 2024-06-04 这样的日期，不是“${goLive}”。`);
  }
  if (goLive !== undefined && (values.plan ?? []).length === 0 && values.sample !== true) {
    throw new StackError('bad-argument', '--go-live 要和 --plan 或 --sample 一起用。');
  }
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  return {
    help: values.help ?? false,
    dataDir: absolute(values.data ?? '.bihuan'),
    port: Number(port),
    plans: (values.plan ?? []).map(absolute),
    goLive,
    sample: values.sample ?? false,
    pages: values['no-pages'] !== true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        plan: { type: 'string', multiple: true },
        'go-live': { type: 'string' },
        sample: { type: 'boolean' },
        'no-pages': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new StackError('bad-argument', `参数有误：${said}（--help 显示用法）`, { cause: error });
  }
}

function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
