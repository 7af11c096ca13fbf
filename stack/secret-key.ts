import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError, StackError } from './stack-error.ts';

const KEY_BYTES = 32;

/**
 * The key of texts, files and cursors: 32 bytes in hex from `BIHUAN_KEY`, else one generated once in the data directory,
 * readable by its owner only. A key that was lost makes texts unreadable, so a damaged file is an error, never replaced.
 */
export async function secretKey(dataDir: string, given: string | undefined): Promise<Buffer> {
  if (given !== undefined && given !== '') return decoded(given, '环境变量 BIHUAN_KEY');
  const path = join(dataDir, 'secret.key');
  try {
    const draft = `${path}.${process.pid}`;
    await mkdir(dataDir, { recursive: true });
    await writeFile(draft, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600 });
    // Linking fails where the key exists, so two starts at once cannot end with two keys.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(draft, { force: true });
    return decoded(await readFile(path, 'utf8'), path);
  } catch (error) {
    throw error instanceof StackError ? error : explainFileError(error, path);
  }
}

function decoded(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new StackError('bad-key', `${where} 应是 64 个十六进制字符（32 字节）的密钥。`);
  return key;
}
