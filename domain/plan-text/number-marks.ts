import { chineseNumber, isChineseNumeral } from '../deadline-phrases/chinese-numbers.ts';
import { asWord, cut, type Folded, gapBefore, isDigit } from './folding.ts';

/** Kinds of numbering, roughly from the outermost inwards. */
export const MARK_RANKS = {
  chapter: 0,
  chinese: 1,
  'chinese-bracket': 2,
  named: 2,
  arabic: 3,
  decimal: 4,
  'arabic-bracket': 5,
  circled: 6,
  dash: 7,
} as const;

export type MarkKind = keyof typeof MARK_RANKS;

export type NumberMark = {
  kind: MarkKind;
  /** The number as written, without its delimiter: 一, (一), 1, ①. Empty for a dash. */
  label: string;
  /** Its value where it is one number, else null. */
  value: number | null;
  /** Index after the mark. */
  to: number;
};

/**
 * Reads a numbering mark at index `from`. At the start of a line looser forms are taken (1 加强, —— 加强) than in the
 * middle of one.
 */
export function readMark(text: Folded, from: number, lineStart: boolean): NumberMark | null {
  const char = text.f.charAt(from);
  if (isChineseNumeral(char)) return chineseMark(text, from, lineStart);
  if (char === '(') return bracketMark(text, from);
  if (isDigit(char)) return arabicMark(text, from, lineStart);
  if (char === '第') return chapterMark(text, from);
  if (char >= '①' && char <= '⒛') return circledMark(text, from);
  if (char >= '㈠' && char <= '㈩') {
    return { kind: 'chinese-bracket', label: char, value: char.charCodeAt(0) - 0x321f, to: from + 1 };
  }
  if (!lineStart) return null;
  return namedMark(text, from) ?? dashMark(text, from);
}

function chineseMark(text: Folded, from: number, lineStart: boolean): NumberMark | null {
  const { f } = text;
  let to = from;
  while (to - from < 5 && isChineseNumeral(f.charAt(to))) to += 1;
  const value = chineseNumber(f.slice(from, to));
  if (value === null) return null;
  const next = f.charAt(to);
  const label = asWord(cut(text, from, to));
  if (next === '、' || next === '.') return { kind: 'chinese', label, value, to: to + 1 };
  const loose = lineStart && (next === ',' || next === ':' || (next !== '' && gapBefore(text, to)));
  if (!loose) return null;
  // 一 是 or 三 年 broken by layout is prose.
  if (gapBefore(text, to) && '是年月个名次项日家处方区'.includes(next)) return null;
  return { kind: 'chinese', label, value, to: next === ',' || next === ':' ? to + 1 : to };
}

function bracketMark(text: Folded, from: number): NumberMark | null {
  const { f } = text;
  let to = from + 1;
  while (to - from < 6 && (isChineseNumeral(f.charAt(to)) || isDigit(f.charAt(to)))) to += 1;
  if (to === from + 1 || f.charAt(to) !== ')') return null;
  const inner = f.slice(from + 1, to);
  const arabic = isDigit(inner.charAt(0));
  if (arabic && inner.length > 3) return null;
  const value = arabic ? Number(inner) : chineseNumber(inner);
  if (value === null || Number.isNaN(value)) return null;
  let end = to + 1;
  if (f.charAt(end) === '、' || f.charAt(end) === '.') end += 1;
  return {
    kind: arabic ? 'arabic-bracket' : 'chinese-bracket',
    label: asWord(cut(text, from, to + 1)),
    value,
    to: end,
  };
}

/** Words that follow a figure in prose: 3月底前, 60学时, 12345热线 are no numbering. */
const MEASURES = '年月日号个名次项家处人万亿元倍%件条户批期种类级度季天小时分米公里吨台辆所座学周轮-~/:+热';

function arabicMark(text: Folded, from: number, lineStart: boolean): NumberMark | null {
  const { f } = text;
  let to = from;
  while (to - from < 4 && isDigit(f.charAt(to))) to += 1;
  if (to - from > 3) return null;
  const value = Number(f.slice(from, to));
  const next = f.charAt(to);
  const label = asWord(cut(text, from, to));
  if (next === '.') {
    if (!isDigit(f.charAt(to + 1))) return { kind: 'arabic', label, value, to: to + 1 };
    return decimalMark(text, from, lineStart) ?? glued(text, from, to, value, lineStart);
  }
  if (next === '、') return { kind: 'arabic', label, value, to: to + 1 };
  if (next === ')') return { kind: 'arabic-bracket', label: `${label})`, value, to: to + 1 };
  if (!lineStart || !gapBefore(text, to) || next === '' || MEASURES.includes(next) || to - from > 2) return null;
  return isDigit(next) ? null : { kind: 'arabic', label, value, to };
}

