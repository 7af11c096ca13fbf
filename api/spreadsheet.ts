import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { TableCell, TableColumn } from '../domain/papers/table.ts';

/** Rows in batches, so that a table of any length passes through without being held. */
export type Batches = AsyncIterable<TableCell[][]>;

/** What a spreadsheet would run as a formula, half- and full-width, also behind blanks. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** A text that a spreadsheet shows as text: an apostrophe in front of what it would calculate. */
export function safeCell(cell: TableCell): TableCell {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
}

/** CSV with a byte order mark, without which Excel reads Chinese as Latin. */
export function csvStream(columns: readonly TableColumn[], batches: Batches): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${stringify([columns.map((column) => column.header)], { record_delimiter: 'windows' })}`;
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
