import { isDeadlineClause, readDeadlinePhrase } from '../deadline-phrases/read-deadline-phrase.ts';
import { type Annotation, fromFields, LONGEST_ANNOTATION } from './annotation.ts';
import { type BracketGroup, DEEPEST } from './brackets.ts';
import { cut, type Folded, gapBefore } from './folding.ts';
import { labelAtStart, labelBefore, type LabelRole } from './labels.ts';
import { readMark } from './number-marks.ts';
import { readResponsibility } from './responsibility.ts';

export type AnnotationFound = { from: number; to: number; annotation: Annotation };

type LabelMark = { from: number; to: number; role: LabelRole; strong: boolean; bracketed: boolean };

/** Labels outside brackets: 责任单位:甲、乙。完成时限:… at the end of a sentence or on a line of its own; 【责任单位】甲. */
export function labelledRuns(text: Folded, groups: readonly BracketGroup[]): AnnotationFound[] {
  const marks = labelMarks(text, groups);
  const found: AnnotationFound[] = [];
  let i = 0;
  while (i < marks.length) {
    const first = marks[i];
    if (first === undefined) break;
    if (first.role === 'other' || first.role === 'task') {
      i += 1;
      continue;
    }
    const run: { role: LabelRole; value: Folded; strong: boolean }[] = [];
    let end = first.to;
    let next = i;
    for (; next < marks.length; next += 1) {
      const mark = marks[next];
      if (mark === undefined || (next > i && mark.from > end)) break;
      if (mark.role === 'task') break;
      const limit = marks[next + 1]?.from ?? text.f.length;
      end = valueEnd(text, mark.to, limit);
      run.push({ role: mark.role, value: cut(text, mark.to, end), strong: mark.strong });
    }
    const annotation = fromFields(run);
    if (annotation !== null && isTrusted(first, run, annotation)) found.push({ from: first.from, to: end, annotation });
    i = Math.max(next, i + 1);
  }
  return found;
}

function isTrusted(first: LabelMark, run: readonly { value: Folded }[], annotation: Annotation): boolean {
  if (run.length === 1 && first.role === 'deadline') {
    return readDeadlinePhrase(annotation.deadline, { issuedOn: '2000-01-01', year: 2000 }).kind !== 'none';
  }
  // 配合单位:/ and 配合单位:无 say that there is none.
  if (run.length === 1 && first.strong && /^[-/无。;]{1,3}$/u.test(run[0]?.value.f ?? '')) return true;
  // 牵头单位要…:各部门… in prose has a value no list of names has.
  return annotation.parties.length > 0 || annotation.openEnded || annotation.deadline !== '';
}

/** 主办:甲局,会办:乙局: a short label is believed where another one takes up its value. */
function takenUp(f: string, role: LabelRole, colon: number): boolean {
  return role === 'lead' && LABELS_FOLLOW.test(f.slice(colon + 1, colon + 90));
}

const LABELS_FOLLOW = /^[^:。]{2,60}[,;。](?:配合|会办|协办|协同|参与|责任|时限|完成)[^:,;。]{0,6}:/u;

function labelMarks(text: Folded, groups: readonly BracketGroup[]): LabelMark[] {
  const { f } = text;
  const marks: LabelMark[] = [];
  let group = 0;
  for (let at = f.indexOf(':'); at >= 0; at = f.indexOf(':', at + 1)) {
    while (group < groups.length && (groups[group]?.close ?? 0) < at) group += 1;
    if (isInside(groups, group, at)) continue;
    const label = labelBefore(f, at);
    if (label === null) continue;
    const from = at - label.length;
    if (!isBoundary(text, from) && !(label.strong && follows(marks, text, from))) continue;
    const believed = label.strong || from === 0 || follows(marks, text, from) || takenUp(f, label.role, at);
    if (!believed && label.role !== 'other' && label.role !== 'task') continue;
    marks.push({ from, to: at + 1, role: label.role, strong: label.strong, bracketed: false });
  }
  for (const { open, close } of groups) {
    const label = close - open <= 12 && close < f.length ? labelAtStart(f.slice(open + 1, close)) : null;
    if (label === null || label.length !== close - open - 1) continue;
    // 区司法局(牵头) marks a name; 【责任部门】 is a label.
    if (!label.strong && (f.charAt(open) !== '[' || !isBoundary(text, open))) continue;
    const to = f.charAt(close + 1) === ':' ? close + 2 : close + 1;
    marks.push({ from: open, to, role: label.role, strong: label.strong, bracketed: true });
  }
  const start = readMark(text, 0, true)?.to ?? 0;
  const spaced = labelAtStart(f.slice(start, start + 12));
  if (
    spaced !== null &&
    spaced.strong &&
    (gapBefore(text, start + spaced.length) || f.charAt(start + spaced.length) === '。') &&
    f.charAt(start + spaced.length) !== ':'
  ) {
    // 3.责任单位。区交通局
    const width = spaced.length + (f.charAt(start + spaced.length) === '。' ? 1 : 0);
    marks.push({ from: start, to: start + width, role: spaced.role, strong: true, bracketed: false });
  }
  for (const mark of marksWithoutColon(text)) {
    if (!marks.some((other) => other.from === mark.from)) marks.push(mark);
  }
  return marks.sort((a, b) => a.from - b.from);
}