/** 1.2024年底前完成, 1.5月底前出台: an item number right before a date. */
function glued(text: Folded, from: number, to: number, value: number, lineStart: boolean): NumberMark | null {
  if (!lineStart || !/^(?:(?:19|20)\d\d\D|\d{1,2}月)/u.test(text.f.slice(to + 1, to + 6))) return null;
  return { kind: 'arabic', label: asWord(cut(text, from, to)), value, to: to + 1 };
}

/** 1.1, 2.3.1: only where a line begins, and not as a quantity. */
function decimalMark(text: Folded, from: number, lineStart: boolean): NumberMark | null {
  if (!lineStart) return null;
  const match = /^\d{1,2}(?:\.\d{1,2}){1,3}(?!\d)/u.exec(text.f.slice(from, from + 16));
  if (match === null) return null;
  const to = from + match[0].length;
  const next = text.f.charAt(to);
  const label = asWord(cut(text, from, to));
  if (next === '、' || next === '.') return { kind: 'decimal', label, value: null, to: to + 1 };
  if (next === '' || MEASURES.includes(next) || isDigit(next)) return null;
  return { kind: 'decimal', label, value: null, to };
}

function chapterMark(text: Folded, from: number): NumberMark | null {
  const { f } = text;
  let to = from + 1;
  while (to - from < 5 && (isChineseNumeral(f.charAt(to)) || isDigit(f.charAt(to)))) to += 1;
  if (to === from + 1 || !'章节篇条'.includes(f.charAt(to)) || f.charAt(to) === '') {
    if (!f.startsWith('部分', to) || to === from + 1) return null;
    to += 1;
  }
  const inner = f.slice(from + 1, to).replace(/部$/u, '');
  const value = isDigit(inner.charAt(0)) ? Number(inner) : chineseNumber(inner);
  let end = to + 1;
  if (':、.,'.includes(f.charAt(end)) && f.charAt(end) !== '') end += 1;
  else if (!gapBefore(text, end)) return null;
  return { kind: 'chapter', label: asWord(cut(text, from, to + 1)), value, to: end };
}

function circledMark(text: Folded, from: number): NumberMark | null {
  const code = text.f.charCodeAt(from);
  const label = text.f.charAt(from);
  if (code <= 0x2473) return { kind: 'circled', label, value: code - 0x245f, to: from + 1 };
  if (code <= 0x2487) return { kind: 'arabic-bracket', label, value: code - 0x2473, to: from + 1 };
  return { kind: 'arabic', label: String(code - 0x2487), value: code - 0x2487, to: from + 1 };
}

/** 任务一:, 专项行动3、 */
function namedMark(text: Folded, from: number): NumberMark | null {
  const match =
    /^(?:重点|主要|专项)?(?:任务|行动|工程|措施|事项|项目)([一二三四五六七八九十]{1,3}|\d{1,3})(?=[:、.,])/u.exec(
      text.f.slice(from, from + 14),
    );
  const figure = match?.[1];
  if (match === null || figure === undefined) return null;
  const value = isDigit(figure.charAt(0)) ? Number(figure) : chineseNumber(figure);
  const to = from + match[0].length;
  return { kind: 'named', label: asWord(cut(text, from, to)), value, to: to + 1 };
}

const BULLETS = '●○■□◆◇★☆▲△➢➤►▶•·※*﹡◎√✓\uF06C\uF0D8\uF0B7';

function dashMark(text: Folded, from: number): NumberMark | null {
  const { f } = text;
  let to = from;
  while (to - from < 4 && f.charAt(to) === '-') to += 1;
  if (to === from && BULLETS.includes(f.charAt(from)) && f.charAt(from) !== '') to = from + 1;
  if (to === from || isDigit(f.charAt(to)) || f.charAt(to) === '') return null;
  return { kind: 'dash', label: '', value: null, to };
}
