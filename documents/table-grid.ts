import { DocumentRefused } from './document-refused.ts';
import { MAX_TABLE_CELLS } from './limits.ts';

/** One cell as its markup gives it: spans count columns and rows, 1 where nothing is merged. */
export interface SpannedCell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
}

const MAX_COLUMNS = 200;

/**
 * Expands merged cells: the content of a merged cell stands in every place that it covers, so that a row read alone still
 * knows its department (DOMAIN 2, tables "with merged cells").
 */
export function expandSpans(rows: readonly (readonly SpannedCell[])[]): string[][] {
  const grid: string[][] = rows.map(() => []);
  let cells = 0;
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x += 1;
      const right = Math.min(MAX_COLUMNS, x + Math.max(1, cell.colSpan));
      const bottom = Math.min(rows.length, y + Math.max(1, cell.rowSpan));
      for (let yy = y; yy < bottom; yy += 1) {
        const target = grid[yy];
        if (target === undefined) continue;
        for (let xx = x; xx < right; xx += 1) {
          if (target[xx] !== undefined) continue;
          target[xx] = cell.text;
          cells += 1;
        }
      }
      if (cells > MAX_TABLE_CELLS)
        throw new DocumentRefused('too-large', '表格单元格过多，不像一份行动计划，拒绝读取。');
      x = right;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? ''));
}

/**
 * One row as the line that the reader of plans knows: `| cell | cell |`. A row of one content only (a merged title, a
 * section's name) is a line of its own; an empty row gives null.
 */
export function rowLine(cells: readonly string[]): string | null {
  const clean = cells.map((cell) => cell.replaceAll('|', '｜').replace(/\s+/g, ' ').trim());
  const [first, ...others] = new Set(clean.filter((cell) => cell !== ''));
  if (first === undefined) return null;
  if (others.length === 0) return first;
  return `| ${clean.join(' | ')} |`;
}
