import { type Annotation, readAnnotation } from './annotation.ts';
import { type AnnotationFound, labelledRuns } from './bare-labels.ts';
import { type BracketGroup, bracketGroups } from './brackets.ts';
import { cut, type Folded, gapBefore } from './folding.ts';
import { type NumberMark, readMark } from './number-marks.ts';
import { uniqueParties } from './responsibility.ts';
import { responsibleSentence } from './responsible-sentence.ts';

/** A paragraph taken apart: stretches of text, each with the number it begins with, and annotations, in order. */
export type ParagraphPart =
  | { type: 'text'; from: number; to: number; mark: NumberMark | null; markFrom: number }
  | { type: 'annotation'; from: number; to: number; annotation: Annotation };

/** `sentences`: also a last sentence of responsibility without bracket or label is taken for an annotation. */
export function takeApart(text: Folded, sentences = false): ParagraphPart[] {
  const groups = bracketGroups(text.f);
  // A date alone in brackets, (2023-2025年) or (2025年底前), completes a neighbour and is no annotation by itself.
  const found = merged(text.f, [...bracketed(text, groups), ...labelledRuns(text, groups)]).filter(
    ({ annotation }) => annotation.labelled || annotation.parties.length > 0 || annotation.openEnded,
  );
  const sentence = sentences && found.length === 0 ? responsibleSentence(text) : null;
  if (sentence !== null) found.push(sentence);
  const parts: ParagraphPart[] = [];
  let at = 0;
  for (const item of found) {
    pushText(parts, text, at, item.from, found.length);
    parts.push({ type: 'annotation', ...item });
    at = item.to;
  }
  pushText(parts, text, at, text.f.length, found.length);
  return parts;
}

function bracketed(text: Folded, groups: readonly BracketGroup[]): AnnotationFound[] {
  const { f } = text;
  const found: AnnotationFound[] = [];
  let done = 0;
  for (const { open, close } of groups) {
    if (open < done) continue;
    const content = cut(text, open + 1, close);
    const after = f.charAt(close + 1);
    const ended =
      close + 1 >= f.length ||
      '。;!?(['.includes(after) ||
      gapBefore(text, close + 1) ||
      (open > 0 && '。;!?)'.includes(f.charAt(open - 1)));
    const cutOff = close >= f.length;
    const annotation = readAnnotation(content, ended && !cutOff);
    if (annotation === null || (cutOff && !annotation.labelled && annotation.parties.length < 2)) continue;
    annotation.cutOff = cutOff;
    found.push({ from: open, to: Math.min(close + 1, f.length), annotation });
    done = close + 1;
  }
  return found;
}

/** Neighbours with nothing but punctuation between them are one annotation: (责任单位:甲)(完成时限:乙). */
function merged(f: string, found: AnnotationFound[]): AnnotationFound[] {
  const sorted = found.sort((a, b) => a.from - b.from || b.to - a.to);
  const result: AnnotationFound[] = [];
  for (const item of sorted) {
    const last = result.at(-1);
    if (last !== undefined && item.from < last.to) continue;
    if (
      last === undefined ||
      !/^[,。;、]{0,2}$/u.test(f.slice(last.to, item.from)) ||
      !completes(last.annotation, item.annotation)
    ) {
      result.push({ ...item });
      continue;
    }
    last.annotation = combine(last.annotation, item.annotation);
    last.to = item.to;
  }
  return result;
}

/** Whether a second annotation adds what the first lacks. */
export function completes(first: Annotation, second: Annotation): boolean {
  if (first.deadline !== '' && second.deadline !== '') return false;
  if (first.parties.length === 0 || second.parties.length === 0) return true;
  const roles = new Set(first.parties.map((party) => party.role));
  return second.parties.every((party) => !roles.has(party.role));
}

export function combine(first: Annotation, second: Annotation): Annotation {
  return {
    parties: uniqueParties([...first.parties, ...second.parties]),
    openEnded: first.openEnded || second.openEnded,
    firstLeads: first.firstLeads || second.firstLeads,
    deadline: first.deadline === '' ? second.deadline : first.deadline,
    labelled: first.labelled || second.labelled,
    cutOff: first.cutOff || second.cutOff,
  };
}

function pushText(parts: ParagraphPart[], text: Folded, from: number, to: number, annotations: number): void {
  const { f } = text;
  let start = from;
  while (start < to && ',。;、.!'.includes(f.charAt(start))) start += 1;
  // 一是…(责任单位:甲);二是…(责任单位:乙): the ordinal is a number, not text.
  if (annotations >= 2 && /^[一二三四五六七八九十]{1,2}是/u.test(f.slice(start, start + 3)))
    start = f.indexOf('是', start) + 1;
  if (start >= to) return;
  let markFrom = start;
  let mark = readMark(text, start, start === 0 || gapBefore(text, start));
  let bodyFrom = mark?.to ?? start;
  // A chain of short headings in one line: 二、任务和分工(一)全面提升。1.着力提高。
  for (let i = bodyFrom; i < to; i += 1) {
    const next = markWithin(text, i, bodyFrom, mark, annotations);
    if (next === null) continue;
    parts.push({ type: 'text', from: bodyFrom, to: i, mark, markFrom });
    mark = next;
    markFrom = i;
    bodyFrom = next.to;
    i = next.to - 1;
  }
  parts.push({ type: 'text', from: bodyFrom, to, mark, markFrom });
}

/** A number in mid-paragraph opens a new item only in the places where one can. */
function markWithin(
  text: Folded,
  at: number,
  bodyFrom: number,
  current: NumberMark | null,
  annotations: number,
): NumberMark | null {
  const char = text.f.charAt(at);
  if (char !== '(' && !(char >= '0' && char <= '9') && !'一二三四五六七八九十第'.includes(char)) return null;
  const spaced = gapBefore(text, at);
  const before = at > 0 ? text.f.charAt(at - 1) : '';
  const afterSentence = '。!?'.includes(before) && before !== '';
  const heading = current !== null && at > bodyFrom && at - bodyFrom <= 40;
  if (at === bodyFrom && current === null) return null;
  if (!spaced && !afterSentence && !heading && at !== bodyFrom) return null;
  const mark = readMark(text, at, false);
  if (mark === null || mark.kind === 'dash') return null;
  if (at === bodyFrom) return mark;
  if (annotations >= 2 && (spaced || afterSentence)) return mark;
  if (heading && (spaced || afterSentence || isHeadingText(text.f.slice(bodyFrom, at)))) {
    return current !== null && current.kind !== mark.kind && mark.value === 1 && isOuter(current) ? mark : null;
  }
  return null;
}

function isOuter(mark: NumberMark): boolean {
  return mark.kind === 'chinese' || mark.kind === 'chapter' || mark.kind === 'chinese-bracket';
}

function isHeadingText(f: string): boolean {
  return f.length >= 2 && f.length <= 30 && !/[。;!?:]/u.test(f.slice(0, -1)) && !/[第款项]$/u.test(f);
}
