import { StackError } from './stack-error.ts';

const wanted = 24;

/** We run TypeScript as it stands and were tried on one release line only; the npm package `node` brings it. */
export function assertRuntime(version: string = process.versions.node): void {
  if (Number(version.split('.')[0]) === wanted) return;
  throw new StackError(
    'wrong-node',
    `需要 Node ${wanted}，当前是 ${version}。请先执行 npm ci，再用 npm 命令（如 npm start）启动，不要直接调用 node。`,
  );
}
