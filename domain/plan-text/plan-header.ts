import { readDateExpression } from '../deadline-phrases/date-expression.ts';
import { readDeadlinePhrase } from '../deadline-phrases/read-deadline-phrase.ts';
import { asWord, cut, fold, type Folded } from './folding.ts';
import { readGoals } from './goals.ts';
import type { PlanEvaluation, PlanProblem, PlanReading } from './plan-reading.ts';
import { readMark } from './number-marks.ts';
import type { SourceLine } from './source-lines.ts';
import { lineOf, type Paragraph } from './paragraphs.ts';
import { readTitle } from './plan-title.ts';
import { columnOf } from './table-columns.ts';

export type Header = {
  reading: Omit<PlanReading, 'tasks' | 'problems'>;
  issuedOn: string | null;
  /** Year for deadlines that name none: the one in the title, else null (the year of issue then counts). */
  year: number | null;
  problems: PlanProblem[];
};

/** How far from the beginning the head of a document may reach, in lines. */
const HEAD_LINES = 120;

/** All lines, those outside tables, and the paragraphs that these make up. */
export type HeaderSource = {
  lines: readonly SourceLine[];
  flowing: readonly SourceLine[];
  paragraphs: readonly Paragraph[];
};

/** Title, document number, day of issue, period, evaluations and goals. */
export function readHeader({ lines, flowing, paragraphs }: HeaderSource): Header {
  const problems: PlanProblem[] = [];
  const head = headOf(lines);
  const found = readTitle(flowing.length > 0 ? headOf(flowing) : head);
  if (found.title === '') problems.push({ line: 1, code: 'title-missing', detail: '没有读出计划的标题' });
  const issued = issueDate(head, lines);
  if (issued === null) {
    problems.push({ line: 1, code: 'issue-date-missing', detail: '没有读出印发日期，未写年份的时限无从推定' });
  } else if (issued.repaired) {
    problems.push({
      line: issued.line,
      code: 'issue-date-repaired',
      detail: `印发日期“${issued.raw}”缺字，读作${issued.date}，请确认`,
    });
  }
  const issuedOn = issued?.date ?? null;
  const named = horizonIn(fold(found.title)) ?? horizonIn(found.named);
  const evaluations = evaluationsIn(paragraphs, issuedOn, problems);
  return {
    reading: {
      title: found.title,
      documentNumber: documentNumber(head),
      issuedOn,
      horizon: named === null ? null : { from: named.from, to: named.to },
      evaluations,
      goals: readGoals(paragraphs),
    },
    issuedOn,
    year:
      named !== null && named.from.slice(0, 4) === named.to.slice(0, 4)
        ? Number(named.to.slice(0, 4))
        : issued === null
          ? yearInHead(head)
          : null,
    problems,
  };
}

/**
 * The lines of a document's head. Where the whole body came out as one line, what stands before its first section is
 * parted at the white space that is left of the line breaks.
 */
export function headOf(lines: readonly SourceLine[]): SourceLine[] {
  const head: SourceLine[] = [];
  for (const line of lines) {
    if (line.kind === 'blank' && head.length === 0) continue;
    if (head.length >= 2 * HEAD_LINES) break;
    if (head.length > 3 || line.text.f.length < 200) {
      head.push(line);
      continue;
    }
    const before = line.text.raw.slice(0, 400).split(/[一1][、.．]/u, 1)[0] ?? '';
    for (const part of before.trim().split(/\s+/u))
      head.push({ no: line.no, kind: 'text', text: fold(part), cells: [] });
    head.push(line);
  }
  return head;
}

const NUMBER = /[\u4e00-\u9fa5×XO]{1,14}(?:\[|\()(?:19|20)\d\d(?:\]|\))(?:第)?\d{1,4}号/u;

/** The plan's own 文号: the labelled one, else the first that stands alone on a line; never one that the text cites. */
function documentNumber(head: readonly SourceLine[]): string | null {
  let alone: string | null = null;
  for (const { text } of head) {
    if (!text.f.includes('号') || text.f.length > 400) continue;
    const match = NUMBER.exec(text.f);
    if (match === null) continue;
    const before = text.f.slice(0, match.index);
    const written = asWord(cut(text, match.index, match.index + match[0].length));
    const labelled = LABELLED.exec(match[0]);
    if (labelled !== null) return written.slice(labelled[0].length);
    if (/(?:文件编号|发文字号|发文文号|文号|文件号|字号)[:|]?$/u.test(before)) return written;
    const rest = text.f.length - match[0].length;
    if (alone === null && (rest <= 2 || (before === '' && rest <= 60 && !/[。,;]/u.test(text.f)))) alone = written;
  }
  return alone;
}

/** Without a colon the label runs into the number: 文件编号浦城执法〔2024〕47号. */
const LABELLED = /^(?:文件编号|发文字号|发文文号|文号|文件号|字号)/u;

type Issued = { date: string; raw: string; repaired: boolean; line: number };

const PUBLISHED_LABELS = /(?:发布时间|发布日期|公开日期|公开时间|发布于|日期)[:|]?/u;

