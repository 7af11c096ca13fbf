import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';
import { grid, makePdf, typeset } from './sample-pdf.ts';

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

  it('reads ruled tables cell by cell: wrapped text, merged cells, a row cut by the end of a page', async () => {
    const xs = [60, 110, 260, 400, 540];
    const head = [
      { text: '序号', x: 64, y: 780 },
      { text: '工作任务', x: 114, y: 780 },
      { text: '责任单位', x: 264, y: 780 },
      { text: '完成时限', x: 404, y: 780 },
    ];
    const first = [
      ...head,
      { text: '1', x: 64, y: 740 },
      { text: '疏浚内河并公示进', x: 114, y: 750 },
      { text: '度', x: 114, y: 730 },
      { text: '市水务局', x: 264, y: 730 },
      { text: '2025年6月底', x: 404, y: 740 },
      { text: '2', x: 64, y: 690 },
      { text: '修补堤岸', x: 114, y: 690 },
      { text: '每季度', x: 404, y: 690 },
      { text: '3', x: 64, y: 650 },
      { text: '整治排口，', x: 114, y: 650 },
      { text: '市生态环境局', x: 264, y: 650 },
      { text: '长期坚持', x: 404, y: 650 },
      { text: '— 1 —', x: 280, y: 40 },
    ];
    const second = [
      { text: '逐一编号。', x: 114, y: 780 },
      { text: '4', x: 64, y: 740 },
      { text: '补种岸树', x: 114, y: 740 },
      { text: '市园林局', x: 264, y: 740 },
      { text: '年内', x: 404, y: 740 },
      { text: '— 2 —', x: 280, y: 40 },
    ];
    const ruled = [grid(xs, [800, 770, 720, 680, 640], [[1, 2]]), grid(xs, [800, 770, 730])];
    expect(await textOf(makePdf([first, second], false, ruled))).toEqual([
      '| 序号 | 工作任务 | 责任单位 | 完成时限 |',
      '| 1 | 疏浚内河并公示进度 | 市水务局 | 2025年6月底 |',
      '| 2 | 修补堤岸 | 市水务局 | 每季度 |',
      '| 3 | 整治排口，逐一编号。 | 市生态环境局 | 长期坚持 |',
      '| 4 | 补种岸树 | 市园林局 | 年内 |',
    ]);
  });
});
