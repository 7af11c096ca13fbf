import type { Instant, Timer } from './decider.ts';
import { isProvisional, type Calendar } from './working-time/calendar.ts';
import { civilDate } from './working-time/instants.ts';

export interface MovedInstant {
  item: string;
  from: Instant | null;
  to: Instant | null;
  provisional: boolean;
}

/** What a new calendar moves: the same items' instants before and after (DOMAIN 6: re-computed with a recorded reason). */
export function movedInstants(before: Timer[], after: Timer[], calendar: Calendar): MovedInstant[] {
  const known = new Map(before.map((timer) => [timer.key, timer.at]));
  const moved = after
    .filter((timer) => known.get(timer.key) !== timer.at)
    .map((timer) => ({
      item: timer.key,
      from: known.get(timer.key) ?? null,
      to: timer.at as Instant | null,
      provisional: isProvisional(calendar, civilDate(timer.at)),
    }));
  const kept = new Set(after.map((timer) => timer.key));
  const dropped = before
    .filter((timer) => !kept.has(timer.key))
    .map((timer) => ({ item: timer.key, from: timer.at as Instant | null, to: null, provisional: false }));
  return [...moved, ...dropped];
}
