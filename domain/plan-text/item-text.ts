import { asWritten, cut, type Folded } from './folding.ts';
import { labelBefore } from './labels.ts';

/** Longer first paragraphs are text, not headings. */
const LONGEST_HEADING = 45;

/** Short and without a full stop inside: a heading rather than a sentence. */
export function isHeadingLike(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= LONGEST_HEADING &&
    !/[。；;！？!?]/u.test(text.slice(0, -1)) &&
    !/[；;，,：:]$/u.test(text)
  );
}

export function headingText(text: string): string {
  return text.trim().replace(/[。：:．.]+$/u, '');
}

/** 工作措施:… loses its label; a line on persons or aims (责任领导:…, 工作目标:…) is an aside. */
export function withoutTextLabel(body: Folded): { text: string; aside: boolean } {
  const colon = body.f.indexOf(':');
  if (colon > 0 && colon <= 10) {
    const label = labelBefore(body.f, colon);
    if (label !== null && label.length === colon) {
      if (label.role === 'task') return { text: clean(cut(body, colon + 1, body.f.length)), aside: false };
      if (label.role === 'other') return { text: clean(body), aside: true };
    }
  }
  return { text: clean(body), aside: false };
}

/** 整改措施: alone on its line: the numbered measures below it make up one task, that of the item which they remedy. */
export function opensMeasures(body: Folded): boolean {
  return /^(?:[\u4e00-\u9fff]{0,4})(?:措施|举措)[:。]?$/u.test(body.f);
}

export function clean(body: Folded, leading = ',、;。.:'): string {
  let from = 0;
  let to = body.f.length;
  while (from < to && leading.includes(body.f.charAt(from))) from += 1;
  while (to > from && ',、'.includes(body.f.charAt(to - 1))) to -= 1;
  return asWritten(cut(body, from, to))
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
