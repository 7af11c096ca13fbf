import { accessSync, constants, statSync } from 'node:fs';
import { errnoOf, StackError } from './stack-error.ts';

/** Says before anything is started that a plan file is not there, is no file, or may not be read. Throws StackError. */
export function assertReadable(file: string): void {
  try {
    if (!statSync(file).isFile()) throw new StackError('plan-not-a-file', `${file} 不是文件，--plan 要一份行动方案。`);
    accessSync(file, constants.R_OK);
  } catch (error) {
    if (error instanceof StackError) throw error;
    const missing = ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    if (missing) throw new StackError('plan-missing', `找不到行动方案文件 ${file}。`, { cause: error });
    throw new StackError('plan-unreadable', `无法读取行动方案文件 ${file}，请检查权限。`, { cause: error });
  }
}
