import { civilDateOf, datesFromTo, naturalDaysBetween, weekdayOf, type CivilDate } from './civil-date.ts';

/**
 * Reads the State Council's yearly notice (部分节假日安排的通知) as an administrator pastes it. What cannot be read is
 * listed, never guessed: a person looks at the result and the problems before the year is stored.
 */
export type NoticeProblem = {
  code:
    | 'year-unknown'
    | 'year-conflict'
    | 'text-too-long'
    | 'nothing-found'
    | 'bad-date'
    | 'bad-range'
    | 'wrong-weekday'
    | 'wrong-count'
    | 'repeated-date'
    | 'unread-sentence';
  /** True where the result must not be stored as it stands. */
  blocking: boolean;
  /** Chinese, for the administrator. */
  detail: string;
};

export type NoticeReading = {
  /** Null when neither the text nor the caller says which year it is. */
  year: number | null;
  off: CivilDate[];
  working: CivilDate[];
  /** 文号 where the text carries one. */
  documentNumber: string | null;
  problems: NoticeProblem[];
};

const LONGEST_TEXT = 50_000;
const LONGEST_HOLIDAY = 31;
const WEEKDAYS = '日一二三四五六';

// All patterns run on text without white space and in half-width form.
const DATE = String.raw`(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()]*\))?`;
const SPAN = String.raw`${DATE}(?:[至到~—–-]+${DATE})?`;
// At most ten spans to a list: an open-ended one backtracks through a flood of dates for seconds.
const LIST = String.raw`${SPAN}(?:[、,和及与]{1,2}${SPAN}){0,9}`;
const CLAUSE = new RegExp(
  String.raw`(?<list>${LIST})[,，]?(?:均|都|统一|照常|正常)?(?<verb>放假|休息|上班)(?:调休)?(?:[,，]?共?(?<count>\d{1,2})天)?`,
  'g',
);
const SPAN_PARTS = new RegExp(String.raw`(?<first>${DATE})(?:[至到~—–-]+(?<last>${DATE}))?`, 'g');
// 起 opens a period (自10月1日起, 2月3日起正常上班) and 电 ends a dateline: such dates order no single day.
const ORDERS_NOTHING = new RegExp(String.raw`${DATE}(?:起|电)`, 'g');
const DATE_PARTS = /^(?:(?<year>\d{4})年)?(?:(?<month>\d{1,2})月)?(?<day>\d{1,2})日(?:\((?<note>[^()]*)\))?$/;

/** `year` is used where the text does not name its year; a text that names another year is a problem. */
export function readHolidayNotice(text: string, year: number | null = null): NoticeReading {
  const problems: NoticeProblem[] = [];
  const report = (code: NoticeProblem['code'], blocking: boolean, detail: string): void => {
    problems.push({ code, blocking, detail });
  };
  const nothing = { off: [], working: [], documentNumber: null, problems };
  if (text.length > LONGEST_TEXT) {
    report('text-too-long', true, `文本过长（${text.length}字），请只粘贴通知正文`);
    return { year, ...nothing };
  }
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/[﹣－−―]/gu, '-');
  const named = yearNamedBy(plain);
  if (named !== null && year !== null && named !== year) {
    report('year-conflict', true, `通知写的是${named}年，与所选的${year}年不一致`);
  }
  const noticeYear = named ?? year;
  if (noticeYear === null) {
    report('year-unknown', true, '未能从文本中识别是哪一年的放假安排，请连同标题一起粘贴');
    return { year: null, ...nothing };
  }

  const off: CivilDate[] = [];
  const working: CivilDate[] = [];
  for (const sentence of sentencesOf(plain)) {
    readSentence(sentence, noticeYear, off, working, report);
  }
  if (off.length === 0) report('nothing-found', true, '文本中没有找到放假日期');
  for (const date of repeated(off)) report('repeated-date', false, `${date}在放假日期中出现多次`);
  for (const date of repeated(working)) report('repeated-date', false, `${date}在上班日期中出现多次`);
  return {
    year: noticeYear,
    off: [...new Set(off)].sort(),
    working: [...new Set(working)].sort(),
    documentNumber: /国办发明电[〔[(【]\d{4}[〕\])】]\d+号/u.exec(plain)?.[0] ?? null,
    problems,
  };
}

