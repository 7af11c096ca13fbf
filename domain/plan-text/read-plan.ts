import type { DeadlineContext } from '../deadline-phrases/deadline-phrase.ts';
import { fold } from './folding.ts';
import { type DraftTask, Outline } from './outline.ts';
import { type Paragraph, paragraphsOf } from './paragraphs.ts';
import { withoutFurniture } from './page-furniture.ts';
import { headOf, readHeader } from './plan-header.ts';
import { readTitle } from './plan-title.ts';
import type { PlanReading } from './plan-reading.ts';
import { type SourceLine, sourceLines } from './source-lines.ts';
import { resolveTasks } from './resolve-tasks.ts';
import { readTables } from './tables.ts';

/**
 * Reads the extracted text of an action plan (行动计划, 实施方案, 工作要点 …): pure, total and linear in the length of the
 * text. A text without any annotation of responsibility or deadline yields no tasks and the problem `no-annotation`.
 */
export function readPlan(input: { text: string }): PlanReading {
  const lines = sourceLines(input.text);
  const title = fold(readTitle(headOf(lines)).title).f;
  let outline = new Outline(title);
  const flowing: SourceLine[] = [];
  const paragraphs: Paragraph[] = [];
  for (const block of readTables(withoutFurniture(lines, title))) {
    if (block.type === 'lines') {
      for (const paragraph of paragraphsOf(block.lines)) {
        outline.addParagraph(paragraph);
        paragraphs.push(paragraph);
      }
      for (const line of block.lines) flowing.push(line);
      continue;
    }
    outline.finish();
    const place = outline.position();
    for (const task of block.tasks) {
      const path = [...place.path, ...task.path];
      outline.tasks.push({ ...task, path, heading: task.heading || place.heading });
    }
    for (const problem of block.problems) outline.problems.push(problem);
  }
  outline.finish();
  if (outline.tasks.length === 0) outline = wordedOutline(title, paragraphs) ?? outline;
  const header = readHeader({ lines, flowing, paragraphs });
  const context: DeadlineContext = {
    issuedOn: header.issuedOn,
    year: header.year ?? comingYear(header.issuedOn, outline.tasks),
  };
  const { tasks, problems } = resolveTasks(outline.tasks, paragraphs, context);
  if (tasks.length === 0) {
    return { ...header.reading, tasks: [], problems: [NO_ANNOTATION] };
  }
  const all = [...header.problems, ...outline.problems, ...problems].sort((a, b) => a.line - b.line);
  return { ...header.reading, tasks, problems: all };
}

/** Fewer plain sentences of responsibility than this make no plan. */
const FEWEST_SENTENCES = 3;

/** A plan that brackets and labels nothing but ends its items in 由甲牵头,乙配合,6月底前完成。 */
function wordedOutline(title: string, paragraphs: readonly Paragraph[]): Outline | null {
  // An emergency plan or a rule says of every group and office who is in it or in charge.
  if (/预案|规定|办法|条例|职责|细则|制度/u.test(title)) return null;
  const outline = new Outline(title, true);
  for (const paragraph of paragraphs) outline.addParagraph(paragraph);
  outline.finish();
  return outline.tasks.length >= FEWEST_SENTENCES ? outline : null;
}

/**
 * A plan issued in the last weeks of a year is mostly about the next: where its tasks name that year more often than the
 * year of issue, 年底前 means the end of that one.
 */
function comingYear(issuedOn: string | null, drafts: readonly DraftTask[]): number | null {
  if (issuedOn === null || Number(issuedOn.slice(5, 7)) < 11) return null;
  const year = Number(issuedOn.slice(0, 4));
  let balance = 0;
  for (const { text, annotation } of drafts) {
    for (const where of [annotation.deadline, text]) {
      if (where.includes(`${year + 1}`)) balance += 1;
      if (where.includes(`${year}`)) balance -= 1;
    }
  }
  return balance > 0 ? year + 1 : null;
}

const NO_ANNOTATION = {
  line: 1,
  code: 'no-annotation',
  detail: '全文没有责任部门（单位）或完成时限标注，无法从中读出任务；请确认是否为带任务分工的行动计划，或先补上分工表',
} as const;
