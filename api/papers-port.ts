import type { Readable } from 'node:stream';
import type { Paper } from '../domain/papers/paper.ts';
import type { ReadTable, TableLayout, TableRow } from '../domain/papers/table.ts';
import type { App } from './app-type.ts';
import { Problem } from './problem.ts';

/** Writing and reading office files. The stack gives it: the API knows nothing of file formats. */
export interface PapersPort {
  /** A table as an XLSX stream, row by row. */
  workbook(layout: TableLayout, rows: Iterable<TableRow> | AsyncIterable<TableRow>): Readable;
  /** A paper as DOCX; runs outside the API's thread. */
  renderPaper(paper: Paper): Promise<Uint8Array>;
  /** A workbook that came back; runs outside the API's thread, within seconds whatever the file. */
  readTable(bytes: Uint8Array): Promise<ReadTable | { refused: { code: string; detail: string } }>;
}

declare module './app-type.ts' {
  interface AppDeps {
    /** Null or absent where this process writes no office files. */
    papers?: PapersPort | null;
  }
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function papersOf(app: App): PapersPort {
  const { papers } = app.deps;
  if (!papers) throw new Problem(503, 'papers-unavailable', '此进程不生成文件，请稍后再试。');
  return papers;
}
