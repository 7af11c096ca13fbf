import { chineseNumber, isChineseNumeral } from './chinese-numbers.ts';
import { civilDate, daysInMonth, isRealDate, lastDayBefore, lastDayOf } from './civil-dates.ts';

/**
 * A date expression found in folded text (half-width, simplified, without spaces), read as a deadline: its last day.
 * `from` and `to` are indices of that text.
 */
export type DateExpression = {
  from: number;
  to: number;
  date: string;
  /** First day, where the expression names a period with a beginning of its own. */
  start: string | null;
  /** 起: the expression only says when the work begins. */
  opensOnly: boolean;
  repaired: boolean;
  yearAssumed: boolean;
  alternative: string | null;
  /** Ends in a word of limit (前, 底, 末, 内, 止), or names a whole period. */
  limit: boolean;
  /** How fine it is. */
  unit: 'day' | 'month' | 'quarter' | 'half' | 'year';
  year: number;
  /** First day of what is named. */
  firstDay: string;
};

const DAMAGE = '\uFFFD';

type MonthDay = [month: number, day: number];

type Part = { to: number; first: MonthDay; last: MonthDay; unit: DateExpression['unit']; repaired: boolean };

/**
 * Reads a date expression that begins at `from`, or null. `year` is the one taken where the expression names none; with
 * null such an expression is not read. Looks at no more than some forty characters, so a scan over a text is linear.
 */
export function readDateExpression(f: string, from: number, year: number | null): DateExpression | null {
  const short = readShortRange(f, from, year);
  if (short !== null) return short;
  const first = readPoint(f, from, year);
  if (first === null) return null;
  return readRangeEnd(f, first) ?? withSuffix(f, first);
}

function readPoint(f: string, from: number, assumed: number | null): DateExpression | null {
  const yearPart = readYear(f, from, assumed);
  if (yearPart === null) return null;
  const { year, repaired, yearAssumed } = yearPart;
  const part = readWithinYear(f, yearPart.to, year, yearPart.bare);
  if (part === null) return null;
  return {
    from,
    to: part.to,
    date: civilDate(year, part.last[0], Math.min(part.last[1], daysInMonth(year, part.last[0]))),
    start: part.unit === 'month' && part.first[0] !== part.last[0] ? civilDate(year, ...part.first) : null,
    opensOnly: false,
    repaired: repaired || part.repaired,
    yearAssumed,
    alternative: null,
    limit: false,
    unit: part.unit,
    year,
    firstDay: civilDate(year, ...part.first),
  };
}

type YearPart = { to: number; year: number; repaired: boolean; yearAssumed: boolean; bare: YearMark };

/** How the year was marked: by 年, by a separator, not at all (年 was lost), or no year is written. */
type YearMark = 'written' | 'separated' | 'lost' | 'absent';

function readYear(f: string, from: number, assumed: number | null): YearPart | null {
  const digits = digitRun(f, from, 9);
  if (digits.length >= 4 && isYear(Number(digits.slice(0, 4)))) {
    const year = Number(digits.slice(0, 4));
    const after = f.charAt(from + 4);
    if (digits.length === 4) {
      if (after === '年') {
        const to = from + (f.startsWith('年度', from + 4) ? 6 : 5);
        return { to, year, repaired: false, yearAssumed: false, bare: 'written' };
      }
      if (after === DAMAGE)
        return { to: skipDamage(f, from + 4), year, repaired: true, yearAssumed: false, bare: 'written' };
      if ((after === '-' || after === '.' || after === '/') && isDigitAt(f, from + 5)) {
        return { to: from + 5, year, repaired: false, yearAssumed: false, bare: 'separated' };
      }
    }
    return { to: from + 4, year, repaired: true, yearAssumed: false, bare: 'lost' };
  }
  const numerals = f.slice(from, from + 4);
  if (
    numerals.length === 4 &&
    f.charAt(from + 4) === '年' &&
    [...numerals].every((c) => isChineseNumeral(c) && c !== '十')
  ) {
    const year = chineseNumber(numerals);
    if (year !== null && isYear(year))
      return { to: from + 5, year, repaired: false, yearAssumed: false, bare: 'written' };
  }
  if (assumed === null) return null;
  for (const [word, offset] of RELATIVE_YEARS) {
    if (f.startsWith(word, from)) {
      const to = from + word.length + (f.startsWith('度', from + word.length) ? 1 : 0);
      return { to, year: assumed + offset, repaired: false, yearAssumed: true, bare: 'written' };
    }
  }
  return { to: from, year: assumed, repaired: false, yearAssumed: true, bare: 'absent' };
}

