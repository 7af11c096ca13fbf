import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { DocumentRefused } from './document-refused.ts';
import { MAX_PDF_PAGES, MAX_TEXT_CHARS } from './limits.ts';
import { pagesToText } from './pdf-lines.ts';
import type { PdfPage, PdfPiece } from './pdf-lines.ts';
import { rulingsOf } from './pdf-rulings.ts';
import type { OperatorCodes } from './pdf-rulings.ts';
import { findTables, isInside } from './pdf-tables.ts';

/** Glyphs without a Unicode value come out as private-use or unassigned control characters. */
const UNMAPPED = /[\uE000-\uF8FF\uFFFD\p{Cc}]/gu;
/** Below this a page shows a picture of text, not text; a stamp or a page number may still be typed. */
const MIN_CHARS_A_PAGE = 8;

// As plain paths: in Node the library opens files by path and fails on the file: addresses that it makes for itself.
const DATA = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

async function open(bytes: Uint8Array): Promise<Document> {
  try {
    return await getDocumentProxy(bytes, {
      verbosity: 0,
      isEvalSupported: false,
      stopAtErrors: false,
      cMapUrl: join(DATA, 'cmaps/'),
      cMapPacked: true,
      standardFontDataUrl: join(DATA, 'standard_fonts/'),
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new DocumentRefused('encrypted', 'PDF 设有密码，无法读取。请去除密码后再上传。');
    }
    throw new DocumentRefused('broken-document', 'PDF 已损坏或不完整，无法打开。请重新导出后再上传。');
  }
}

/** Whether text stands side by side on several lines, as it does in tables: only then are the drawings worth reading. */
function mayHoldTable(pieces: readonly PdfPiece[]): boolean {
  let gaps = 0;
  let previous: PdfPiece | null = null;
  for (const piece of pieces) {
    if (piece.text.trim() === '') continue;
    if (previous !== null && Math.abs(previous.y - piece.y) < piece.height) {
      if (piece.x - (previous.x + previous.width) > piece.height * 0.5) gaps += 1;
    }
    previous = piece;
  }
  return gaps >= 3;
}

async function readPage(document: Document, number: number, codes: OperatorCodes): Promise<PdfPage> {
  const page = await document.getPage(number);
  const [x1 = 0, , x2 = 0] = page.view;
  const width = Math.abs(x2 - x1);
  const content = await page.getTextContent();
  const pieces: PdfPiece[] = [];
  for (const item of content.items) {
    if (!('str' in item)) continue;
    const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
    pieces.push({ text: item.str, x, y, width: item.width, height: Math.hypot(c, d) || item.height });
  }
  const operators = mayHoldTable(pieces) ? await page.getOperatorList() : null;
  page.cleanup();
  if (operators === null) return { width, pieces, tables: [] };
  const tables = findTables(rulingsOf(operators, codes), pieces);
  return { width, pieces: pieces.filter((piece) => !tables.some((table) => isInside(table, piece))), tables };
}

/** Text of a PDF, printed lines joined to paragraphs. A damaged page is skipped as long as others can be read. */
export async function pdfToText(bytes: Uint8Array): Promise<string> {
  const document = await open(bytes);
  try {
    if (document.numPages > MAX_PDF_PAGES) {
      throw new DocumentRefused('too-large', `PDF 共 ${document.numPages} 页，不像一份行动计划，拒绝读取。`);
    }
    const codes = (await getResolvedPDFJS()).OPS;
    const pages: PdfPage[] = [];
    let chars = 0;
    let damaged = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      try {
        const page = await readPage(document, number, codes);
        for (const piece of page.pieces) chars += piece.text.trim().length;
        for (const table of page.tables) chars += table.rows.flat().join('').length;
        pages.push(page);
      } catch {
        damaged += 1;
      }
      if (chars > MAX_TEXT_CHARS) throw new DocumentRefused('too-large', '文字过多，不像一份行动计划，拒绝读取。');
    }
    if (pages.length === 0 && damaged > 0) {
      throw new DocumentRefused('broken-document', 'PDF 已损坏或不完整，无法打开。请重新导出后再上传。');
    }
    if (chars < MIN_CHARS_A_PAGE * Math.max(1, pages.length)) {
      throw new DocumentRefused('pdf-without-text', '这份 PDF 是扫描件或图片，没有文字可读。请上传文字版文件。');
    }
    const text = pagesToText(pages);
    if ((text.replaceAll('\n', '').match(UNMAPPED)?.length ?? 0) > text.length * 0.2) {
      throw new DocumentRefused('garbled', 'PDF 的字体没有文字对照表，读出的是乱码。请上传 Word 版文件。');
    }
    return text;
  } finally {
    await document.destroy();
  }
}
