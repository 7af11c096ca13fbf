import { LONGEST_ANNOTATION } from './annotation.ts';

/** Indices of an opening and its closing bracket; `close` is the length of the text where the page ended first. */
export type BracketGroup = { open: number; close: number };

/** Depth beyond which nested brackets are not told apart. */
export const DEEPEST = 8;

export function bracketGroups(f: string): BracketGroup[] {
  const groups: BracketGroup[] = [];
  const stack: number[] = [];
  for (let i = 0; i < f.length; i += 1) {
    const char = f.charAt(i);
    if (char === '(' || char === '[') {
      if (stack.length === DEEPEST) stack.shift();
      stack.push(i);
    } else if (char === ')' || char === ']') {
      const open = stack.pop();
      if (open !== undefined && i - open <= LONGEST_ANNOTATION) groups.push({ open, close: i });
    }
  }
  // A bracket opened near the end and never closed: the page ended there.
  const last = stack.at(-1);
  if (last !== undefined && f.length - last <= LONGEST_ANNOTATION && f.length - last > 4)
    groups.push({ open: last, close: f.length });
  return groups.sort((a, b) => a.open - b.open || b.close - a.close);
}
