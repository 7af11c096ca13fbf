import { readFileSync } from 'node:fs';
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readPlanDocument } from '../../documents/read-plan-document.ts';
import { scorePlan, shortfalls } from '../domain/plan-text/corpus-score.ts';
import type { Expected } from '../domain/plan-text/corpus-score.ts';
import { typeset } from './sample-pdf.ts';

const CORPUS = new URL('../domain/plan-text/corpus/', import.meta.url);

function corpusText(name: string): string {
  return readFileSync(new URL(`${name}.txt`, CORPUS), 'utf8');
}

/** A document as blocks: a paragraph, or the rows of a table. */
type Block = string | string[][];

function blocksOf(name: string): Block[] {
  const blocks: Block[] = [];
  for (const line of corpusText(name).split('\n')) {
    if (line.trim() === '' || /^[|\s-]+$/.test(line)) continue;
    if (!line.startsWith('|')) {
      blocks.push(line);
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const last = blocks.at(-1);
    if (Array.isArray(last)) last.push(cells);
    else blocks.push([cells]);
  }
  return blocks;
}

function columnsOf(rows: string[][]): number {
  return Math.max(...rows.map((row) => row.length));
}

/** How many rows from here on show the same first two cells: the merge that the pipes of the text stand for. */
function mergedRows(rows: string[][], y: number): number {
  let count = 1;
  const key = rows[y]?.slice(0, 2).join('|');
  while (rows[y + count]?.slice(0, 2).join('|') === key) count += 1;
  return count;
}

function continuesMerge(rows: string[][], y: number): boolean {
  return y > 0 && rows[y - 1]?.slice(0, 2).join('|') === rows[y]?.slice(0, 2).join('|');
}

function wordTable(rows: string[][]): Table {
  return new Table({
    rows: rows.map((row, y) => {
      const cells = row
        .map((text, x) => ({ text, x }))
        .filter(({ x }) => !(x < 2 && continuesMerge(rows, y)))
        .map(({ text, x }) => {
          const options = { children: [new Paragraph(text)] };
          if (row.length === 1) return new TableCell({ ...options, columnSpan: columnsOf(rows) });
          return new TableCell(x < 2 ? { ...options, rowSpan: mergedRows(rows, y) } : options);
        });
      return new TableRow({ children: cells });
    }),
  });
}

async function asDocx(blocks: Block[]): Promise<Uint8Array> {
  const children = blocks.map((block) => (typeof block === 'string' ? new Paragraph(block) : wordTable(block)));
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

function htmlRow(rows: string[][], row: string[], y: number): string {
  const cells = row.map((text, x) => {
    if (row.length === 1) return `<td colspan="${columnsOf(rows)}">${text}</td>`;
    if (x >= 2) return `<td><p>${text}</p></td>`;
    return continuesMerge(rows, y) ? '' : `<td rowspan="${mergedRows(rows, y)}">${text}</td>`;
  });
  return `<tr>${cells.join('\n')}</tr>`;
}

async function asHtml(blocks: Block[]): Promise<Uint8Array> {
  const body = blocks.map((block) =>
    typeof block === 'string'
      ? `<p style="text-indent:2em"><span>${block.slice(0, 3)}</span>${block.slice(3)}</p>`
      : `<table>${block.map((row, y) => htmlRow(block, row, y)).join('\n')}</table>`,
  );
  return Buffer.from(
    `<!DOCTYPE html><html><head><title>公开</title></head><body><div>${body.join('\n')}</div></body></html>`,
  );
}

async function asXlsx(blocks: Block[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('任务表');
  for (const block of blocks) {
    if (typeof block === 'string') {
      sheet.addRow([block]);
      continue;
    }
    const first = sheet.rowCount + 1;
    block.forEach((row) => sheet.addRow(row));
    block.forEach((row, y) => {
      if (row.length === 1) sheet.mergeCells(first + y, 1, first + y, columnsOf(block));
      else if (!continuesMerge(block, y) && mergedRows(block, y) > 1) {
        const bottom = first + y + mergedRows(block, y) - 1;
        sheet.mergeCells(first + y, 1, bottom, 1);
        sheet.mergeCells(first + y, 2, bottom, 2);
      }
    });
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function asPdf(blocks: Block[]): Promise<Uint8Array> {
  return typeset(blocks.filter((block) => typeof block === 'string'));
}

const PARAGRAPHS = [
  '01-full-width-labels',
  '02-lead-and-support',
  '06-own-line-labels',
  '10-unlabelled-variants',
  '14-thirty-chinese-numbers',
  '28-lost-year-character',
];
const TABLES = [
  '19-pipe-table-merged',
  '29-pipe-table-sections',
  '36-table-with-line-breaks-in-cells',
  '44-table-repeated-heads',
];

const CASES: readonly (readonly [string, readonly string[], (blocks: Block[]) => Promise<Uint8Array>])[] = [
  ['docx', [...PARAGRAPHS, ...TABLES], asDocx],
  ['html', [...PARAGRAPHS, ...TABLES], asHtml],
  ['xlsx', TABLES, asXlsx],
  ['pdf', PARAGRAPHS, asPdf],
];

describe.each(CASES)('plans of the corpus as %s', (format, names, write) => {
  it.each(names)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, CORPUS), 'utf8')) as Expected;
    const document = await readPlanDocument({ bytes: await write(blocksOf(name)), filename: `${name}.${format}` });
    expect(document.format).toBe(format);
    expect(shortfalls(scorePlan(name, expected, document.reading))).toEqual([]);
  });
});
