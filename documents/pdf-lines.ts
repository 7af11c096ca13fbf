/** A piece of text on a page, in points; `y` grows upwards, as in the file. */
export interface PdfPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface PdfLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

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
function linesOf(pieces: readonly PdfPiece[]): PdfLine[] {
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
export function pagesToText(pages: readonly (readonly PdfPiece[])[]): string {
  const printed = dropFurniture(pages.map((pieces) => linesOf(pieces)));
  const all = printed.flat();
  if (all.length === 0) return '';
  const paragraphs: string[] = [];
  let previous: PdfLine | null = null;
  for (const lines of printed) {
    const size = median(lines.map((line) => line.size)) || 12;
    const rightMargin = Math.max(...lines.map((line) => line.right));
    const leftMargin = Math.min(...lines.map((line) => line.left));
    for (const line of lines) {
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