/** The signature's date before the labelled day of publication: pages are put on the web later than papers are signed. */
function issueDate(head: readonly SourceLine[], lines: readonly SourceLine[]): Issued | null {
  let alone: Issued | null = null;
  let published: Issued | null = null;
  let inBody = false;
  for (const line of head) {
    const { f } = line.text;
    if (f.length > 400) continue;
    const label = /(?:成文日期|成文时间|发文日期|发文时间|印发日期|印发时间|制发日期|签发日期)[:|]{0,3}/u.exec(f);
    if (label !== null) {
      const labelled = dateAt(line, label.index + label[0].length);
      if (labelled !== null) return labelled;
    }
    const start = f.startsWith('(') ? 1 : 0;
    inBody ||= beginsBody(line);
    if (f.length <= 16 && !inBody) {
      const date = dateAt(line, start);
      if (date !== null && isWholly(f.slice(start), date) && (alone === null || (isWeb(alone.raw) && !isWeb(date.raw))))
        alone = date;
    }
    const shown = PUBLISHED_LABELS.exec(f);
    if (published === null && shown !== null) published = dateAt(line, shown.index + shown[0].length);
  }
  if (alone !== null && !isWeb(alone.raw)) return alone;
  return closingDate(lines) ?? published ?? alone;
}

/** Without a day of issue the year still stands in the number (〔2024〕18号) or in a date of month and year alone. */
function yearInHead(head: readonly SourceLine[]): number | null {
  for (const { text } of head) {
    const found = /^\(?(20\d\d)年\d{1,2}月(?:印发|制)?\)?$|[[(](20\d\d)[\])]\d{1,4}号/u.exec(text.f.slice(0, 60));
    if (found !== null) return Number(found[1] ?? found[2]);
  }
  return null;
}

/** From the first section or table on, a date alone on its line is a deadline. */
function beginsBody(line: SourceLine): boolean {
  const mark = readMark(line.text, 0, true);
  return (
    (mark !== null && (mark.kind === 'chinese' || mark.kind === 'chapter')) || columnOf(line.text.f)?.kind === 'index'
  );
}

/** 2024-06-04 is how web pages stamp; papers are signed 2024年6月4日. */
function isWeb(raw: string): boolean {
  return /^\d{4}[-./]/u.test(raw);
}

function isWholly(f: string, date: Issued): boolean {
  return f.replace(/\)$/u, '').replace(/(?:印发|发布|星期.|\d\d:\d\d(?::\d\d)?)$/u, '').length <= date.raw.length + 1;
}

function dateAt(line: SourceLine, from: number): Issued | null {
  const { f } = line.text;
  if (!/[\d二]/u.test(f.charAt(from))) return null;
  const found = readDateExpression(f, from, null);
  if (found === null || found.unit !== 'day') return null;
  return {
    date: found.date,
    raw: asWord(cut(line.text, found.from, found.to)),
    repaired: found.repaired,
    line: line.no,
  };
}

/** A plan without a notice is signed, or stamped 印发, at its end. */
function closingDate(lines: readonly SourceLine[]): Issued | null {
  const tail = lines.filter((line) => line.kind !== 'blank').slice(-15);
  for (const line of tail.toReversed()) {
    const { f } = line.text;
    if (f.length > 60) continue;
    const from = f.search(/(?:19|20)\d\d|二[〇零]/u);
    if (from < 0) continue;
    const date = dateAt(line, from);
    if (date === null) continue;
    // 完成时限:2024年12月31日 on the last line is a deadline.
    if (/[:,、。;前]/u.test(f.slice(0, from))) continue;
    const rest = f.slice(from + date.raw.length);
    if (rest === '' || rest === '印发' || rest === ')') return date;
  }
  return null;
}

/** (2023-2025年), 2024年度…要点, (2024年7月—2026年6月): the period that a title names. */
function horizonIn(title: Folded): { from: string; to: string } | null {
  const { f } = title;
  for (let i = 0; i < f.length; i += 1) {
    if (!/(?:19|20)\d\d/u.test(f.slice(i, i + 4)) || (i > 0 && /\d/u.test(f.charAt(i - 1)))) continue;
    const found = readDateExpression(f, i, null);
    if (found === null || found.unit === 'day') continue;
    if (found.start !== null && !found.opensOnly) return { from: found.start, to: found.date };
    if (found.unit === 'year') return { from: found.firstDay, to: found.date };
  }
  return null;
}

const EVALUATIONS: readonly (readonly [string, PlanEvaluation['kind']])[] = [
  ['中期评估', 'mid-term'],
  ['终期评估', 'final'],
  ['期末评估', 'final'],
  ['末期评估', 'final'],
  ['总结评估', 'final'],
  ['最终评估', 'final'],
];

/** 在2024年10月底前完成中期评估: the date nearest before the word, else right after it. */
function evaluationsIn(
  paragraphs: readonly Paragraph[],
  issuedOn: string | null,
  problems: PlanProblem[],
): PlanEvaluation[] {
  const found = new Map<PlanEvaluation['kind'], PlanEvaluation>();
  for (const paragraph of paragraphs) {
    const { f } = paragraph.text;
    if (!f.includes('评估')) continue;
    for (const [word, kind] of EVALUATIONS) {
      const at = f.indexOf(word);
      if (at < 0 || found.has(kind)) continue;
      const clause = Math.max(f.lastIndexOf('。', at), f.lastIndexOf(',', at), f.lastIndexOf(';', at), at - 40) + 1;
      const after = f.slice(at + word.length).split(/[。;]/u, 1)[0] ?? '';
      for (const raw of [f.slice(clause, at), after.slice(0, 40)]) {
        const { kind: read, date, repaired } = readDeadlinePhrase(raw, { issuedOn, year: null });
        if (read !== 'date' || date === null) continue;
        found.set(kind, { kind, dueOn: date });
        if (repaired) {
          problems.push({
            line: lineOf(paragraph, at),
            code: 'evaluation-date-repaired',
            detail: `${word}的日期缺字，读作${date}，请确认`,
          });
        }
        break;
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
}
