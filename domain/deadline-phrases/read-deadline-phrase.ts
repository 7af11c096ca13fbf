import { fold } from '../plan-text/folding.ts';
import { chineseNumber } from './chinese-numbers.ts';
import { partsOf, plusDays, plusMonths } from './civil-dates.ts';
import { plainWording } from './plain-wording.ts';
import { type DateExpression, readDateExpression } from './date-expression.ts';
import type { DeadlineContext, DeadlinePhrase, RecurrencePeriod } from './deadline-phrase.ts';

/** Longer phrases are prose, not deadlines: only their beginning is looked at. */
const LONGEST_PHRASE = 200;

/**
 * Reads what a plan writes as a deadline (完成时限 and its kin), in any of the wordings of DOMAIN 2. Never throws: what
 * it cannot read has kind 'none'. `context.year` stands in for a missing year (else the year of issue); `issuedOn` is
 * needed for 印发之日起30日内.
 */
export function readDeadlinePhrase(raw: string, context: DeadlineContext): DeadlinePhrase {
  const written = raw.trim();
  const f = plainWording(fold(written.slice(0, LONGEST_PHRASE)).f);
  const found = readKind(f, context);
  const phrase: DeadlinePhrase = { raw: written, kind: 'none', date: null, every: null, repaired: false, ...found };
  if (f.includes('原则上')) phrase.soft = true;
  if (f.includes('\uFFFD') && phrase.kind !== 'none') phrase.repaired = true;
  return phrase;
}

type Reading = Partial<Omit<DeadlinePhrase, 'raw'>>;

function readKind(f: string, context: DeadlineContext): Reading {
  if (isDeclaredDone(f)) return { kind: 'declared-done' };
  const dates = dateExpressionsIn(f, context);
  const recurrence = recurrenceIn(f);
  if (recurrence !== null && recurs(recurrence, dates)) return recurring(f, recurrence, dates);
  const relative = relativeLimit(f, context);
  if (relative !== null) return relative;
  const closing = dates.filter((d) => !d.opensOnly);
  const last = closing.reduce<DateExpression | null>((a, b) => (a === null || b.date >= a.date ? b : a), null);
  const ongoing = isOngoing(f);
  // 全年持续推进 names no day, 年内持续推进 does.
  const allYear = ongoing && /^(?:全年|一年|贯穿)/u.test(f) && closing.length === 1;
  if (last !== null && !allYear) return onDate(last, ongoing);
  if (ongoing || dates.length > 0) {
    const reading: Reading = { kind: 'ongoing' };
    if (/即知即改|立行立改|立查立改|即查即改|立即|即时/u.test(f)) reading.immediate = true;
    const opening = dates[0];
    if (opening !== undefined)
      Object.assign(reading, { start: opening.start ?? opening.date, repaired: opening.repaired });
    return reading;
  }
  return recurrence === null ? {} : recurring(f, recurrence, dates);
}

function onDate(found: DateExpression, ongoing: boolean): Reading {
  const reading: Reading = { kind: 'date', date: found.date, repaired: found.repaired };
  if (found.alternative !== null) reading.alternative = found.alternative;
  if (found.yearAssumed) reading.yearAssumed = true;
  if (found.start !== null) reading.start = found.start;
  if (ongoing) reading.continues = true;
  return reading;
}

/** 已建立, 已完成, 均已出台: the plan itself says that it is done. */
function isDeclaredDone(f: string): boolean {
  return /^(?:目前|现|均|都|基本)?已(?:经|于)?/u.test(f) && !/^已(?:启动|开始|着手|纳入)/u.test(f);
}

/** The year that an expression without one is read in; one that has just been named wins over the document's. */
export function assumedYear(context: DeadlineContext): number | null {
  return context.year ?? (context.issuedOn === null ? null : partsOf(context.issuedOn).year);
}

