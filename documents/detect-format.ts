import { DocumentRefused } from './document-refused.ts';

/** What the bytes are, whatever the name says: people rename files, and old systems name HTML `.doc` and `.xls`. */
export type Container = 'zip' | 'pdf' | 'text';

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function holds(bytes: Uint8Array, needle: Buffer): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(needle);
}

function refuseLegacyOffice(bytes: Uint8Array): never {
  // A compound file that holds EncryptedPackage is a new document behind a password, not an old one.
  if (holds(bytes, Buffer.from('EncryptedPackage', 'utf16le'))) {
    throw new DocumentRefused('encrypted', '文件设有密码，无法读取。请去除密码后再上传。');
  }
  if (holds(bytes, Buffer.from('Workbook', 'utf16le')) || holds(bytes, Buffer.from('Book\0', 'utf16le'))) {
    throw new DocumentRefused('legacy-office', '这是旧版 .xls（或 .et）表格，请另存为 .xlsx 后再上传。');
  }
  throw new DocumentRefused('legacy-office', '这是旧版 .doc（或 .wps）文档，请另存为 .docx 后再上传。');
}

function isPdf(bytes: Uint8Array): boolean {
  // Mail gateways and web servers put bytes before the header; readers accept it within the first kilobyte.
  return holds(bytes.subarray(0, 1024), Buffer.from('%PDF-'));
}

function refuseForeign(bytes: Uint8Array): void {
  const image =
    startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) ||
    startsWith(bytes, 0xff, 0xd8, 0xff) ||
    startsWith(bytes, 0x47, 0x49, 0x46, 0x38) ||
    startsWith(bytes, 0x49, 0x49, 0x2a, 0x00) ||
    startsWith(bytes, 0x4d, 0x4d, 0x00, 0x2a);
  if (image) throw new DocumentRefused('unsupported-type', '这是一张图片，没有文字可读。请上传文字版文件。');
  const packed =
    startsWith(bytes, 0x1f, 0x8b) ||
    startsWith(bytes, 0x52, 0x61, 0x72, 0x21) ||
    startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf);
  if (packed) throw new DocumentRefused('unsupported-type', '这是压缩包，请解压后上传其中的文件。');
  if (startsWith(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66)) {
    throw new DocumentRefused('unsupported-type', '这是 RTF 文档，请另存为 .docx 后再上传。');
  }
}

/** Tells the container by its first bytes. @throws DocumentRefused for kinds that hold no text we can read. */
export function detectContainer(bytes: Uint8Array): Container {
  if (startsWith(bytes, 0x50, 0x4b)) return 'zip';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) refuseLegacyOffice(bytes);
  refuseForeign(bytes);
  return isPdf(bytes) ? 'pdf' : 'text';
}

/** Tells a document by the parts of its archive. @throws DocumentRefused for other archives. */
export function detectOffice(names: ReadonlySet<string>): 'docx' | 'xlsx' {
  const list = [...names];
  if (list.some((name) => name.startsWith('word/'))) return 'docx';
  if (list.some((name) => name.startsWith('xl/') && name.endsWith('.xml'))) return 'xlsx';
  if (list.some((name) => name.startsWith('xl/'))) {
    throw new DocumentRefused('unsupported-type', '这是二进制格式的 Excel（.xlsb），请另存为 .xlsx 后再上传。');
  }
  if (names.has('OFD.xml'))
    throw new DocumentRefused('unsupported-type', '这是 OFD 版式文件，请转换为 PDF 或 .docx 后再上传。');
  if (list.some((name) => name.startsWith('ppt/'))) {
    throw new DocumentRefused('unsupported-type', '这是演示文稿，请上传 .docx、.pdf、.xlsx、网页或文本文件。');
  }
  throw new DocumentRefused(
    'unsupported-type',
    '这是压缩包，里面不是 Word 或 Excel 文件。请上传 .docx、.pdf、.xlsx、网页或文本文件。',
  );
}

/** Whether a decoded text is markup. Saved pages may begin with comments or a processing instruction. */
export function looksLikeHtml(text: string): boolean {
  const head = text.slice(0, 4096).trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(head)) return true;
  if (/<html[\s>]/.test(head)) return true;
  return (
    /^<(?:!--|\?xml|div|p|table|meta|title|section|article|span|h[1-6])\b/.test(head) &&
    /<\/(?:p|div|td|span|h[1-6])>/.test(text.slice(0, 200_000))
  );
}

/** Refuses text containers whose words hide in an encoding of their own. */
export function refuseTextContainers(text: string): void {
  const head = text.slice(0, 2048);
  if (/^mime-version:/im.test(head) && /content-type:\s*multipart/i.test(head)) {
    throw new DocumentRefused('unsupported-type', '这是 .mht 单文件网页，请另存为 .html 或 .docx 后再上传。');
  }
  if (/<\?mso-application/.test(head)) {
    throw new DocumentRefused('unsupported-type', '这是旧版 Office XML 文件，请另存为 .docx 或 .xlsx 后再上传。');
  }
}
