import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';
import { makePdf, typeset } from './sample-pdf.ts';

const LONG =
  '1.推行街面巡查清单化管理，明确巡查路线、频次和内容，对发现的问题逐项登记、限时处置，每月通报一次处置情况并纳入年度考核。（责任单位：督察大队、各街镇中队；完成时限：2025年9月底前）';

async function textOf(bytes: Uint8Array): Promise<string[]> {
  const { text, format } = await extractText({ bytes, filename: 'plan.pdf' });
  expect(format).toBe('pdf');
  return text.split('\n');
}

describe('PDF', () => {
  it('joins wrapped lines to paragraphs and begins a new one at an indent', async () => {
    expect(await textOf(typeset(['一、重点任务', LONG, LONG]))).toEqual(['一、重点任务', LONG, LONG]);
  });

  it('joins a paragraph over the end of a page and drops the page numbers', async () => {
    const paragraphs = Array.from({ length: 12 }, (_, index) => `${index + 1}.${LONG.slice(2)}`);
    expect(await textOf(typeset(paragraphs))).toEqual(paragraphs);
  });

  it('reads fonts that are not embedded, by the character maps that come with us', async () => {
    expect(await textOf(typeset([LONG], true))).toEqual([LONG]);
  });

  it('refuses a scan, which has pages and no text', async () => {
    const refused = extractText({ bytes: makePdf([[], []]), filename: 'scan.pdf' });
    await expect(refused).rejects.toMatchObject({ code: 'pdf-without-text' });
  });
});
