import { fold, type Folded } from './folding.ts';

export type LineKind = 'blank' | 'page' | 'row' | 'text';

export type SourceLine = {
  /** From 1, in the extracted text. */
  no: number;
  kind: LineKind;
  text: Folded;
  /** Cells of a table row, trimmed; empty for other lines. */
  cells: string[];
};

/** Splits the extracted text into lines and tells table rows and page furniture from text. */
export function sourceLines(text: string): SourceLine[] {
  const clean = withoutPinyin(text);
  return wholeRows(clean.split(/\r\n|\n|\r|\u2028/u)).map((raw, index) => describe(raw, index + 1));
}

const MOST_ROW_LINES = 8;

/** A cell with line breaks of its own breaks its row over lines: they are put back into one, the others left empty. */
function wholeRows(lines: string[]): string[] {
  for (let i = 0; i < lines.length; i += 1) {
    if (!/^\s*[|｜│]/u.test(lines[i] ?? '') || endsRow(lines[i])) continue;
    let end = i + 1;
    while (end < lines.length && end - i < MOST_ROW_LINES && !/[|｜│]/u.test(lines[end] ?? '')) end += 1;
    if (!endsRow(lines[end]) || /^\s*[|｜│]/u.test(lines[end] ?? '')) continue;
    lines[i] = lines.slice(i, end + 1).join(' ');
    lines.fill('', i + 1, end + 1);
  }
  return lines;
}

function endsRow(line: string | undefined): boolean {
  return line !== undefined && /[|｜│]\s*$/u.test(line.slice(-40));
}

const PINYIN = /[（(][a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}[）)]/gu;

/** Mirrors of public pages write a reading behind every character they converted: 責(zé)任單(dān)位. */
function withoutPinyin(text: string): string {
  const found = text.slice(0, 20000).match(PINYIN);
  return found !== null && found.length >= 10 ? text.replaceAll(PINYIN, '') : text;
}

function describe(raw: string, no: number): SourceLine {
  const text = fold(raw);
  if (text.f === '') return { no, kind: 'blank', text, cells: [] };
  const cells = cellsOf(raw, text.f);
  if (cells.length > 0) return { no, kind: isRuleRow(text.f) ? 'blank' : 'row', text, cells };
  return { no, kind: isPageFurniture(text.f) ? 'page' : 'text', text, cells: [] };
}

/** `| a | b |` or tab-separated cells; a single bar or tab makes no row. */
function cellsOf(raw: string, f: string): string[] {
  if (f.includes('|')) {
    const trimmedRaw = raw.trim();
    const framed = /^[|｜│]/u.test(trimmedRaw);
    const parts = splitBars(framed ? trimmedRaw.slice(1) : trimmedRaw);
    if (framed && parts.length > 1 && parts.at(-1) === '') parts.pop();
    // | 一、市容整治 | is a row whose one cell spans the table.
    if (framed) return parts.length >= 2 || /[|｜│]$/u.test(trimmedRaw.slice(1)) ? parts : [];
    return parts.length >= 3 ? parts : [];
  }
  if (!raw.includes('\t')) return [];
  const parts = raw.replace(/[\r\n]+$/u, '').split('\t');
  // Tabs that only indent are no cells.
  let first = 0;
  while (first < parts.length && parts[first]?.trim() === '') first += 1;
  const filled = parts.filter((part) => part.trim() !== '').length;
  return parts.length >= 3 && (filled >= 2 || parts.length >= 4) ? parts.map((part) => part.trim()) : [];
}

function splitBars(raw: string): string[] {
  return raw.split(/[|｜│]/u).map((part) => part.trim());
}

/** |---|:--:| between header and body. */
function isRuleRow(f: string): boolean {
  return /^[|\-:+=]+$/u.test(f.slice(0, 200)) && f.includes('-');
}

/** — 3 —, - 3 -, 第3页, 第3页共9页, 3/9 */
function isPageFurniture(f: string): boolean {
  if (f.length > 20) return false;
  return /^(?:-{1,4}\d{1,4}-{1,4}|·\d{1,4}·|\d{1,3}|第?\d{1,4}页,?(?:\/?共?\d{1,4}页)?|\d{1,3}\/\d{1,3}|Page\d{1,4}(?:of\d{1,4})?)$/iu.test(
    f,
  );
}

/** Width in Chinese characters: Latin letters and figures count one half. */
export function widthOf(text: Folded): number {
  let width = 0;
  for (let i = 0; i < text.f.length; i += 1) width += text.f.charCodeAt(i) < 0x80 ? 0.5 : 1;
  return width;
}
