import { dayNumber, fromDayNumber, type CivilDate } from './civil-date.ts';

/**
 * Civil time ↔ instants. All civil time is Asia/Shanghai (DOMAIN 6), taken as fixed UTC+8: mainland China has kept no
 * summer time since 1991, and a named zone would read time-zone data that replay cannot pin. Instants are whole
 * milliseconds since 1970 in UTC.
 */
export const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

/** 00:00 of the date. */
export function startOfDayMs(date: CivilDate): number {
  return dayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** 24:00 of the date, which is the first instant that is late for something due on it. */
export function endOfDayMs(date: CivilDate): number {
  return startOfDayMs(date) + DAY_MS;
}

/** `HH:MM` on the date; `24:00` is its end. Throws RangeError for another form. */
export function atTimeMs(date: CivilDate, time: string): number {
  return startOfDayMs(date) + timeOfDayMs(time);
}

/** Milliseconds after midnight of an `HH:MM`. Throws RangeError for another form. */
export function timeOfDayMs(time: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  const hours = Number(match?.[1] ?? Number.NaN);
  const minutes = Number(match?.[2] ?? Number.NaN);
  const total = hours * 60 + minutes;
  if (!(minutes < 60 && total <= 24 * 60)) throw new RangeError(`不是有效时刻：${time}`);
  return total * 60_000;
}

/** The civil date on which the instant lies; 00:00 belongs to the day that begins. */
export function civilDate(ms: number): CivilDate {
  return fromDayNumber(Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS));
}

/** `2025-10-10T09:00:00+08:00`; milliseconds are written only where there are any. */
export function isoShanghai(ms: number): string {
  const text = new Date(ms + SHANGHAI_OFFSET_MS).toISOString();
  const seconds = text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23);
  return `${seconds}+08:00`;
}

/** An ISO instant with an offset or `Z`, in milliseconds. Refuses one without: it would read the machine's zone. */
export function parseInstant(text: string): number {
  const ms = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && text.includes('T') ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`不是带时区的时间：${text}`);
  return ms;
}
