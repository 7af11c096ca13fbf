import { fields, finite, fitting, flag, list, text, type Shape } from './payload-shape.ts';
import type { Calendar, CalendarYear } from './working-time/calendar.ts';
import { isCivilDate } from './working-time/civil-date.ts';

const date = fitting<string>(isCivilDate);

const year = fields<CalendarYear>({
  year: finite,
  published: flag,
  off: list(date),
  working: list(date),
  source: text,
  version: finite,
});

/** A calendar that holds nothing, or closes a whole year, is damaged: computing with it would fail at every timer. */
export function isUsable({ years }: Calendar): boolean {
  return years.length > 0 && years.every(({ off }) => off.length < 300);
}

/** A calendar as a signal carries it. */
export const calendarShape: Shape<Calendar> = fields<Calendar>({
  version: fitting(
    (value) => (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value)),
  ),
  years: list(year),
  publishedThrough: finite,
});

export const revisedCalendar = fields<{ calendar: Calendar; reason: string }>({
  calendar: calendarShape,
  reason: text,
});