const PLAIN_LABELS =
  /[,。;](?:责任|牵头|配合|承办)(?:单位|部门|科室|处室)(?![:及和的要应])|[,。;]完成(?:时限|时间)(?![:及和的])/gu;

/** 新建公园3座,责任单位园林处,完成时限2024年11月底。 Only where nothing but names, or a deadline, follows. */
function marksWithoutColon(text: Folded): LabelMark[] {
  const marks: LabelMark[] = [];
  for (const match of text.f.matchAll(PLAIN_LABELS)) {
    const from = match.index + 1;
    const end = match.index + match[0].length;
    const label = labelBefore(text.f, end);
    if (label === null || from !== end - label.length) continue;
    const to = text.f.charAt(end) === '为' ? end + 1 : end;
    const clause = cut(text, to, to + text.f.slice(to, to + 120).search(/[,;。]|$/u));
    const value = label.role === 'deadline' ? null : readResponsibility(clause, 'responsible');
    const trusted =
      value === null ? isDeadlineClause(clause.f) : value.parties.length > 0 && value.parties.every((p) => p.complete);
    if (trusted) marks.push({ from, to, role: label.role, strong: true, bracketed: false });
  }
  return marks;
}

/** A body of many items that came out as one line without even white space: …长期坚持2.规范户外广告. */
function isGlued(f: string, at: number): boolean {
  if (f.length < 400 || !/[\u4e00-\u9fff]/u.test(f.charAt(at - 1))) return false;
  return /^\d{1,2}[.、][\u4e00-\u9fff]/u.test(f.slice(at, at + 4));
}

function isInside(groups: readonly BracketGroup[], from: number, at: number): boolean {
  for (let i = Math.max(0, from - DEEPEST); i < groups.length; i += 1) {
    const group = groups[i];
    if (group === undefined || group.open > at) return false;
    if (group.open < at && at < group.close && group.close - group.open <= LONGEST_ANNOTATION) return true;
  }
  return false;
}

function isBoundary(text: Folded, from: number): boolean {
  if (from === 0) return true;
  const before = text.f.charAt(from - 1);
  if ('。;!?)],、'.includes(before) || gapBefore(text, from)) return true;
  const mark = readMark(text, 0, true);
  return mark !== null && mark.to === from;
}

/** A weak label (配合:, 时间:) counts where it comes right after the value of another one. */
function follows(marks: readonly LabelMark[], text: Folded, from: number): boolean {
  const last = marks.at(-1);
  if (last === undefined || from - last.to > 400) return false;
  return valueEnd(text, last.to, from) === from;
}

/** Where a label's value ends: before a new number, or after the full stop that prose follows. */
function valueEnd(text: Folded, from: number, limit: number): number {
  const { f } = text;
  const most = Math.min(limit, from + LONGEST_ANNOTATION);
  for (let i = from; i < most; i += 1) {
    const char = f.charAt(i);
    if (i > from && (gapBefore(text, i) || '。;)'.includes(f.charAt(i - 1)) || isGlued(f, i)) && i + 1 < most) {
      const mark = readMark(text, i, false);
      if (mark !== null && mark.kind !== 'arabic-bracket' && !/^\d{1,2}[.]\d/u.test(f.slice(i, i + 5))) return i;
    }
    if (char !== '。') continue;
    const rest = f.slice(i + 1, Math.min(limit, i + 40));
    if (rest === '' || i + 1 >= limit) return Math.min(limit, i + 1);
    if (/^(?:以下|下同|.{0,12}(?:第一位|首位|不再列出|不分先后))/u.test(rest)) continue;
    return i + 1;
  }
  return most;
}
