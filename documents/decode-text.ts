import { DocumentRefused } from './document-refused.ts';

const REPLACEMENT = '\uFFFD';
// Characters that official Chinese uses all the time, in both scripts: the wrong decoding never produces many of them.
const FREQUENT = new Set(
  '的一是在不了有和人这中大为上个国工作年月日市区县局部门單位单实施推进管理责任任务完成时间负责牵头加强建设城政府服務务關于关印发通知，。、；：（）《》',
);
const SAMPLE_CHARS = 200_000;

function bomOf(bytes: Uint8Array): { encoding: string; skip: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 };
  return null;
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { ignoreBOM: false }).decode(bytes);
}

interface Quality {
  readonly replaced: number;
  readonly controls: number;
  readonly frequent: number;
  readonly odd: number;
  readonly length: number;
}

function isControl(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0c && code !== 0x0d) || (code >= 0x7f && code < 0xa0)
  );
}

/** Letters and signs that a Chinese official text can hold; the rest speaks for a wrong decoding. */
function isPlausible(code: number): boolean {
  return (
    code < 0x250 ||
    (code >= 0x2000 && code <= 0x27ff) ||
    (code >= 0x2e80 && code <= 0x33ff) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xffef)
  );
}

function qualityOf(text: string): Quality {
  const sample = text.length > SAMPLE_CHARS ? text.slice(0, SAMPLE_CHARS) : text;
  let replaced = 0;
  let controls = 0;
  let frequent = 0;
  let odd = 0;
  let length = 0;
  for (const char of sample) {
    length += 1;
    const code = char.codePointAt(0) ?? 0;
    if (char === REPLACEMENT) replaced += 1;
    else if (isControl(code)) controls += 1;
    else if (FREQUENT.has(char)) frequent += 1;
    else if (!isPlausible(code)) odd += 1;
  }
  return { replaced, controls, frequent, odd, length: Math.max(1, length) };
}

function score(quality: Quality): number {
  return (quality.frequent - 4 * quality.replaced - 4 * quality.controls - 2 * quality.odd) / quality.length;
}

function refuseGarbage(text: string): string {
  const quality = qualityOf(text);
  const bad = quality.replaced + quality.controls + quality.odd;
  if (quality.controls / quality.length > 0.01 || bad / quality.length > 0.1) {
    throw new DocumentRefused('garbled', '文件内容不是可读的文字（可能是其他格式的文件改了扩展名，或编码已损坏）。');
  }
  return text;
}

/** A Chinese editor of the nineties still writes GB; Taiwan and Hong Kong wrote Big5; a lost byte must not lose the document. */
function guess(bytes: Uint8Array): string {
  const candidates = ['utf-8', 'gb18030', 'big5'];
  // Without a mark, UTF-16 shows by its zero bytes (ASCII, line ends); GB and UTF-8 text never hold any.
  if (bytes.subarray(0, 4096).includes(0)) candidates.push('utf-16le', 'utf-16be');
  let best = '';
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const encoding of candidates) {
    const sample = bytes.subarray(0, SAMPLE_CHARS * 2);
    const value = score(qualityOf(decode(sample, encoding)));
    if (value > bestScore) {
      bestScore = value;
      best = encoding;
    }
  }
  return decode(bytes, best);
}

/** The text of a plain file: byte order mark, then strict UTF-8, then the likeliest of UTF-8 with damage, GB18030, Big5 and UTF-16. */
export function decodeText(bytes: Uint8Array): string {
  const mark = bomOf(bytes);
  if (mark !== null) return refuseGarbage(decode(bytes.subarray(mark.skip), mark.encoding));
  try {
    return refuseGarbage(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof DocumentRefused && !bytes.subarray(0, 4096).includes(0)) throw error;
    return refuseGarbage(guess(bytes));
  }
}