type ReadDate = { date: CivilDate; month: number };

type Report = (code: NoticeProblem['code'], blocking: boolean, detail: string) => void;

function yearNamedBy(plain: string): number | null {
  const match = /(?:关于|现将|调整|延长)(?:调整|延长)?(\d{4})年[^。]{0,30}?(?:节|假|放假)/u.exec(plain);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Sentences end at 。 and ; and before the number of an item, so that a missing full stop does not join two items. */
function sentencesOf(plain: string): string[] {
  return plain.split(/[。;!]|(?=[一二三四五六七八九十]{1,3}、\D{2,12}:)/u).filter((sentence) => sentence !== '');
}

function readSentence(sentence: string, year: number, off: CivilDate[], working: CivilDate[], report: Report): void {
  // Advice to employers (鼓励…安排职工在除夕休息) orders nothing.
  if (sentence.includes('鼓励')) return;
  const newYear = /元旦/u.test(sentence);
  let rest = sentence;
  for (const clause of sentence.matchAll(CLAUSE)) {
    rest = rest.replace(clause[0], '');
    const dates: CivilDate[] = [];
    let month: number | null = null;
    for (const span of (clause.groups?.['list'] ?? '').matchAll(SPAN_PARTS)) {
      const first = readDate(span.groups?.['first'] ?? '', year, month, newYear, report);
      const lastText = span.groups?.['last'];
      const last: ReadDate | null =
        lastText === undefined ? first : readDate(lastText, year, first?.month ?? month, newYear, report);
      month = last?.month ?? month;
      if (first === null || last === null) continue;
      const length = naturalDaysBetween(first.date, last.date) + 1;
      if (length < 1 || length > LONGEST_HOLIDAY) {
        report('bad-range', true, `“${span[0]}”起止日期有误`);
        continue;
      }
      dates.push(...datesFromTo(first.date, last.date));
    }
    const count = clause.groups?.['count'];
    if (count !== undefined && Number(count) !== dates.length) {
      report('wrong-count', true, `“${clause[0]}”写明${count}天，按日期推算为${dates.length}天`);
    }
    (clause.groups?.['verb'] === '上班' ? working : off).push(...dates);
  }
  const unread = rest.replace(ORDERS_NOTHING, '');
  if (/\d{1,2}月\d{1,2}日/u.test(unread) && /放假|假期|上班|休息/u.test(unread)) {
    report('unread-sentence', false, `此句含有日期但未能识别：“${sentence.slice(0, 80)}”`);
  }
}

/** A date without a year is the notice's own, except December under 元旦, which belongs to the year before. */
function readDate(
  text: string,
  noticeYear: number,
  lastMonth: number | null,
  newYear: boolean,
  report: Report,
): ReadDate | null {
  const parts = DATE_PARTS.exec(text)?.groups;
  const month = parts?.['month'] === undefined ? lastMonth : Number(parts['month']);
  const year = parts?.['year'] === undefined ? noticeYear - (newYear && month === 12 ? 1 : 0) : Number(parts['year']);
  const date = month === null ? null : civilDateOf(year, month, Number(parts?.['day']));
  if (month === null || date === null) {
    report('bad-date', true, `“${text}”不是有效日期`);
    return null;
  }
  const written = /(?:周|星期|礼拜)([一二三四五六日天])/u.exec(parts?.['note'] ?? '')?.[1];
  const actual = WEEKDAYS.charAt(weekdayOf(date));
  if (written !== undefined && written.replace('天', '日') !== actual) {
    report('wrong-weekday', true, `${date}写作周${written}，实为周${actual}，请核对年份或日期`);
  }
  return { date, month };
}

function repeated(dates: readonly CivilDate[]): CivilDate[] {
  return [...new Set(dates.filter((date, index) => dates.indexOf(date) !== index))];
}
