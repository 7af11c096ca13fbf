import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Log } from './children.ts';

const version = '1.9.1';
const firstAnswerMs = 5000;
const wholeDownloadMs = 600_000;

/**
 * Fetches the official Temporal CLI from its vendor over HTTPS, for platforms without a wheel and machines without pip.
 * The vendor publishes no checksum at a fixed address, so unlike the wheel this is trusted for where it came from.
 * Gives up within five seconds where the vendor cannot be reached: a closed network must not hold up the start.
 */
export async function downloadOfficialTemporal(target: string, log: Log): Promise<void> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const address = `https://temporal.download/cli/archive/v${version}?platform=${platform}&arch=${arch}`;
  log('正在试着从 temporal.download 下载 Temporal 服务器……');
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), firstAnswerMs);
  let response: Response;
  try {
    response = await fetch(address, {
      signal: AbortSignal.any([silence.signal, AbortSignal.timeout(wholeDownloadMs)]),
    });
  } catch (error) {
    throw new Error('连不上 temporal.download', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw new Error(`temporal.download 回答 ${response.status}`);
  const archive = await promisify(gunzip)(Buffer.from(await response.arrayBuffer()));
  await writeFile(target, fileInTar(archive, 'temporal'), { mode: 0o755 });
}

/** The content of one file of a tar archive (POSIX ustar: blocks of 512 bytes, sizes in octal). */
export function fileInTar(archive: Buffer, wanted: string): Buffer {
  for (let at = 0; at + 512 <= archive.length;) {
    const name = textUpToNul(archive.subarray(at, at + 100));
    if (name === '') break;
    const size = Number.parseInt(textUpToNul(archive.subarray(at + 124, at + 136)).trim(), 8);
    if (!Number.isInteger(size) || size < 0) break;
    if (name.split('/').at(-1) === wanted) {
      const content = archive.subarray(at + 512, at + 512 + size);
      if (content.length < size) break;
      return content;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`下载的压缩包里没有 ${wanted}`);
}

function textUpToNul(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}
