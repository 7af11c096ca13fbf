import { cut, fold, type Folded } from './folding.ts';
import { labelAtStart, labelBefore } from './labels.ts';
import { readMark } from './number-marks.ts';
import { type SourceLine, widthOf } from './source-lines.ts';

/** A paragraph put together from the lines that layout broke it into. */
export type Paragraph = { text: Folded; lines: { offset: number; no: number }[] };

/** Line of the source on which the character at index `index` of the folded text stands. */
export function lineOf(paragraph: Paragraph, index: number): number {
  const offset = paragraph.text.at[Math.min(index, Math.max(0, paragraph.text.f.length - 1))] ?? 0;
  let low = 0;
  let high = paragraph.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((paragraph.lines[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return paragraph.lines[low]?.no ?? 1;
}

/** Joins the lines of running text; `lines` holds no table rows. */
export function paragraphsOf(lines: readonly SourceLine[]): Paragraph[] {
  const wrap = wrapWidth(lines);
  const repeats = repeatedLines(lines);
  const paragraphs: Paragraph[] = [];
  let open: { lines: SourceLine[]; f: string } | null = null;
  let broken = false;
  const close = (): void => {
    if (open !== null) paragraphs.push(joined(open.lines));
    open = null;
  };
  for (const line of lines) {
    if (line.kind === 'page') {
      broken = true;
      continue;
    }
    if (line.kind === 'blank') continue;
    const current: { lines: SourceLine[]; f: string } | null = open;
    if (current === null) {
      open = { lines: [line], f: tailOf('', line) };
    } else if (broken && openAnnotation(current.f) && isRunningHead(line, repeats)) {
      // The running head of the next page stands between the two halves of an annotation.
      continue;
    } else if (continues(current, line, wrap)) {
      current.lines.push(line);
      current.f = tailOf(current.f, line);
    } else {
      close();
      open = { lines: [line], f: tailOf('', line) };
    }
    broken = false;
  }
  close();
  return paragraphs;
}

const TAIL = 700;

function tailOf(before: string, line: SourceLine): string {
  const whole = before + line.text.f;
  return whole.length > TAIL ? whole.slice(-TAIL) : whole;
}

function joined(lines: readonly SourceLine[]): Paragraph {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return { text: only.text, lines: [{ offset: 0, no: only.no }] };
  const starts: { offset: number; no: number }[] = [];
  const parts: string[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push({ offset, no: line.no });
    const last = parts.at(-1) ?? '';
    // Lines are glued without a space unless two Latin words or figures would run together.
    const raw = line.text.raw.trim();
    const glue = /[A-Za-z]$/u.test(last) && /^[A-Za-z]/u.test(raw) ? ' ' : '';
    parts.push(glue + raw);
    offset += glue.length + raw.length;
  }
  return { text: fold(parts.join('')), lines: starts };
}

/**
 * The width at which a converter broke the lines, or null for a text with a paragraph a line: many lines that end in
 * mid-sentence at nearly the same width.
 */
function wrapWidth(lines: readonly SourceLine[]): number | null {
  const counts = new Map<number, number>();
  let texts = 0;
  let widest = 0;
  for (const line of lines) {
    if (line.kind !== 'text') continue;
    texts += 1;
    const width = Math.round(widthOf(line.text));
    widest = Math.max(widest, width);
    if (width < 16 || width > 120 || isEnded(line.text.f)) continue;
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  let best: number | null = null;
  let most = 0;
  for (const width of counts.keys()) {
    const around = (counts.get(width - 1) ?? 0) + (counts.get(width) ?? 0) + (counts.get(width + 1) ?? 0);
    if (around > most) {
      most = around;
      best = width;
    }
  }
  if (most >= 5 && most >= texts * 0.2) return best;
  // A short text wraps few lines, but then none is wider than those.
  const full = (counts.get(widest) ?? 0) + (counts.get(widest - 1) ?? 0);
  return full >= 3 ? widest : null;
}

function isEnded(f: string): boolean {
  return /[。;!?:)\]”"》]$/u.test(f);
}

function continues(current: { lines: SourceLine[]; f: string }, line: SourceLine, wrap: number | null): boolean {
  const { f } = line.text;
  if (/^[,。;、)\]》!?%]/u.test(f) && !/^\)?$/u.test(f)) return true;
  if (openAnnotation(current.f)) return !startsNumber(line.text) && current.f.length < TAIL;
  const starts = startsAnew(line.text);
  if (waitsForValue(current)) return !starts || current.f.endsWith(':');
  if (starts || isEnded(current.f)) return false;
  const last = current.lines.at(-1);
  if (last === undefined) return false;
  const width = widthOf(last.text);
  if (wrap !== null) return width >= wrap - 2.5 && width <= wrap + 6;
  return width >= 45;
}

