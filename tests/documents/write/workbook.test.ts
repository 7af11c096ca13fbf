import { buffer } from 'node:stream/consumers';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../../documents/write/read-table.ts';
import { writeWorkbook } from '../../../documents/write/workbook.ts';
import type { TableLayout, TableRow } from '../../../domain/papers/table.ts';

const LAYOUT: TableLayout = {
  name: '任务',
  columns: [
    { header: '标识', width: 10, hidden: true },
    { header: '内容', width: 40, editable: true },
    { header: '状态', width: 10, editable: true, choices: ['正常', '滞后'] },
    { header: '数值', width: 10, kind: 'number' },
    { header: '日期', width: 12, kind: 'date' },
  ],
};

// oxlint-disable-next-line require-yield -- it fails before its first row
async function* failing(): AsyncGenerator<TableRow> {
  throw new Error('the database went away');
}

async function sheetXml(
  layout: TableLayout,
  rows: TableRow[],
): Promise<{ sheet: string; part(name: string): Promise<string> }> {
  const zip = await JSZip.loadAsync(await buffer(writeWorkbook(layout, rows)));
  const part = async (name: string): Promise<string> => (await zip.file(name)?.async('string')) ?? '';
  return { sheet: await part('xl/worksheets/sheet1.xml'), part };
}

test('what looks like a formula is text: no formula is ever written, and editing does not make one', async () => {
  const hostile = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '＝HYPERLINK("x")'];
  const { sheet, part } = await sheetXml(
    LAYOUT,
    hostile.map((text) => ['id', text, '正常', 1, null]),
  );
  expect(sheet).not.toMatch(/<f[ >]/);
  for (const text of hostile) expect(sheet).toContain(text.replace(/"/g, '&quot;'));
  // Cells of the text column carry the text format (49), under which a program keeps what is typed.
  const styles = await part('xl/styles.xml');
  const formats = [.../<cellXfs.*?<\/cellXfs>/s.exec(styles)![0].matchAll(/<xf [^>]*numFmtId="(\d+)"/g)].map(
    ([, id]) => id,
  );
  const style = /<c r="B2" s="(\d+)"/.exec(sheet)?.[1];
  expect(formats[Number(style)]).toBe('49');
});

test('numbers are numbers and dates are dates, on the civil day that was given', async () => {
  const { sheet, part } = await sheetXml(LAYOUT, [['id', '甲', '正常', 12.5, '2025-10-31']]);
  expect(sheet).toMatch(/<c r="D2"[^>]*><v>12\.5<\/v>/);
  expect(sheet).toMatch(/<c r="E2"[^>]*><v>45961<\/v>/);
  expect(await part('xl/styles.xml')).toContain('yyyy-mm-dd');
});

test('a protected table locks all but editable columns, hides ids, and offers the choices', async () => {
  const { sheet, part } = await sheetXml({ ...LAYOUT, protected: true }, [['id', '甲', '正常', 1, null]]);
  expect(sheet).toContain('<sheetProtection');
  expect(sheet).toMatch(/<col [^>]*min="1"[^>]*hidden="1"/);
  expect(sheet).toMatch(/<dataValidation [^>]*type="list"[^>]*sqref="C2:C\d+"/);
  expect(sheet).toContain('"正常,滞后"'.replace(/"/g, '&quot;'));
  const styles = await part('xl/styles.xml');
  const xfs = [.../<cellXfs.*?<\/cellXfs>/s.exec(styles)![0].matchAll(/<xf (?:[^>]*\/>|.*?<\/xf>)/gs)].map(
    ([xf]) => xf,
  );
  const styleOf = (cell: string): string => xfs[Number(new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(sheet)?.[1])] ?? '';
  expect(styleOf('B2')).toContain('locked="0"');
  expect(styleOf('A2')).not.toContain('locked="0"');
});

test('marks travel on a tab that no menu shows', async () => {
  const bytes = await buffer(writeWorkbook({ ...LAYOUT, marks: { sheet: 'sheet-1', month: '2025-03' } }, []));
  const workbook = await (await JSZip.loadAsync(bytes)).file('xl/workbook.xml')?.async('string');
  expect(workbook).toContain('state="veryHidden"');
  expect((await readTable(bytes)).marks).toEqual({ sheet: 'sheet-1', month: '2025-03' });
});

test('characters that no workbook can hold are left out', async () => {
  const { sheet } = await sheetXml(LAYOUT, [['id', '甲\u0000乙\u001F丙\uDC00丁', '正常', 1, null]]);
  expect(sheet).toContain('甲乙丙丁');
});

describe('streaming', () => {
  test('rows are taken only as fast as they are read', async () => {
    let taken = 0;
    function* endless(): Generator<TableRow> {
      for (;;) {
        taken += 1;
        // Text that does not compress, or a million rows would fit into one buffer.
        yield [
          `id-${taken}`,
          Array.from({ length: 200 }, (_, at) =>
            String.fromCodePoint(0x4e00 + ((taken * 7919 + at * 104_729) % 20_000)),
          ).join(''),
          '正常',
          taken,
          null,
        ];
      }
    }
    const stream = writeWorkbook(LAYOUT, endless());
    await new Promise((resolve) => stream.once('readable', resolve));
    // Nobody reads on: give the writer many turns.
    let before = -1;
    while (before !== taken) {
      before = taken;
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken).toBeLessThan(100_000);
    stream.destroy();
  });

  test('an error of the source ends the stream with that error', async () => {
    await expect(buffer(writeWorkbook(LAYOUT, failing()))).rejects.toThrow('the database went away');
  });
});
