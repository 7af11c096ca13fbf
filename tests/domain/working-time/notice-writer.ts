import type { CalendarYear } from '../../../domain/working-time/calendar.ts';
import { addNaturalDays, weekdayOf, type CivilDate } from '../../../domain/working-time/civil-date.ts';

/** Words a year the way notices do, from its dates: what the reader makes of it must be the dates again. */
export function noticeText(year: CalendarYear): string {
  const lines = stretchesOf(year.off).map((dates, index, all) => {
    const until = all[index + 1]?.[0] ?? '9999-12-31';
    const working = year.working.filter((date) => date < until && (index === 0 || date >= (dates[0] ?? '')));
    return `${'一二三四五六七八'.charAt(index)}、${noticeLine(`节日${index}`, dates, working)}`;
  });
  return [
    `关于${year.year}年部分节假日安排的通知`,
    '国办发明电〔2030〕1号',
    `现将${year.year}年各节日安排通知如下。`,
    ...lines,
  ].join('\n');
}

/** One item: first and last day with weekdays, the month repeated only where it changes, count, make-up days. */
export function noticeLine(name: string, dates: readonly CivilDate[], working: readonly CivilDate[]): string {
  const [first, last] = [dates[0] ?? '', dates.at(-1) ?? ''];
  const sameMonth = first.slice(0, 7) === last.slice(0, 7);
  const end = first === last ? '' : `至${sameMonth ? '' : month(last)}${day(last)}`;
  const makeUp = working.length === 0 ? '' : `${working.map((date) => month(date) + day(date)).join('、')}上班。`;
  return `${name}：${month(first)}${day(first)}${end}放假${makeUp === '' ? '' : '调休'}，共${dates.length}天。${makeUp}`;
}

function month(date: CivilDate): string {
  return `${Number(date.slice(5, 7))}月`;
}

function day(date: CivilDate): string {
  return `${Number(date.slice(8, 10))}日（周${'日一二三四五六'.charAt(weekdayOf(date))}）`;
}

function stretchesOf(dates: readonly CivilDate[]): CivilDate[][] {
  const stretches: CivilDate[][] = [];
  for (const date of dates) {
    const current = stretches.at(-1);
    const last = current?.at(-1);
    if (current !== undefined && last !== undefined && addNaturalDays(last, 1) === date) current.push(date);
    else stretches.push([date]);
  }
  return stretches;
}
