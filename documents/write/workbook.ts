import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { TableCell, TableColumn, TableLayout, TableRow } from '../../domain/papers/table.ts';
import { printable } from './printable.ts';

/** The tab that carries a table's marks; no menu of a spreadsheet program shows it. */
export const MARKS_TAB = 'bihuan';
const DATE_FORMAT = 'yyyy-mm-dd';
/** Text format: a cell that begins with = + - or @ stays text when somebody edits it. */
const TEXT_FORMAT = '@';
const MOST_CHARACTERS = 32_767;
/** A validation covers rows that a person adds below, too. */
const SPARE_ROWS = 200;

/**
 * A table as an XLSX stream: rows are taken as fast as the reader reads, so memory does not grow with their number. Cells
 * are values, never formulas. An error of `rows` destroys the stream.
 */
export function writeWorkbook(layout: TableLayout, rows: Iterable<TableRow> | AsyncIterable<TableRow>): Readable {
  const stream = new PassThrough();
  write(stream, layout, rows).catch((error: unknown) => {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return stream;
}

async function write(
  stream: PassThrough,
  layout: TableLayout,
  rows: Iterable<TableRow> | AsyncIterable<TableRow>,
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const { columns, lead = [] } = layout;
  const sheet = workbook.addWorksheet(layout.name, {
    views: [{ state: 'frozen', ySplit: lead.length + 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = columns.map((column) => ({ width: column.width, hidden: column.hidden === true }));
  if (layout.protected === true) await sheet.protect('', { formatColumns: true, formatRows: true, autoFilter: true });
  for (const text of lead) sheet.addRow([clean(text)]).commit();
  const header = sheet.addRow(columns.map((column) => clean(column.header)));
  header.font = { bold: true };
  header.alignment = { wrapText: true, vertical: 'middle' };
  header.commit();
  let number = lead.length + 1;
  for await (const row of rows) {
    number += 1;
    const added = sheet.addRow(columns.map((column, at) => cellValue(column, row[at] ?? null)));
    for (const [at, column] of columns.entries()) dress(added.getCell(at + 1), column);
    added.commit();
    if (stream.destroyed) return;
    if (stream.writableNeedDrain) await drained(stream);
    // The writer compresses in the same thread: requests of others must get their turn.
    else if (number % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  validate(sheet, columns, lead.length + 2, number + SPARE_ROWS);
  sheet.commit();
  if (layout.marks !== undefined) mark(workbook, layout.marks);
  await workbook.commit();
}

function drained(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
  });
}

function cellValue(column: TableColumn, value: TableCell): ExcelJS.CellValue {
  if (value === null || value === '') return null;
  if (column.kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return new Date(`${value}T00:00:00Z`);
  }
  return typeof value === 'number' ? value : clean(value);
}

function clean(text: string): string {
  return printable(text).slice(0, MOST_CHARACTERS);
}

function dress(cell: ExcelJS.Cell, column: TableColumn): void {
  cell.alignment = { vertical: 'top', wrapText: column.kind !== 'number' && column.kind !== 'date' };
  if (column.kind === 'date') cell.numFmt = DATE_FORMAT;
  else if (column.kind !== 'number') cell.numFmt = TEXT_FORMAT;
  if (column.editable === true) cell.protection = { locked: false };
}

function validate(sheet: ExcelJS.Worksheet, columns: readonly TableColumn[], first: number, last: number): void {
  // The streaming writer takes validations by cell range although its type names none.
  const { dataValidations } = sheet as unknown as {
    dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void };
  };
  for (const [at, column] of columns.entries()) {
    if (column.choices === undefined) continue;
    const letter = sheet.getColumn(at + 1).letter;
    dataValidations.add(`${letter}${first}:${letter}${last}`, {
      type: 'list',
      allowBlank: true,
      showErrorMessage: true,
      errorTitle: column.header,
      error: `只能选择：${column.choices.join('、')}`,
      formulae: [`"${column.choices.join(',')}"`],
    });
  }
}

function mark(workbook: ExcelJS.stream.xlsx.WorkbookWriter, marks: Readonly<Record<string, string>>): void {
  const tab = workbook.addWorksheet(MARKS_TAB, { state: 'veryHidden' });
  for (const [name, value] of Object.entries(marks)) tab.addRow([name, clean(value)]).commit();
  tab.commit();
}
