import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { PAPERS, readTable, renderPaper } from '../../../documents/write/render.ts';
import { writeWorkbook } from '../../../documents/write/workbook.ts';
import { handover } from './sample-papers.ts';

async function filled(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet('月报'));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

test('a table that was written is read as it was', async () => {
  const layout = {
    name: '月报',
    lead: ['第一行'],
    columns: [
      { header: '甲', width: 5 },
      { header: '乙', width: 5 },
    ],
  };
  const { rows } = await readTable(
    await buffer(
      writeWorkbook(layout, [
        ['=1+1', '多\n行'],
        ['', '尾'],
      ]),
    ),
  );
  expect(rows).toEqual([
    { number: 1, cells: ['第一行'], computed: [] },
    { number: 2, cells: ['甲', '乙'], computed: [] },
    { number: 3, cells: ['=1+1', '多\n行'], computed: [] },
    { number: 4, cells: ['', '尾'], computed: [] },
  ]);
});

test('cells of every kind are read as a person sees them; formulas and errors are told, never computed', async () => {
  const { rows } = await readTable(
    await filled((sheet) => {
      sheet.addRow([
        { richText: [{ text: '粗' }, { text: '细' }] },
        { text: '链接', hyperlink: 'https://example.org' },
        12.5,
        new Date('2025-10-31T00:00:00Z'),
        true,
        { formula: 'A1', result: '结果' },
        { error: '#REF!' },
      ]);
    }),
  );
  expect(rows[0]).toEqual({
    number: 1,
    cells: ['粗细', '链接', '12.5', '2025-10-31', '是', '', ''],
    computed: [5, 6],
  });
});

test.each([
  ['no archive', Buffer.from('这不是 Excel')],
  ['half an archive', async () => (await filled((sheet) => sheet.addRow(['甲']))).slice(0, 900)],
  ['another office file', async () => renderPaper(handover(1))],
])('%s is refused with a sentence', async (_name, made) => {
  const bytes = typeof made === 'function' ? await made() : made;
  const answer = await PAPERS.readTable(bytes);
  expect(answer).toMatchObject({ refused: { detail: expect.stringMatching(/[一-鿿]/) } });
});

test('while a long paper is made, others get their turn', async () => {
  let turns = 0;
  const counter = setInterval(() => {
    turns += 1;
  }, 1);
  const paper = renderPaper(handover(600));
  await paper.finally(() => clearInterval(counter));
  expect((await paper).byteLength).toBeGreaterThan(10_000);
  // Made in this thread, it would leave a handful of turns between its steps.
  expect(turns).toBeGreaterThan(50);
});

test('more papers at once than threads are all made', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, (_, at) => renderPaper(handover(at + 1))));
  expect(new Set(made.map((bytes) => bytes.byteLength)).size).toBe(5);
});
