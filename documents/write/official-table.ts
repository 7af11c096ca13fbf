import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { FONT, PAGE, SIZE, twips } from './official-layout.ts';
import { printable } from './printable.ts';

/** Tables in papers: as wide as the text area, never wider, with fixed columns, so that no reader pushes one off the page. */
export interface Column {
  header: string;
  /** A share of the text area's width. */
  share: number;
  align?: 'left' | 'centre';
}

/** The paragraph style of cells. */
export const TABLE_TEXT = 'TableText';

const TEXT_WIDTH = twips(PAGE.textWidth);
/** Lists are set in 五号 on a fixed 16 points, forms in 小四 on 18. */
const LIST = { size: SIZE.no5, line: 320 };
const FORM = { size: SIZE.small4, line: 360 };
const MARGIN = 85;

/** The header row repeats on every page; a row is not torn apart between two unless it is longer than one. */
export function officialTable(columns: readonly Column[], rows: readonly (readonly string[])[]): Table {
  const widths = widthsOf(columns.map(({ share }) => share));
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((column, at) =>
      cell(column.header, widths[at] ?? 0, { ...LIST, font: FONT.level1, centred: true }),
    ),
  });
  const body = rows.map(
    (row) =>
      new TableRow({
        // A very long cell must be allowed to go on: a row that may not be split and is longer than a page is cut.
        cantSplit: row.every((text) => text.length < 240),
        children: columns.map((column, at) =>
          cell(row[at] ?? '', widths[at] ?? 0, { ...LIST, font: FONT.body, centred: column.align === 'centre' }),
        ),
      }),
  );
  return table(widths, [header, ...body]);
}

export interface FormRow {
  label: string;
  value: string;
  /** Room to write by hand, in millimetres. */
  height?: number;
}

/** A form of two columns: what is asked, and what is known or to be filled in by hand. */
export function formTable(rows: readonly FormRow[]): Table {
  const widths = widthsOf([1, 4]);
  return table(
    widths,
    rows.map(
      ({ label, value, height }) =>
        new TableRow({
          cantSplit: value.length < 240,
          height: { value: twips(height ?? 10), rule: HeightRule.ATLEAST },
          children: [
            cell(label, widths[0] ?? 0, { ...FORM, font: FONT.level1, centred: true }),
            cell(value, widths[1] ?? 0, { ...FORM, font: FONT.body, centred: false }),
          ],
        }),
    ),
  );
}

function table(columnWidths: number[], rows: TableRow[]): Table {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths,
    layout: TableLayoutType.FIXED,
    margins: { left: MARGIN, right: MARGIN, top: 40, bottom: 40 },
    borders: {
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows,
  });
}

interface Look {
  font: string;
  size: number;
  line: number;
  centred: boolean;
}

function cell(text: string, width: number, { font, size, line, centred }: Look): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: text.split(/\r?\n/).map(
      (piece) =>
        new Paragraph({
          style: TABLE_TEXT,
          alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: { line, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
          children: [
            new TextRun({
              text: printable(piece),
              font: { name: font, eastAsia: font, ascii: font, hAnsi: font, cs: font },
              size,
            }),
          ],
        }),
    ),
  });
}

/** Whole twips that sum to the text area exactly. */
function widthsOf(shares: readonly number[]): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const widths = shares.map((share) => Math.floor((share / sum) * TEXT_WIDTH));
  const rest = TEXT_WIDTH - widths.reduce((total, width) => total + width, 0);
  return widths.map((width, at) => (at === widths.length - 1 ? width + rest : width));
}