const RELATIVE_YEARS: readonly (readonly [string, number])[] = [
  ['今年', 0],
  ['本年', 0],
  ['当年', 0],
  ['明年', 1],
  ['次年', 1],
  ['来年', 1],
];

function isYear(year: number): boolean {
  return year >= 1990 && year <= 2079;
}

/** What follows the year. */
function readWithinYear(f: string, from: number, year: number, bare: YearMark): Part | null {
  if (bare === 'separated') return readMonthAndDay(f, from, year, bare);
  return readQuarterOrHalf(f, from, bare) ?? readMonthAndDay(f, from, year, bare) ?? readYearWord(f, from, bare);
}

function readQuarterOrHalf(f: string, from: number, bare: YearMark): Part | null {
  const at = f.charAt(from) === '第' || f.charAt(from) === '的' ? from + 1 : from;
  const digit = f.charAt(at);
  const quarter = '1234'.includes(digit) && digit !== '' ? Number(digit) : (chineseNumber(digit) ?? 0);
  const word = f.startsWith('季度', at + 1) ? 3 : f.charAt(at + 1) === '季' ? 2 : 0;
  if (quarter >= 1 && quarter <= 4 && word > 0) {
    const to = at + word;
    return { to, first: [quarter * 3 - 2, 1], last: [quarter * 3, 31], unit: 'quarter', repaired: bare === 'lost' };
  }
  for (const [text, firstMonth, lastMonth] of HALVES) {
    if (f.startsWith(text, from)) {
      return {
        to: from + text.length,
        first: [firstMonth, 1],
        last: [lastMonth, 31],
        unit: 'half',
        repaired: bare === 'lost',
      };
    }
  }
  return null;
}

const HALVES: readonly (readonly [string, number, number])[] = [
  ['上半年', 1, 6],
  ['下半年', 7, 12],
];

function readMonthAndDay(f: string, from: number, year: number, bare: YearMark): Part | null {
  const digits = digitRun(f, from, 5);
  if (digits !== '') return readMonthDigits(f, from, digits, year, bare);
  let to = from;
  while (to - from < 3 && isChineseNumeral(f.charAt(to))) to += 1;
  if (to === from || f.charAt(to) !== '月') return null;
  const month = chineseNumber(f.slice(from, to));
  if (month === null || month < 1 || month > 12) return null;
  return readDay(f, to + 1, year, month, bare === 'lost');
}

function readMonthDigits(f: string, from: number, digits: string, year: number, bare: YearMark): Part | null {
  const to = from + digits.length;
  const after = f.charAt(to);
  const month = Number(digits);
  const asMonth = digits.length <= 2 && month >= 1 && month <= 12;
  if (asMonth && after === '月') return readDay(f, to + 1, year, month, bare === 'lost');
  if (bare === 'absent') return null;
  if (asMonth && after === DAMAGE) return readDay(f, skipDamage(f, to), year, month, true);
  if (asMonth && bare === 'written') {
    const link = rangeLink(f, to);
    const last = digitRun(f, to + link, 2);
    const end = to + link + last.length;
    if (link > 0 && f.charAt(end) === '月' && Number(last) >= month && Number(last) <= 12) {
      const whole = wholeMonth(year, Number(last), end + 1, false);
      return { ...whole, first: [month, 1] };
    }
  }
  const separated = bare === 'separated';
  if (asMonth && separated && after === f.charAt(from - 1) && isDigitAt(f, to + 1)) {
    const day = digitRun(f, to + 1, 2);
    if (isRealDate(year, month, Number(day))) return onDay(month, Number(day), to + 1 + day.length, false);
  }
  if (asMonth && separated) return wholeMonth(year, month, to, false);
  // 202464, 20241231: year, month and day run together because 年, 月 and 日 were lost.
  if (bare === 'lost' && digits.length >= 2) {
    const split = splitMonthDay(digits, year);
    if (split !== null) return onDay(split[0], split[1], to + (f.charAt(to) === '日' ? 1 : 0), true);
  }
  return null;
}