function dateExpressionsIn(f: string, context: DeadlineContext): DateExpression[] {
  const found: DateExpression[] = [];
  let year = assumedYear(context);
  let named = false;
  let i = 0;
  while (i < f.length) {
    const date = beginsDate(f, i) ? readDateExpression(f, i, year) : null;
    if (date === null) {
      i += 1;
      continue;
    }
    const carried = date.yearAssumed && named;
    found.push(carried ? { ...date, yearAssumed: false } : rolled(date, context));
    if (!date.yearAssumed) {
      year = date.year;
      named = true;
    }
    i = Math.max(date.to, i + 1);
  }
  return found;
}

/** A plan issued in November or December that says 3月底前 without a year means the next one. */
function rolled(date: DateExpression, context: DeadlineContext): DateExpression {
  if (!date.yearAssumed || context.year !== null || context.issuedOn === null) return date;
  const issued = partsOf(context.issuedOn);
  const due = partsOf(date.date);
  if (date.year !== issued.year || issued.month < 11 || due.month > 6) return date;
  return {
    ...date,
    date: yearLater(date.date),
    alternative: date.alternative === null ? null : yearLater(date.alternative),
  };
}

function yearLater(date: string): string {
  return `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
}

/** Whether a date expression may begin here: not in the middle of a number, nor right after 每. */
export function beginsDate(f: string, i: number): boolean {
  const char = f.charAt(i);
  const before = i > 0 ? f.charAt(i - 1) : '';
  if (char >= '0' && char <= '9') return !(before >= '0' && before <= '9') && before !== '.';
  if (!'第上下全今本当明次来年一二三四五六七八九十'.includes(char)) return false;
  if (before === '每' || before === '半') return false;
  // 三年内, 3年底, 十二月: a numeral or a year-word must not be entered half way.
  if (char === '年') return !/[0-9一二三四五六七八九十两几多每近半今明本当次来去全逐历个周]/u.test(before);
  return !(/[一二三四五六七八九十]/u.test(char) && /[一二三四五六七八九十百第]/u.test(before));
}

type Recurrence = { every: RecurrencePeriod | null; at: number };

function recurrenceIn(f: string): Recurrence | null {
  for (const [word, every] of RECURRENCES) {
    const at = f.indexOf(word);
    if (at >= 0) return { every, at };
  }
  if (/^(?:年度|年度内完成|年度任务|逐年)/u.test(f)) return { every: 'year', at: 0 };
  return null;
}

const RECURRENCES: readonly (readonly [string, RecurrencePeriod | null])[] = [
  ['每半年', null],
  ['每季', 'quarter'],
  ['每个季', 'quarter'],
  ['各季度', 'quarter'],
  ['逐季', 'quarter'],
  ['按季', 'quarter'],
  ['每月', 'month'],
  ['每个月', 'month'],
  ['逐月', 'month'],
  ['按月', 'month'],
  ['每年', 'year'],
  ['各年度', 'year'],
  ['逐年', 'year'],
  ['按年', 'year'],
  ['年年', 'year'],
  ['每学期', null],
  ['每周', null],
  ['每天', null],
  ['每日', null],
];

/** 每年12月底前 recurs; 2024年6月底前出台,此后每年评估 is a date. */
function recurs(recurrence: Recurrence, dates: readonly DateExpression[]): boolean {
  const named = dates.find((d) => !d.yearAssumed && !d.opensOnly);
  return named === undefined || recurrence.at <= named.from || (named.start !== null && recurrence.at <= named.to + 1);
}

function recurring(f: string, recurrence: Recurrence, dates: readonly DateExpression[]): Reading {
  const reading: Reading = { kind: 'recurring', every: recurrence.every };
  const inPeriod = dates.find((d) => d.from >= recurrence.at && d.unit !== 'year' && d.start === null);
  if (recurrence.every === 'year' && inPeriod !== undefined) {
    const { month, day } = partsOf(inPeriod.date);
    reading.dueInPeriod = { month, day };
    if (inPeriod.alternative !== null) reading.alternative = inPeriod.alternative;
  }
  const day = /(?:每月|每个月|季度?末?月)(\d{1,2})[日号]/u.exec(f)?.[1];
  if (recurrence.every !== 'year' && day !== undefined && Number(day) <= 31) {
    reading.dueInPeriod = { month: null, day: Number(day) };
  }
  const span = dates.find((d) => !d.yearAssumed && d.start !== null);
  if (span?.start !== undefined && span.start !== null) reading.start = span.start;
  if (dates.some((d) => d.repaired)) reading.repaired = true;
  return reading;
}

/** 印发之日起30日内, 方案印发后3个月内: counted from the day of issue, whose next day is the first. */
function relativeLimit(f: string, context: DeadlineContext): Reading | null {
  const match =
    /(?:印发|发布|公布|下发|施行|实施)(?:之)?(?:日|后)?(?:起)?(?:的)?(\d{1,3}|[一二两三四五六七八九十]{1,3})(个?工作日|个?月|日|天|周|年)(?:之|以)?内/u.exec(
      f,
    );
  if (match === null) return null;
  const [, figure = '', unit = ''] = match;
  const amount = /^\d/u.test(figure) ? Number(figure) : chineseNumber(figure);
  if (amount === null) return null;
  if (unit.endsWith('工作日')) return { kind: 'none', workingDays: amount };
  if (context.issuedOn === null) return { kind: 'none' };
  if (unit === '日' || unit === '天') return { kind: 'date', date: plusDays(context.issuedOn, amount) };
  if (unit === '周') return { kind: 'date', date: plusDays(context.issuedOn, amount * 7) };
  return { kind: 'date', date: plusMonths(context.issuedOn, unit === '年' ? amount * 12 : amount) };
}

const ONGOING =
  /长期|持续|常态|经常|日常|贯穿|全程|全过程|实时|随时|适时|动态|始终|常年|即知即改|立行立改|立查立改|即查即改|立即|即时|及时|滚动|按需|坚持|不断|永久|正在|推进中|实施中|进行中|已启动|已开始|一以贯之|久久为功|常抓/u;

function isOngoing(f: string): boolean {
  return ONGOING.test(f);
}

/** Whether a clause without a label is nothing but a deadline: 2021年1月底前完成, 长期坚持, 每年, 年内. */
export function isDeadlineClause(f: string): boolean {
  if (f === '' || f.length > 40) return false;
  const bare = f.replace(/^(?:于|在|到|至|力争|确保|原则上|争取|计划|预计|并|要|须|需)+/u, '');
  if (isWholeWord(bare)) return true;
  if (/^(?:自)?(?:本)?(?:方案|计划|通知|意见|文件)?(?:印发|发布|公布|下发)(?:之)?(?:日|后)/u.test(bare))
    return /内/u.test(bare);
  if (!beginsDate(bare, 0)) return false;
  const date = readDateExpression(bare, 0, 2000);
  if (date === null || (!date.limit && date.unit === 'year' && date.yearAssumed)) return false;
  const rest = bare.slice(date.to);
  return rest === '' || (rest.length <= 24 && AFTER_DATE.test(rest));
}

const AFTER_DATE =
  /^(?:,|每年|每季|每月|全面|基本|全部|初步|实现|完成|取得|出台|印发|建成|启动|落实|推进|实施|到位|达到|见效|前|并|报送|上线|投用|投入|制定|修订|开展|开工|竣工|持续|长期|形成|建立|提交|组织|试点|推广|整改|达标|执行)/u;

function isWholeWord(f: string): boolean {
  const word = f.replace(
    /(?:完成|推进|实施|开展|落实|坚持|执行|进行|整改|做好|抓好|,|、|并|工作|任务|一次|1次|1日|组织|报送)+$/u,
    '',
  );
  if (
    /^(?:已|均已)(?:建立|完成|出台|印发|制定|落实|实施|开展|建成|办结|整改|实现|启动|上线|发布|修订)/u.test(f) &&
    f.length <= 12
  )
    return true;
  if (/^(?:每|逐|按)(?:半?年度?|个?学?期|个?季度?|个?月度?|周|天|日)/u.test(f)) return f.length <= 20;
  if (/^(?:长期|持续|常态化?|即知即改|立行立改|立即|及时|适时|常年|全年|日常|经常性|贯穿)/u.test(f))
    return f.length <= 10;
  return /^(?:长期|持续|常态化?|全年|年内|年底前?|上半年|下半年|年度内?)$/u.test(word);
}
