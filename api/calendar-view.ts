import { Type, type Static } from '@fastify/type-provider-typebox';
import type { StoredCalendarYear } from '../db/calendars.ts';
import { validateCalendarYear } from '../domain/working-time/calendar-year-check.ts';
import type { CalendarYear } from '../domain/working-time/calendar.ts';
import { isoShanghai } from '../domain/working-time/instants.ts';
import { readHolidayNotice } from '../domain/working-time/notice-text.ts';
import { Problem } from './problem.ts';
import { CivilDateSchema, InstantOrNull, StringOrNull } from './schemas.ts';

const Dates = Type.Array(CivilDateSchema, { maxItems: 120 });

export const ReadYear = Type.Object({
  year: Type.Integer(),
  off: Type.Array(CivilDateSchema, { description: '放假的日期，含落在其中的周末' }),
  working: Type.Array(CivilDateSchema, { description: '调休上班的周末' }),
  source: Type.String(),
});

export const CalendarYearView = Type.Object(
  {
    year: Type.Integer(),
    published: Type.Boolean({ description: 'false 为暂定' }),
    off: Type.Array(CivilDateSchema),
    working: Type.Array(CivilDateSchema),
    source: Type.String(),
    version: Type.Integer({ description: '0 为尚未录入' }),
    enteredBy: StringOrNull,
    enteredAt: InstantOrNull,
  },
  { title: 'CalendarYear' },
);

/** Dates typed in, or the notice's text pasted; the text wins nothing over dates: exactly one of the two. */
export const CalendarBody = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({ minimum: 0, description: '修改时所见的版本，尚未录入为 0；也可用 If-Match' }),
    ),
    year: Type.Optional(Type.Integer({ description: '与地址中的年份一致，可不写' })),
    published: Type.Optional(Type.Boolean({ description: '录入即为已公布，可不写' })),
    off: Type.Optional(Dates),
    working: Type.Optional(Dates),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })),
    noticeText: Type.Optional(
      Type.String({ minLength: 1, maxLength: 50_000, description: '粘贴国务院办公厅通知原文' }),
    ),
  },
  { additionalProperties: false },
);

export function calendarYearView(
  year: CalendarYear | StoredCalendarYear,
  stored: readonly StoredCalendarYear[],
): Static<typeof CalendarYearView> {
  const { published, off, working, source, version } = year;
  const entered = stored.find((each) => each.year === year.year && each.version === version);
  // What ships with the program was entered by nobody and is known from the start.
  const byPerson = entered !== undefined && entered.enteredBy !== 'system';
  return {
    year: year.year,
    published,
    off,
    working,
    source,
    version,
    enteredBy: byPerson ? entered.enteredBy : null,
    enteredAt: byPerson ? isoShanghai(entered.enteredAt) : null,
  };
}

type Entry = Pick<CalendarYear, 'year' | 'off' | 'working' | 'source'>;

/** What a person entered, read and checked. Throws Problem 422 with everything that is wrong, in Chinese. */
export function checkedYear(year: number, body: Static<typeof CalendarBody>): { entry: Entry; warnings: string[] } {
  if (body.year !== undefined && body.year !== year)
    throw new Problem(422, 'calendar-invalid', `内容写的是${body.year}年，地址是${year}年`, { field: 'year' });
  const { entry, warnings } =
    body.noticeText === undefined ? typedYear(year, body) : pastedYear(year, body.noticeText, body.source);
  const found = validateCalendarYear({ ...entry, published: true, version: 1 });
  const blocking = found.filter((problem) => problem.blocking);
  if (blocking.length > 0) throw invalid(blocking.map((problem) => problem.detail));
  return { entry, warnings: [...warnings, ...found.map((problem) => problem.detail)] };
}

function typedYear(year: number, body: Static<typeof CalendarBody>): { entry: Entry; warnings: string[] } {
  if (body.off === undefined || body.working === undefined)
    throw new Problem(422, 'calendar-invalid', '请给出放假日期和调休上班日期，或粘贴通知原文（noticeText）', {
      field: 'off',
    });
  return { entry: { year, off: body.off, working: body.working, source: body.source ?? '' }, warnings: [] };
}

function pastedYear(year: number, text: string, source: string | undefined): { entry: Entry; warnings: string[] } {
  const reading = readHolidayNotice(text, year);
  const blocking = reading.problems.filter((problem) => problem.blocking);
  if (blocking.length > 0)
    throw invalid(
      blocking.map((problem) => problem.detail),
      'noticeText',
    );
  const number = reading.documentNumber === null ? '' : `（${reading.documentNumber}）`;
  const { off, working } = reading;
  return {
    entry: { year, off, working, source: source ?? `国务院办公厅关于${year}年部分节假日安排的通知${number}` },
    warnings: reading.problems.map((problem) => problem.detail),
  };
}

function invalid(details: string[], field = 'off'): Problem {
  return new Problem(422, 'calendar-invalid', details.join('；'), { field });
}
