import { rowLine } from './table-grid.ts';

/** A piece of text on a page, in points; `y` grows upwards, as in the file. */
export interface PdfPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A page's free text, and the rows of its tables where they stand. */
export interface PdfPage {
  /** Width of the page in points. */
  readonly width: number;
  readonly pieces: readonly PdfPiece[];
  readonly tables: readonly { readonly top: number; readonly rows: readonly (readonly string[])[] }[];
}

/** One printed line of free text. */
export interface PdfLine {
  /** A row of a table: it joins nothing. */
  readonly row?: readonly string[];
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** A full line ends at least this far across the page: official pages leave 26 mm of 210. */
const FULL_LINE = 0.78;

const PAGE_NUMBER = /^[-—–－―·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?)[-—–－―·\s]*$/;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Where two pieces of a line stand apart, print shows a space; Chinese characters themselves never need one. */
function joinPieces(pieces: readonly PdfPiece[], size: number): string {
  let text = '';
  let end = Number.NaN;
  for (const piece of pieces) {
    const gap = piece.x - end;
    if (!Number.isNaN(gap)) {
      const latin = /[\w)]$/.test(text) && /^[\w(]/.test(piece.text);
      if (gap > size * 0.8 || (latin && gap > size * 0.2)) text += ' ';
    }
    text += piece.text;
    end = piece.x + piece.width;
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** Pieces of one page as printed lines, from top to bottom. */
export function linesOf(pieces: readonly PdfPiece[]): PdfLine[] {
  const ordered = pieces.filter((piece) => piece.text.trim() !== '').sort((a, b) => b.y - a.y || a.x - b.x);
  const groups: PdfPiece[][] = [];
  for (const piece of ordered) {
    const group = groups.at(-1);
    const first = group?.[0];
    const close = first !== undefined && Math.abs(first.y - piece.y) <= Math.max(first.height, piece.height, 6) * 0.45;
    if (group !== undefined && close) group.push(piece);
    else groups.push([piece]);
  }
  return groups.map((group) => {
    const row = group.sort((a, b) => a.x - b.x);
    const size = median(row.map((piece) => piece.height)) || 12;
    const right = Math.max(...row.map((piece) => piece.x + piece.width));
    return { text: joinPieces(row, size), left: row[0]?.x ?? 0, right, y: row[0]?.y ?? 0, size };
  });
}

/** Rows as lines, a hair apart so that they keep their order among the lines of the page. */
function rowsOf(page: PdfPage): PdfLine[] {
  return page.tables.flatMap((table) =>
    table.rows.flatMap((row, index) => {
      const text = rowLine(row);
      return text === null ? [] : [{ row, text, left: 0, right: 0, y: table.top - index / 1000, size: 0 }];
    }),
  );
}

/**
 * A row that the end of a page cut in two: the second half has no number and not every other cell. A row that only lacks
 * merged cells is a row of its own. Null where the rows do not belong together.
 */
function continuedRow(before: readonly string[], row: readonly string[]): string[] | null {
  const filled = row.filter((cell) => cell !== '').length;
  if (before.length !== row.length || row[0] !== '' || filled === 0 || filled >= row.length - 1) return null;
  return before.map((cell, index) => cell + (row[index] ?? ''));
}

/** Page numbers and running heads at the edges of pages: furniture that would cut a sentence in two. */
function dropFurniture(pages: PdfLine[][]): PdfLine[][] {
  const seen = new Map<string, number>();
  const edges = (lines: PdfLine[]): Set<PdfLine> => new Set([...lines.slice(0, 1), ...lines.slice(-2)]);
  for (const lines of pages) for (const line of edges(lines)) seen.set(line.text, (seen.get(line.text) ?? 0) + 1);
  return pages.map((lines) => {
    const edge = edges(lines);
    return lines.filter((line) => !edge.has(line) || !(PAGE_NUMBER.test(line.text) || (seen.get(line.text) ?? 0) >= 3));
  });
}

/**
 * Joins printed lines to paragraphs by geometry: a line that reaches the right margin goes on in a next line that begins at
 * the left margin, across pages as well; an indented line begins a paragraph (Chinese print indents by two characters).
 */
export function pagesToText(pages: readonly PdfPage[]): string {
  const free = dropFurniture(pages.map((page) => linesOf(page.pieces)));
  const printed = pages.map((page, index) => [...(free[index] ?? []), ...rowsOf(page)].sort((a, b) => b.y - a.y));
  const all = printed.flat();
  if (all.length === 0) return '';
  const paragraphs: string[] = [];
  let previous: PdfLine | null = null;
  let lastRow: readonly string[] | null = null;
  for (const [index, lines] of printed.entries()) {
    const width = pages[index]?.width ?? 0;
    const prose = lines.filter((line) => line.row === undefined);
    const size = median(prose.map((line) => line.size)) || 12;
    // A title page has no full line: without a floor its longest title would count as one.
    const rightMargin = Math.max(width * FULL_LINE, ...prose.map((line) => line.right));
    const leftMargin = Math.min(...prose.map((line) => line.left));
    for (const line of lines) {
      if (line.row !== undefined) {
        const cut: string[] | null = line === lines[0] && lastRow !== null ? continuedRow(lastRow, line.row) : null;
        if (cut !== null) paragraphs[paragraphs.length - 1] = rowLine(cut) ?? '';
        else paragraphs.push(line.text);
        lastRow = cut ?? line.row;
        previous = null;
        continue;
      }
      lastRow = null;
      const full: boolean = previous !== null && previous.right >= rightMargin - 1.6 * size;
      const flush: boolean = line.left <= leftMargin + 0.8 * size;
      const sameType: boolean = previous !== null && Math.abs(previous.size - line.size) < 0.2 * size;
      const last = paragraphs.length - 1;
      if (full && flush && sameType && last >= 0) {
        const before = paragraphs[last] ?? '';
        const space = /[A-Za-z0-9]$/.test(before) && /^[A-Za-z]/.test(line.text) ? ' ' : '';
        paragraphs[last] = before + space + line.text;
      } else paragraphs.push(line.text);
      previous = line;
    }
  }
  return paragraphs.join('\n');
}
