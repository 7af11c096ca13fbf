/** A table as it leaves for a spreadsheet. A cell is a value, never a formula: what people wrote stays what they wrote. */
export type TableCell = string | number | null;

export interface TableColumn {
  header: string;
  /** In characters of the default font; a Chinese character takes two. */
  width: number;
  /** `date`: the cell is a civil date `YYYY-MM-DD` and becomes a real one. Default `text`. */
  kind?: 'text' | 'number' | 'date';
  hidden?: boolean;
  /** True where the column may be filled in although the sheet is protected. */
  editable?: boolean;
  /** The only values that the cell takes. */
  choices?: readonly string[];
}

export interface TableLayout {
  /** The tab's name. */
  name: string;
  /** Lines above the header, for the reader. */
  lead?: readonly string[];
  columns: readonly TableColumn[];
  /** True where only editable columns may be changed: against slips, not against intent. */
  protected?: boolean;
  /** Marks on a tab that nobody sees, so that a table that comes back can be told from another one. */
  marks?: Readonly<Record<string, string>>;
}

export type TableRow = readonly TableCell[];

/** A workbook that came back: rows of the first visible tab as text, and the marks. Row 1 is the tab's first. */
export interface ReadTable {
  marks: Record<string, string>;
  rows: ReadRow[];
}

export interface ReadRow {
  /** The row's number as the person sees it. */
  number: number;
  cells: string[];
  /** Columns (from 0) that hold a formula or an error instead of a value. */
  computed: number[];
}
