import ExcelJS from 'exceljs';
import type { ReadRow, ReadTable } from '../../domain/papers/table.ts';
import { openArchive } from '../archive.ts';
import { DocumentRefused } from '../document-refused.ts';
import { MARKS_TAB } from './workbook.ts';

const MAX_ROWS = 5_000;
const MAX_COLUMNS = 100;
const DAY = 10;

/**
 * A workbook of ours that a person filled in: the rows of its first tab and its marks. In this thread and without a limit
 * of time: only the worker calls it. @throws DocumentRefused
 */
export async function readTable(bytes: Uint8Array): Promise<ReadTable> {
  // Judged by its directory before anything unpacks it.
  const archive = await openArchive(bytes);
  if (!archive.names.has('xl/workbook.xml'))
    throw new DocumentRefused('unsupported-type', '不是 Excel 工作簿（.xlsx），请上传从本系统下载后填写的文件。');
  const workbook = new ExcelJS.Workbook();
  try {
    const copy = new Uint8Array(bytes);
    await workbook.xlsx.load(copy.buffer, { ignoreNodes: ['dataValidations', 'conditionalFormatting', 'drawing'] });
  } catch {
    throw new DocumentRefused('broken-document', 'Excel 文件已损坏，无法读取。请用原软件重新保存后再上传。');
  }
  const tab = workbook.worksheets.find((sheet) => sheet.name !== MARKS_TAB);
  return { marks: marksOf(workbook), rows: tab === undefined ? [] : rowsOf(tab) };
}

function marksOf(workbook: ExcelJS.Workbook): Record<string, string> {
  const tab = workbook.getWorksheet(MARKS_TAB);
  const marks: Record<string, string> = {};
  tab?.eachRow((row) => {
    const name = cellText(row.getCell(1)).text;
    if (name !== '') marks[name] = cellText(row.getCell(2)).text;
  });
  return marks;
}

function rowsOf(tab: ExcelJS.Worksheet): ReadRow[] {
  const rows: ReadRow[] = [];
  tab.eachRow((row, number) => {
    if (rows.length >= MAX_ROWS) throw new DocumentRefused('too-large', `表格超过 ${MAX_ROWS} 行，拒绝读取。`);
    const cells: string[] = [];
    const computed: number[] = [];
    for (let at = 0; at < Math.min(row.cellCount, MAX_COLUMNS); at += 1) {
      const { text, isComputed } = cellText(row.getCell(at + 1));
      cells.push(text);
      if (isComputed) computed.push(at);
    }
    if (cells.some((text) => text !== '') || computed.length > 0) rows.push({ number, cells, computed });
  });
  return rows;
}

/** A cell as the text that a person sees; formulas and errors are told apart and never evaluated. */
function cellText(cell: ExcelJS.Cell): { text: string; isComputed: boolean } {
  const { value } = cell;
  if (value === null || value === undefined) return { text: '', isComputed: false };
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, DAY);
    return { text, isComputed: false };
  }
  if (typeof value !== 'object')
    return { text: typeof value === 'boolean' ? booleanText(value) : String(value).trim(), isComputed: false };
  if ('richText' in value)
    return {
      text: value.richText
        .map((run) => run.text)
        .join('')
        .trim(),
      isComputed: false,
    };
  if ('hyperlink' in value) return { text: String(value.text ?? '').trim(), isComputed: false };
  return { text: '', isComputed: true };
}

function booleanText(value: boolean): string {
  return value ? '是' : '否';
}
