import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';

async function textOf(workbook: ExcelJS.Workbook): Promise<string[]> {
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const { text, format } = await extractText({ bytes, filename: 'plan.xlsx' });
  expect(format).toBe('xlsx');
  return text.trim().split('\n');
}

describe('XLSX', () => {
  it('gives each row as a line, repeats merged cells and lets a merged title stand alone', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('任务');
    sheet.addRows([
      ['市容提升任务分解表'],
      ['序号', '任务', '牵头单位', '完成时限'],
      [1, '整治飞线充电', '市消防救援支队', '2025年6月底前'],
      [2, '增设充电设施', '市消防救援支队', '2025年12月底前'],
    ]);
    sheet.mergeCells('A1:D1');
    sheet.mergeCells('C3:C4');
    expect(await textOf(workbook)).toEqual([
      '市容提升任务分解表',
      '| 序号 | 任务 | 牵头单位 | 完成时限 |',
      '| 1 | 整治飞线充电 | 市消防救援支队 | 2025年6月底前 |',
      '| 2 | 增设充电设施 | 市消防救援支队 | 2025年12月底前 |',
    ]);
  });

  it('shows dates as dates, to the day or to the month as the cell is formatted', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('任务');
    sheet.addRow(['清淤', new Date(Date.UTC(2025, 5, 30)), new Date(Date.UTC(2025, 8, 1)), 12.5]);
    sheet.getCell('B1').numFmt = 'yyyy/m/d';
    sheet.getCell('C1').numFmt = 'yyyy"年"m"月"';
    expect(await textOf(workbook)).toEqual(['| 清淤 | 2025年6月30日 | 2025年9月 | 12.5 |']);
  });

  it('reads every visible sheet in order, rich text as text, and no hidden sheet', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook
      .addWorksheet('一')
      .addRow(['甲任务', { richText: [{ text: '市' }, { font: { bold: true }, text: '城管局' }] }]);
    workbook.addWorksheet('字典', { state: 'hidden' }).addRow(['下拉选项', '不应出现']);
    workbook.addWorksheet('二').addRow(['乙任务', '市公安局']);
    expect(await textOf(workbook)).toEqual(['| 甲任务 | 市城管局 |', '', '| 乙任务 | 市公安局 |']);
  });
});
