/**
 * A failure of the stack that an operator can act on. `message` is one line of Chinese for stderr; `code` is stable
 * and is what tests and scripts look at. Anything else that escapes is a bug and keeps its stack trace.
 */
export class StackError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StackError';
    this.code = code;
  }
}

/** The errno name (`ENOSPC`, `EACCES`, ...) of a Node error, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Turns the file-system failures that an operator meets (full disk, no permission, read-only) into one clear line. */
export function explainFileError(error: unknown, path: string): StackError {
  if (error instanceof StackError) return error;
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StackError('disk-full', `磁盘已满，无法写入 ${path}，请清理空间后再启动。`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StackError('data-unwritable', `没有权限写入 ${path}，请换一个目录（--data DIR）或调整权限。`, {
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new StackError('data-not-a-directory', `${path} 不是目录，请用 --data DIR 另指定数据目录。`, {
        cause: error,
      });
    default:
      return new StackError(
        'data-unusable',
        `无法使用 ${path}：${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
  }
}