function splitMonthDay(digits: string, year: number): [number, number] | null {
  const found: [number, number][] = [];
  for (const width of [1, 2]) {
    const month = Number(digits.slice(0, width));
    const day = digits.slice(width);
    if (day === '' || day.length > 2 || (day.startsWith('0') && day.length === 1)) continue;
    if (isRealDate(year, month, Number(day))) found.push([month, Number(day)]);
  }
  // Two readings (2024111) cannot be told apart: neither is taken.
  return found.length === 1 ? (found[0] ?? null) : null;
}

function readDay(f: string, from: number, year: number, month: number, repaired: boolean): Part {
  let to = from;
  while (to - from < 2 && isDigitAt(f, to)) to += 1;
  let day = to > from ? Number(f.slice(from, to)) : 0;
  if (to === from) {
    while (to - from < 3 && isChineseNumeral(f.charAt(to))) to += 1;
    day = to > from ? (chineseNumber(f.slice(from, to)) ?? 0) : 0;
  }
  const unit = f.charAt(to);
  if (to > from && isRealDate(year, month, day)) {
    if (unit === '日' || unit === '号') return onDay(month, day, to + 1, repaired);
    if (unit === DAMAGE) return onDay(month, day, skipDamage(f, to), true);
    if (isDigitAt(f, from) && (unit === '前' || unit === '')) return onDay(month, day, to, true);
  }
  const third = f.slice(from, from + 2);
  if (third === '上旬') return { to: from + 2, first: [month, 1], last: [month, 10], unit: 'day', repaired };
  if (third === '中旬') return { to: from + 2, first: [month, 11], last: [month, 20], unit: 'day', repaired };
  if (third === '下旬') return { to: from + 2, first: [month, 21], last: [month, 31], unit: 'day', repaired };
  return wholeMonth(year, month, from + (f.charAt(from) === '份' ? 1 : 0), repaired);
}

function onDay(month: number, day: number, to: number, repaired: boolean): Part {
  return { to, first: [month, day], last: [month, day], unit: 'day', repaired };
}

function wholeMonth(year: number, month: number, to: number, repaired: boolean): Part {
  return { to, first: [month, 1], last: [month, daysInMonth(year, month)], unit: 'month', repaired };
}

function readYearWord(f: string, from: number, bare: YearMark): Part | null {
  const year: Omit<Part, 'to' | 'repaired'> = { first: [1, 1], last: [12, 31], unit: 'year' };
  if (bare === 'absent') {
    for (const word of ['年底', '年末', '年内', '年终', '全年', '年度内', '年中']) {
      if (!f.startsWith(word, from)) continue;
      const half: Part = { to: from + 2, first: [1, 1], last: [6, 30], unit: 'half', repaired: false };
      // The limit word stays outside, for withSuffix to see.
      return word === '年中' ? half : { ...year, to: from + (word === '全年' ? 2 : word.length - 1), repaired: false };
    }
    return null;
  }
  if (bare === 'lost') {
    const after = f.charAt(from);
    // A bare 2024 is a deadline only where a word of limit follows it.
    if (after !== '底' && after !== '末' && !f.startsWith('年', from)) return null;
    return { ...year, to: from, repaired: true };
  }
  if (f.startsWith('年中', from) || (f.startsWith('中', from) && !f.startsWith('中期', from))) {
    return {
      to: from + (f.charAt(from) === '年' ? 2 : 1),
      first: [1, 1],
      last: [6, 30],
      unit: 'half',
      repaired: false,
    };
  }
  if (f.startsWith('全年', from)) return { ...year, to: from + 2, repaired: false };
  return { ...year, to: f.startsWith('年底', from) || f.startsWith('年末', from) ? from + 1 : from, repaired: false };
}

