import type { Archive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import { MAX_TABLE_CELLS } from './limits.ts';
import { rowLine } from './table-grid.ts';
import { attributeOf, partText, readXml } from './xml-part.ts';

const MAX_COLUMNS = 200;
const DAY_MS = 86_400_000;
// Excel's day 0 is 1899-12-30 once its false leap day of 1900 is counted; workbooks from old Macs begin in 1904.
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

interface Sheet {
  readonly name: string;
  readonly part: string;
}

async function textOf(archive: Archive, name: string): Promise<string | null> {
  const bytes = await archive.read(name);
  return bytes === null ? null : partText(bytes);
}

/** Shared strings; phonetic readings (rPh) are not text. */
function readSharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = 0;
  readXml(xml, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = phonetic === 0;
    },
    text: (value) => {
      if (inText) current += value;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') strings.push(current);
    },
  });
  return strings;
}

type DateShape = 'none' | 'day' | 'month';

function shapeOf(code: string): DateShape {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').toLowerCase();
  if (!/[yd]|m.*月|年/.test(bare) && !/y/.test(bare)) return 'none';
  return bare.includes('d') ? 'day' : 'month';
}

/** For each cell style, whether its number is a date, and to the day or the month. */
function readDateStyles(xml: string): DateShape[] {
  const custom = new Map<number, DateShape>();
  const shapes: DateShape[] = [];
  let inCellFormats = false;
  readXml(xml, {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), shapeOf(attributes['formatCode'] ?? ''));
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes['numFmtId'] ?? '0');
        const month = id === 17 || id === 27 || id === 36 || id === 57;
        shapes.push(custom.get(id) ?? (BUILT_IN_DATES.has(id) ? (month ? 'month' : 'day') : 'none'));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return shapes;
}

async function readWorkbook(archive: Archive): Promise<{ sheets: Sheet[]; epoch: number }> {
  const workbook = await textOf(archive, 'xl/workbook.xml');
  const relations = await textOf(archive, 'xl/_rels/workbook.xml.rels');
  if (workbook === null) {
    throw new DocumentRefused('broken-document', 'Excel 文件缺少工作簿部分，无法读取。请用原软件重新保存后再上传。');
  }
  const targets = new Map<string, string>();
  if (relations !== null) {
    readXml(relations, {
      open: (name, attributes) => {
        if (name !== 'Relationship') return;
        const target = attributes['Target'] ?? '';
        targets.set(attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
      },
    });
  }
  const sheets: Sheet[] = [];
  let epoch = EPOCH_1900;
  readXml(workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes['date1904'] ?? '')) epoch = EPOCH_1904;
      // A hidden sheet holds drop-down lists and drafts, not the plan.
      if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
      const part = targets.get(attributeOf(attributes, 'id') ?? '');
      if (part !== undefined) sheets.push({ name: attributes['name'] ?? '', part });
    },
  });
  return { sheets, epoch };
}

/** `BC12` → column 54, row 11, both from 0. */
function cellPosition(reference: string): { x: number; y: number } | null {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference);
  if (match === null) return null;
  let x = 0;
  for (const letter of match[1] ?? '') x = x * 26 + letter.charCodeAt(0) - 64;
  return { x: x - 1, y: Number(match[2]) - 1 };
}

interface Context {
  readonly strings: readonly string[];
  readonly shapes: readonly DateShape[];
  readonly epoch: number;
}

function numberText(raw: string, style: number, context: Context): string {
  const value = Number(raw);
  const shape = context.shapes[style] ?? 'none';
  if (!Number.isFinite(value)) return raw;
  if (shape === 'none' || value < 1 || value > 2_958_465) return String(Number(value.toPrecision(15)));
  const date = new Date(context.epoch + Math.floor(value) * DAY_MS);
  const month = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月`;
  return shape === 'month' ? month : `${month}${date.getUTCDate()}日`;
}

function cellText(raw: string, type: string, style: number, context: Context): string {
  if (type === 's') return context.strings[Number(raw)] ?? '';
  if (type === 'inlineStr' || type === 'str') return raw;
  if (type === 'b') return raw === '1' ? '是' : '否';
  if (type === 'e' || raw === '') return '';
  return numberText(raw, style, context);
}

/** Cells by row as far as they are filled, with merged areas filled in. */
function readSheet(xml: string, context: Context): string[][] {
  const rows = new Map<number, string[]>();
  const merges: string[] = [];
  let y = -1;
  let x = -1;
  let cells = 0;
  let type = '';
  let style = 0;
  let raw = '';
  let reading = false;
  readXml(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        y = attributes['r'] === undefined ? y + 1 : Number(attributes['r']) - 1;
        x = -1;
      } else if (name === 'c') {
        const position = cellPosition(attributes['r'] ?? '');
        x = position?.x ?? x + 1;
        y = position?.y ?? y;
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? '0');
        raw = '';
      } else if (name === 'v' || name === 't') reading = true;
      else if (name === 'mergeCell') merges.push(attributes['ref'] ?? '');
    },
    text: (value) => {
      if (reading) raw += value;
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false;
      if (name !== 'c' || raw === '' || x >= MAX_COLUMNS) return;
      const row = rows.get(y) ?? [];
      row[x] = cellText(raw, type, style, context);
      rows.set(y, row);
      cells += 1;
      if (cells > MAX_TABLE_CELLS)
        throw new DocumentRefused('too-large', '表格单元格过多，不像一份行动计划，拒绝读取。');
    },
  });
  for (const reference of merges) fillMerge(reference, rows);
  return [...rows.keys()].sort((a, b) => a - b).map((key) => Array.from(rows.get(key) ?? [], (cell) => cell ?? ''));
}

function fillMerge(reference: string, rows: Map<number, string[]>): void {
  const [from, to] = reference.split(':').map((part) => cellPosition(part));
  if (from === null || from === undefined || to === null || to === undefined) return;
  const text = rows.get(from.y)?.[from.x];
  if (text === undefined) return;
  // Only rows that exist: a merge down to row 1048576 is legal and must not make a million rows.
  for (const [y, row] of rows) {
    if (y < from.y || y > to.y) continue;
    for (let x = from.x; x <= Math.min(to.x, MAX_COLUMNS - 1); x += 1) row[x] = text;
  }
}

/** Text of a workbook: visible sheets one after another, each row a `| cell |` line, merged cells repeated, dates as dates. */
export async function xlsxToText(archive: Archive): Promise<string> {
  const { sheets, epoch } = await readWorkbook(archive);
  const shared = await textOf(archive, 'xl/sharedStrings.xml');
  const styles = await textOf(archive, 'xl/styles.xml');
  const context: Context = {
    strings: shared === null ? [] : readSharedStrings(shared),
    shapes: styles === null ? [] : readDateStyles(styles),
    epoch,
  };
  const lines: string[] = [];
  for (const sheet of sheets) {
    const xml = await textOf(archive, sheet.part);
    if (xml === null) continue;
    for (const row of readSheet(xml, context)) {
      const line = rowLine(row);
      if (line !== null) lines.push(line);
    }
    lines.push('');
  }
  return lines.join('\n');
}
