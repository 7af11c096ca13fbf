import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { DocumentRefused } from './document-refused.ts';
import { MAX_ENTRIES, MAX_PART_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES } from './limits.ts';

/** A checked archive: names are known, nothing has been unpacked yet. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /** Unpacks one part; null where there is none. Refuses what grows beyond its declared size. */
  read(name: string): Promise<Uint8Array | null>;
}

const GENERAL_PURPOSE_ENCRYPTED = 0x1;

function broken(): DocumentRefused {
  return new DocumentRefused('broken-archive', '文件已损坏或不完整，无法打开。请用原软件重新保存后再上传。');
}

function bomb(detail: string): DocumentRefused {
  return new DocumentRefused('zip-bomb', `文件解压后异常庞大（${detail}），为安全起见拒绝打开。`);
}

function checkEntry(entry: Entry): void {
  if ((entry.generalPurposeBitFlag & GENERAL_PURPOSE_ENCRYPTED) !== 0) {
    throw new DocumentRefused('encrypted', '文件设有密码，无法读取。请去除密码后再上传。');
  }
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > RATIO_FREE_BYTES && ratio > MAX_RATIO) {
    throw bomb(`压缩比 ${Math.round(ratio)} 倍`);
  }
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.uncompressedSize > MAX_PART_BYTES) {
    throw bomb(`单个部分超过 ${Math.round(MAX_PART_BYTES / 1024 / 1024)} MB`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  // yauzl validates the declared size while it inflates, so a lying header ends here as well.
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    const piece = chunk as Buffer;
    size += piece.length;
    if (size > MAX_PART_BYTES) throw bomb('实际大小超过声明');
    chunks.push(piece);
  }
  return Buffer.concat(chunks, size);
}

/** Reads the directory of a zip and applies every limit to it *before* anything is unpacked. */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const entries = new Map<string, Entry>();
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
    });
    if (zip.entryCount > MAX_ENTRIES) throw bomb(`内含 ${zip.entryCount} 个文件`);
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      checkEntry(entry);
      total += entry.uncompressedSize;
      if (total > MAX_UNPACKED_BYTES) throw bomb(`解压后超过 ${Math.round(MAX_UNPACKED_BYTES / 1024 / 1024)} MB`);
      // The first entry of a name wins: a second one is how two readers are made to see two documents.
      const name = entry.fileName.replace(/^\/+/, '');
      if (!entries.has(name)) entries.set(name, entry);
    }
  } catch (error) {
    if (error instanceof DocumentRefused) throw error;
    throw broken();
  }
  return {
    names: new Set(entries.keys()),
    async read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      try {
        return await unpack(zip, entry);
      } catch (error) {
        if (error instanceof DocumentRefused) throw error;
        throw broken();
      }
    },
  };
}