/** 前, 底, 末, 内, 起 and their combinations after an expression. */
function withSuffix(f: string, point: DateExpression): DateExpression {
  let { to } = point;
  let atEnd = point.unit === 'day';
  let limit = point.unit === 'quarter' || point.unit === 'half';
  for (const word of ['月底', '底', '月末', '末', '之内', '以内', '内']) {
    if (!f.startsWith(word, to)) continue;
    to += word.length;
    atEnd = true;
    limit = true;
    break;
  }
  let early = false;
  if (!atEnd && (point.unit === 'month' || point.unit === 'year') && f.charAt(to) === '初') {
    to += 1;
    early = true;
    limit = true;
  }
  let before = false;
  for (const word of ['之前', '以前', '前']) {
    if (!f.startsWith(word, to) || f.startsWith('前期', to)) continue;
    to += word.length;
    before = true;
    limit = true;
    break;
  }
  if (!before && f.charAt(to) === '止') {
    to += 1;
    limit = true;
  }
  let opensOnly = false;
  for (const word of ['开始', '起', '以来', '以后', '后']) {
    if (before || !f.startsWith(word, to)) continue;
    to += word.length;
    opensOnly = true;
    break;
  }
  const date = early ? earlyIn(point) : point.date;
  // X前 without a word of end is read as the last day of X; the last day before X is the other reading (DOMAIN 2).
  const alternative = before && !atEnd && !early ? dayBefore(point.firstDay) : null;
  const start = opensOnly ? point.firstDay : point.start;
  return { ...point, to, date, limit, alternative, opensOnly, start };
}

/** 月初 ends on the tenth, 年初 with January. */
function earlyIn(point: DateExpression): string {
  return point.unit === 'year' ? lastDayOf(point.year, 1) : `${point.firstDay.slice(0, 8)}10`;
}

function dayBefore(firstDay: string): string {
  return lastDayBefore(Number(firstDay.slice(0, 4)), Number(firstDay.slice(5, 7)));
}

/** 2024年—2025年, 2024年1月至2025年6月底, 2023-2025年, 1-6月: a period, whose end is the deadline. */
function readRangeEnd(f: string, first: DateExpression): DateExpression | null {
  const opened = withSuffix(f, first);
  for (const at of opened.to === first.to ? [first.to] : [opened.to, first.to]) {
    const link = rangeLink(f, at);
    if (link === 0) continue;
    const second = readPoint(f, at + link, first.year);
    if (second === null || (second.yearAssumed && second.unit === 'year' && second.to === at + link)) continue;
    const end = withSuffix(f, second);
    if (end.date < first.firstDay || end.opensOnly) continue;
    return {
      ...end,
      from: first.from,
      start: first.firstDay,
      repaired: first.repaired || end.repaired,
      yearAssumed: first.yearAssumed,
      limit: true,
    };
  }
  return null;
}

function rangeLink(f: string, at: number): number {
  let to = at;
  while (to - at < 4 && (f.charAt(to) === '-' || f.charAt(to) === '~')) to += 1;
  if (to > at) return to - at;
  return f.charAt(at) === '至' || f.charAt(at) === '到' ? 1 : 0;
}

/** `2023-2025年` and `1-6月` begin with a number whose 年 or 月 is written once, at the end. */
function readShortRange(f: string, from: number, year: number | null): DateExpression | null {
  const digits = digitRun(f, from, 4);
  if (digits === '') return null;
  const link = rangeLink(f, from + digits.length);
  if (link === 0) return null;
  const second = from + digits.length + link;
  if (digits.length === 4 && isYear(Number(digits))) {
    const end = readPoint(f, second, null);
    if (end === null || end.year < Number(digits) || end.yearAssumed || !f.startsWith('年', second + 4)) return null;
    return { ...withSuffix(f, end), from, start: civilDate(Number(digits), 1, 1), limit: true };
  }
  const month = Number(digits);
  if (digits.length > 2 || month < 1 || month > 12 || year === null) return null;
  const end = readPoint(f, second, year);
  if (end === null || !end.yearAssumed || end.unit !== 'month' || Number(end.firstDay.slice(5, 7)) < month) return null;
  return { ...withSuffix(f, end), from, start: civilDate(year, month, 1), limit: true };
}

function digitRun(f: string, from: number, most: number): string {
  let to = from;
  while (to - from < most && isDigitAt(f, to)) to += 1;
  return f.slice(from, to);
}

function isDigitAt(f: string, at: number): boolean {
  const char = f.charAt(at);
  return char >= '0' && char <= '9' && char !== '';
}

function skipDamage(f: string, at: number): number {
  let to = at;
  while (to - at < 3 && f.charAt(to) === DAMAGE) to += 1;
  return to;
}
