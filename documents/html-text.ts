import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { expandSpans, rowLine } from './table-grid.ts';
import type { SpannedCell } from './table-grid.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const DROPPED = new Set(
  'head script style nav noscript template iframe object svg canvas select button input textarea footer audio video'.split(
    ' ',
  ),
);
const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** A "cell" longer than this is a page's frame: old sites lay the whole page out in one table. */
const LAYOUT_CELL_CHARS = 4000;
const CJK = '\u3000-\u303f\u4e00-\u9fff\uff00-\uffef';
const SOURCE_BREAK = new RegExp(`(?<=[${CJK}])[ \\t]*\\r?\\n\\s*(?=[${CJK}])`, 'g');

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((item) => item.name === name)?.value;
}

function childrenOf(node: Node): Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

function isHidden(element: Element): boolean {
  const style = attribute(element, 'style') ?? '';
  return attribute(element, 'hidden') !== undefined || /display\s*:\s*none/i.test(style);
}

class LineWriter {
  readonly lines: string[] = [];
  private current = '';

  add(text: string): void {
    this.current += text;
  }

  end(): void {
    const line = this.current.replace(/[ \t\u00a0]+/g, ' ').trim();
    if (line !== '') this.lines.push(line);
    this.current = '';
  }
}

/** Source line ends between Chinese characters are the editor's, not the author's: no space stands there in print. */
function inlineText(value: string): string {
  return value.replace(SOURCE_BREAK, '').replace(/[\r\n\f]+/g, ' ');
}

function collectRows(table: Element): Element[] {
  const rows: Element[] = [];
  for (const child of table.childNodes) {
    if (!isElement(child)) continue;
    if (child.tagName === 'tr') rows.push(child);
    else if (child.tagName === 'thead' || child.tagName === 'tbody' || child.tagName === 'tfoot')
      rows.push(...collectRows(child));
  }
  return rows;
}

function cellsOf(row: Element): Element[] {
  return row.childNodes.filter(
    (child): child is Element => isElement(child) && (child.tagName === 'td' || child.tagName === 'th'),
  );
}

function holdsTable(node: Node): boolean {
  return childrenOf(node).some((child) => isElement(child) && (child.tagName === 'table' || holdsTable(child)));
}

function span(element: Element, name: string): number {
  const value = Number.parseInt(attribute(element, name) ?? '1', 10);
  // rowspan="0" reaches to the end of the table; the grid cuts whatever is too long.
  if (value === 0 && name === 'rowspan') return Number.MAX_SAFE_INTEGER;
  return Number.isFinite(value) && value > 0 ? value : 1;
}

function cellText(cell: Element): string {
  const writer = new LineWriter();
  childrenOf(cell).forEach((child) => walk(child, writer));
  writer.end();
  return writer.lines.join(' ');
}

/** A data table as lines; null where the table is only the page's frame. */
function tableLines(table: Element): string[] | null {
  if (holdsTable(table)) return null;
  const rows = collectRows(table).map((row) => cellsOf(row));
  if (!rows.some((row) => row.length > 1)) return null;
  const spanned: SpannedCell[][] = [];
  for (const row of rows) {
    const cells = row.map((cell) => ({
      text: cellText(cell),
      colSpan: span(cell, 'colspan'),
      rowSpan: span(cell, 'rowspan'),
    }));
    if (cells.some((cell) => cell.text.length > LAYOUT_CELL_CHARS)) return null;
    spanned.push(cells);
  }
  return expandSpans(spanned)
    .map((row) => rowLine(row))
    .filter((line) => line !== null);
}

function walkTable(table: Element, writer: LineWriter): void {
  writer.end();
  const caption = table.childNodes.find((child) => isElement(child) && child.tagName === 'caption');
  if (caption !== undefined) {
    childrenOf(caption).forEach((child) => walk(child, writer));
    writer.end();
  }
  const lines = tableLines(table);
  if (lines === null) table.childNodes.filter((child) => child !== caption).forEach((child) => walk(child, writer));
  else writer.lines.push(...lines);
  writer.end();
}

/** `<ol>` counts for the reader, who sees the numbers: so must the text. */
function walkOrderedList(list: Element, writer: LineWriter): void {
  let number = Number.parseInt(attribute(list, 'start') ?? '1', 10);
  if (!Number.isFinite(number)) number = 1;
  for (const child of list.childNodes) {
    writer.end();
    if (isElement(child) && child.tagName === 'li') {
      writer.add(`${number}. `);
      number += 1;
      childrenOf(child).forEach((inner) => walk(inner, writer, true));
    } else {
      walk(child, writer);
    }
  }
  writer.end();
}

function walkElement(element: Element, writer: LineWriter, keepsLine: boolean): void {
  const tag = element.tagName;
  if (DROPPED.has(tag) || isHidden(element)) return;
  if (tag === 'br') writer.end();
  else if (tag === 'table') walkTable(element, writer);
  else if (tag === 'ol') walkOrderedList(element, writer);
  else {
    const block = BLOCKS.has(tag);
    // The first block of a list item continues the line that its number has begun.
    if (block && !keepsLine) writer.end();
    element.childNodes.forEach((child, index) => walk(child, writer, keepsLine && index === 0));
    if (block) writer.end();
  }
}

function walk(node: Node, writer: LineWriter, keepsLine = false): void {
  if (node.nodeName === '#text' && 'value' in node) writer.add(inlineText(node.value));
  else if (isElement(node)) walkElement(node, writer, keepsLine);
  else if (node.nodeName === '#document') childrenOf(node).forEach((child) => walk(child, writer));
}

/** The visible text of a page: one line per block, tables as `| cell | cell |` rows with merged cells repeated. */
export function htmlToText(html: string): string {
  const writer = new LineWriter();
  walk(parse(html), writer);
  writer.end();
  return writer.lines.join('\n');
}
