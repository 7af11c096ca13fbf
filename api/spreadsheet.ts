import { PassThrough, Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';

export interface Column {
  title: string;
  /** Width in characters, for XLSX. */
  width: number;
}

export type Cell = string | number | null;

/** Rows in batches, so that a table of any length passes through without being held. */
export type Batches = AsyncIterable<Cell[][]>;

/** What a spreadsheet would run as a formula, half- and full-width, also behind blanks. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** A text that a spreadsheet shows as text: an apostrophe in front of what it would calculate. */
export function safeCell(cell: Cell): Cell {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
}

/** CSV with a byte order mark, without which Excel reads Chinese as Latin. */
export function csvStream(columns: readonly Column[], batches: Batches): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${stringify([columns.map((column) => column.title)], { record_delimiter: 'windows' })}`;
    for await (const rows of batches) {
      if (rows.length > 0)
        yield stringify(
          rows.map((row) => row.map(safeCell)),
          { record_delimiter: 'windows' },
        );
    }
  }
  return Readable.from(lines());
}

/** XLSX, written row by row. Cells are typed, so nothing in them is ever a formula. */
export function xlsxStream(sheet: string, columns: readonly Column[], batches: Batches): Readable {
  const out = new PassThrough();
  const write = async (): Promise<void> => {
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
    const worksheet = workbook.addWorksheet(sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
    worksheet.columns = columns.map(({ title, width }) => ({ header: title, width }));
    worksheet.getRow(1).font = { bold: true };
    worksheet.getRow(1).commit();
    for await (const rows of batches) {
      for (const row of rows) worksheet.addRow(row).commit();
      // The writer itself does not wait for a slow reader.
      while (out.writableNeedDrain && !out.destroyed) await new Promise((resolve) => setTimeout(resolve, 10));
      if (out.destroyed) return;
    }
    worksheet.commit();
    await workbook.commit();
  };
  write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}
