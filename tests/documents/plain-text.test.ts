import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';

const SIMPLIFIED = '一、主要目标\r\n（责任单位：市城管局；完成时限：2025年底前）';
const TRADITIONAL = '一、主要目標\n（責任單位：市城市管理局；完成時限：2025年底前）推進市容環境管理工作。';

async function textOf(bytes: Uint8Array): Promise<string> {
  const { text, format } = await extractText({ bytes, filename: 'plan.txt' });
  expect(format).toBe('text');
  return text;
}

describe('plain text', () => {
  it.each(['utf8', 'gb18030', 'gbk', 'utf-16le', 'utf-16be'])('in %s', async (encoding) => {
    expect(await textOf(iconv.encode(SIMPLIFIED, encoding))).toBe(SIMPLIFIED.replace('\r\n', '\n'));
  });

  it.each(['utf8', 'utf-16le', 'utf-16be'])('in %s with a byte order mark', async (encoding) => {
    expect(await textOf(iconv.encode(SIMPLIFIED, encoding, { addBOM: true }))).toBe(SIMPLIFIED.replace('\r\n', '\n'));
  });

  it('in Big5', async () => {
    expect(await textOf(iconv.encode(TRADITIONAL, 'big5'))).toBe(TRADITIONAL);
  });

  it('keeps the rest of a UTF-8 text in which one byte is lost', async () => {
    const whole = Buffer.from(SIMPLIFIED.repeat(20));
    const text = await textOf(Buffer.concat([whole.subarray(0, 400), whole.subarray(401)]));
    expect(text).toContain('（责任单位：市城管局；完成时限：2025年底前）');
    expect(text).toContain('\uFFFD');
  });

  it('with radicals in the place of characters, as text copied from a PDF has them', async () => {
    const copied = '\u2F00、⾏动⽅案\n（责任单位：市⼈⺠政府办公室；完成时限：⻓期坚持，2025年6⽉底前\u200B）';
    expect(await textOf(Buffer.from(copied))).toBe(
      '一、行动方案\n（责任单位：市人民政府办公室；完成时限：长期坚持，2025年6月底前）',
    );
  });
});
