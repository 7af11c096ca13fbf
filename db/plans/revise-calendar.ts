import { drizzle } from 'drizzle-orm/node-postgres';
import type { MovedInstant } from '../../domain/calendar-revision.ts';
import {
  SYSTEM,
  type CivilDate,
  type Command,
  type EntityKind,
  type Instant,
  type Json,
} from '../../domain/decider.ts';
import { DECIDERS } from '../../domain/deciders.ts';
import type { Calendar } from '../../domain/working-time/calendar.ts';
import { isoShanghai } from '../../domain/working-time/instants.ts';
import { calendarOf, loadCalendarYears, storeCalendarYear } from '../calendars.ts';
import { orderSignals } from '../outbox.ts';
import type { Pool, PoolClient, Queryable } from '../pool.ts';

export interface EnteredYear {
  year: number;
  off: CivilDate[];
  working: CivilDate[];
  source: string;
}

export interface CalendarPublished {
  version: number;
  changed: boolean;
  told: number;
}

/**
 * Stores a year and tells every open entity through the outbox, in the caller's transaction: each re-derives its own
 * deadlines and records what moved, with the reason. The same content again tells nobody.
 */
export async function publishCalendarYear(
  client: PoolClient,
  entry: EnteredYear,
  options: { expectedVersion: number | null; signal: string; by: string; now: Instant },
): Promise<CalendarPublished> {
  const tx = drizzle(client);
  const { stored, version } = await storeCalendarYear(tx, entry, options);
  if (stored === null) return { version, changed: false, told: 0 };
  const ids = await openEntities(client);
  const calendar = calendarOf(await loadCalendarYears(tx), await lastYearInUse(client, entry.year), stored.revision);
  const reason = reasonOf(entry, version);
  const command: Command = {
    id: `calendar:${stored.revision}`,
    name: 'reviseCalendar',
    payload: { calendar, reason } as unknown as Json,
    actor: { ...SYSTEM, id: options.by },
  };
  await orderSignals(client, ids, options.signal, [command as unknown as Json]);
  return { version, changed: true, told: ids.length };
}

function reasonOf({ year, source }: EnteredYear, version: number): string {
  return version === 1 ? `录入${year}年放假安排：${source}` : `更正${year}年放假安排（第${version}版）：${source}`;
}

async function openEntities(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from entities where finished_at is null order by id');
  return rows.map((row) => row.id);
}

/** The last year that the calendar of any open entity reaches: a shorter one would make its late dates lose their holidays. */
async function lastYearInUse(db: Queryable, atLeast: number): Promise<number> {
  const { rows } = await db.query<{ year: number | null }>(
    `select max((state #>> '{calendar,years,-1,year}')::int) as year from entities where finished_at is null`,
  );
  return Math.max(atLeast, rows[0]?.year ?? 0);
}

const LISTED = 200;
const BATCH = 500;

export interface CalendarPreview {
  entities: number;
  moved: {
    entity: string;
    kind: EntityKind;
    text: string | null;
    items: { item: string; from: string | null; to: string | null; provisional: boolean }[];
  }[];
  truncated: boolean;
}

/** What storing the year would move, by the same rules as the workflows: nothing is written. */
export async function previewCalendar(pool: Pool, entry: EnteredYear, now: Instant): Promise<CalendarPreview> {
  const entered = (await loadCalendarYears(drizzle(pool))).filter((year) => year.year !== entry.year);
  const year = { ...entry, published: true, version: 0 };
  const calendar = calendarOf([...entered, year], await lastYearInUse(pool, entry.year), -1);
  const preview: CalendarPreview = { entities: 0, moved: [], truncated: false };
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ id: string; kind: EntityKind; state: object; text: string | null }>(
      `select e.id, e.kind, e.state, t.text from entities e left join task_texts t on t.task_id = e.id
       where e.finished_at is null and e.id > $1 order by e.id limit ${BATCH}`,
      [after],
    );
    for (const { id, kind, state, text } of rows) {
      const items = movedBy(kind, state, calendar, now);
      if (items.length === 0) continue;
      preview.entities += 1;
      if (preview.moved.length < LISTED) preview.moved.push({ entity: id, kind, text, items });
      else preview.truncated = true;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return preview;
    after = last.id;
  }
}

function movedBy(kind: EntityKind, state: object, calendar: Calendar, now: Instant) {
  const decision = DECIDERS[kind].decide(
    state,
    { id: 'preview', name: 'reviseCalendar', payload: { calendar, reason: '试算' } as unknown as Json, actor: SYSTEM },
    { now },
  );
  if (decision.refused) return [];
  const moved = decision.events.flatMap((event) => (event.data as { moved?: MovedInstant[] }).moved ?? []);
  return moved.map(({ item, from, to, provisional }) => ({
    item,
    from: from === null ? null : isoShanghai(from),
    to: to === null ? null : isoShanghai(to),
    provisional,
  }));
}