/** A new number, label or bracketed annotation begins a paragraph of its own. */
function startsAnew(text: Folded): boolean {
  const { f } = text;
  if (startsNumber(text)) return true;
  if (f.startsWith('[') || f.startsWith('(')) {
    const colon = f.indexOf(':');
    if (colon > 0 && colon < 16 && labelBefore(f, colon) !== null) return true;
    const close = f.indexOf(']');
    return close > 0 && close < 12 && labelAtStart(f.slice(1, close)) !== null;
  }
  const colon = f.indexOf(':');
  if (colon <= 0 || colon > 16) return false;
  const label = labelBefore(f, colon);
  return label !== null && label.length === colon;
}

function startsNumber(text: Folded): boolean {
  const mark = readMark(text, 0, true);
  return mark !== null && (mark.kind !== 'dash' || text.f.startsWith('--'));
}

/** An annotation's bracket is open at the end of the text so far. */
function openAnnotation(tail: string): boolean {
  let depth = 0;
  for (let i = tail.length - 1; i >= 0 && tail.length - i < 600; i -= 1) {
    const char = tail.charAt(i);
    if (char === ')' || char === ']') depth += 1;
    else if (char === '(' || char === '[') {
      if (depth === 0) return ANNOTATION_WORDS.test(tail.slice(i + 1));
      depth -= 1;
    }
  }
  return false;
}

const ANNOTATION_WORDS =
  /^20\d\d(?:年\d{0,2})?$|^(?:责任|牵头|配合|主责|主办|协同|协办|承办|落实单位|实施单位|完成时|时限|时间节点|参与单位|参与部门)|(?:牵头|按职责|负责)|^(?:[^。;《》]{2,20}[局委办厅部处科会院]、)/u;

/** `责任单位:` alone on its line, or a label's list that ends in 、. */
function waitsForValue(current: { lines: SourceLine[]; f: string }): boolean {
  const first = current.lines[0];
  if (first === undefined) return false;
  const { f } = first.text;
  const mark = readMark(first.text, 0, true);
  const body = cut(first.text, mark?.to ?? 0, f.length).f;
  const open = body.startsWith('[') ? 1 : 0;
  const colon = body.indexOf(':');
  const label = colon > 0 && colon < 16 ? labelBefore(body, colon) : null;
  if (label === null || label.length !== colon - open || label.role === 'task' || label.role === 'other') {
    const whole = current.lines.length === 1 && body.length >= 4 ? labelAtStart(body) : null;
    return whole !== null && whole.strong && whole.length === body.length;
  }
  return current.f.endsWith(':') || current.f.endsWith('、') || current.f.endsWith(',');
}

function repeatedLines(lines: readonly SourceLine[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text, kind } of lines) {
    if (kind === 'text' && text.f.length <= 40) counts.set(text.f, (counts.get(text.f) ?? 0) + 1);
  }
  return counts;
}

function isRunningHead(line: SourceLine, repeats: ReadonlyMap<string, number>): boolean {
  return (
    (repeats.get(line.text.f) ?? 0) >= 2 && !/[:,;。、]/u.test(line.text.f) && readMark(line.text, 0, true) === null
  );
}
