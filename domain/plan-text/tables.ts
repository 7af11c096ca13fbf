import type { DraftTask } from './outline.ts';
import type { PlanProblem } from './plan-reading.ts';
import type { SourceLine } from './source-lines.ts';

export type TableTask = { draft: DraftTask; ownPath: string[]; rooted: boolean };
export type Block =
  | { type: 'lines'; lines: SourceLine[] }
  | { type: 'table'; tasks: TableTask[]; problems: PlanProblem[] };

export function readTables(lines: readonly SourceLine[]): { blocks: Block[] } {
  return { blocks: [{ type: 'lines', lines: [...lines] }] };
}
