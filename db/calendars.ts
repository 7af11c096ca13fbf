import { and, desc, eq, lte, max, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CivilDate, Instant } from '../domain/decider.ts';
import { DEFAULT_POLICY } from '../domain/policy/default-policy.ts';
import type { TaskPolicy } from '../domain/policy/policy.ts';
import type { Calendar, CalendarYear } from '../domain/working-time/calendar.ts';
import { yearOf } from '../domain/working-time/civil-date.ts';
import { civilDate } from '../domain/working-time/instants.ts';
import { calendarThrough } from '../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../domain/working-time/published-years.ts';
import { calendarYears, policies } from './schema/plans.ts';

/** Computed years that follow the last one asked for, so that 40 working days before or 15 after a date stay inside. */
const YEARS_BEYOND = 2;
/** The lunar table behind computed years ends here. */
const LAST_COMPUTED_YEAR = 2099;

export const TASK_POLICY_KIND = 'task';

export interface StoredCalendarYear extends CalendarYear {
  revision: number;
  enteredBy: string;
  enteredAt: Instant;
}

/** The newest version of every entered year; with `asOf`, as known before that instant (DESIGN, "As-of"). */
export async function loadCalendarYears(
  db: NodePgDatabase,
  options: { asOf?: Instant } = {},
): Promise<StoredCalendarYear[]> {
  const rows = await db
    .selectDistinctOn([calendarYears.year])
    .from(calendarYears)
    .where(options.asOf === undefined ? undefined : lte(calendarYears.enteredAt, options.asOf))
    .orderBy(calendarYears.year, desc(calendarYears.version));
  return rows;
}

/** All versions of one year, newest first. */
export async function calendarYearVersions(db: NodePgDatabase, year: number): Promise<StoredCalendarYear[]> {
  return db.select().from(calendarYears).where(eq(calendarYears.year, year)).orderBy(desc(calendarYears.version));
}

/**
 * The calendar that entities are given: entered years, computed ones in every gap and up to `through` + 2. Its version
 * is the newest revision that it contains, so two calendars with one version are the same.
 */
export async function loadCalendar(
  db: NodePgDatabase,
  options: { through: number; asOf?: Instant },
): Promise<Calendar> {
  const stored = await loadCalendarYears(db, options);
  const version = Math.max(0, ...stored.map((entry) => entry.revision));
  return calendarOf(stored, options.through, version);
}

export function calendarOf(stored: readonly CalendarYear[], through: number, version: number): Calendar {
  const entered = stored.map(({ year, published, off, working, source, version: entered }) => ({
    year,
    published,
    off,
    working,
    source,
    version: entered,
  }));
  return calendarThrough(entered, Math.min(LAST_COMPUTED_YEAR, through + YEARS_BEYOND), version);
}

/** The last year that any of the dates touches, and at least the year of `now`. */
export function lastYearOf(now: Instant, dates: readonly (CivilDate | null)[]): number {
  const years = dates.filter((date) => date !== null).map(yearOf);
  return Math.max(yearOf(civilDate(now)), ...years);
}

/** Which department the supervising office of the bureau is, so that no office verifies its own task (DOMAIN 1). */
export const OFFICES_POLICY_KIND = 'offices';
const DEFAULT_OFFICES = { supervisingOffice: '综合协调处' };

/** What ships with the program counts at any date that an old plan is taken over from. */
const KNOWN_FROM_THE_START: Instant = 0;

/** Fills an empty calendar and the default policy at first start. Rows that are there stay as they are. */
export async function seedCalendars(db: NodePgDatabase): Promise<void> {
  await db
    .insert(calendarYears)
    .values(publishedSeedYears().map((year) => ({ ...year, enteredBy: 'system', enteredAt: KNOWN_FROM_THE_START })))
    .onConflictDoNothing({ target: [calendarYears.year, calendarYears.version] });
  await db
    .insert(policies)
    .values({
      kind: TASK_POLICY_KIND,
      version: DEFAULT_POLICY.version,
      body: DEFAULT_POLICY,
      source: DEFAULT_POLICY.source,
      enteredBy: 'system',
      enteredAt: KNOWN_FROM_THE_START,
    })
    .onConflictDoNothing();
  await db
    .insert(policies)
    .values({
      kind: OFFICES_POLICY_KIND,
      version: '1',
      body: DEFAULT_OFFICES,
      source: 'DOMAIN 1 任务的督办核查由综合协调处承担',
      enteredBy: 'system',
      enteredAt: KNOWN_FROM_THE_START,
    })
    .onConflictDoNothing();
}

const CALENDAR_LOCK = 720_240_605;

/**
 * Keeps the calendar as it is until the caller's transaction ends. Whoever opens entities holds it while loading: a new
 * year stored meanwhile would tell only the entities that it can see, and these would never hear of it.
 */
export async function holdCalendar(tx: NodePgDatabase): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${CALENDAR_LOCK})`);
}

/** Thrown by `storeCalendarYear` when somebody else stored a version first. */
export class StaleCalendar extends Error {
  readonly current: number;
  constructor(current: number) {
    super(`calendar year is at version ${current}`);
    this.name = 'StaleCalendar';
    this.current = current;
  }
}

/**
 * Stores a new version of a year; call inside a transaction. `expectedVersion` is the one the person saw, 0 where the
 * year was not entered yet, null where they did not look. `stored` is null where the newest version already says the
 * same: nothing to revise.
 */
export async function storeCalendarYear(
  tx: NodePgDatabase,
  entry: { year: number; off: CivilDate[]; working: CivilDate[]; source: string },
  options: { expectedVersion: number | null; by: string; now: Instant },
): Promise<{ stored: StoredCalendarYear | null; version: number }> {
  // One administrator at a time, and no plan that is just being opened with the calendar of before: see `holdCalendar`.
  await tx.execute(sql`select pg_advisory_xact_lock(${CALENDAR_LOCK})`);
  const [newest] = await tx
    .select()
    .from(calendarYears)
    .where(eq(calendarYears.year, entry.year))
    .orderBy(desc(calendarYears.version))
    .limit(1);
  const current = newest?.version ?? 0;
  if (options.expectedVersion !== null && options.expectedVersion !== current) throw new StaleCalendar(current);
  const off = [...new Set(entry.off)].sort();
  const working = [...new Set(entry.working)].sort();
  if (
    newest !== undefined &&
    newest.off.join() === off.join() &&
    newest.working.join() === working.join() &&
    newest.source === entry.source
  )
    return { stored: null, version: current };
  const [stored] = await tx
    .insert(calendarYears)
    .values({
      year: entry.year,
      version: current + 1,
      published: true,
      off,
      working,
      source: entry.source,
      enteredBy: options.by,
      enteredAt: options.now,
    })
    .returning();
  if (stored === undefined) throw new Error('an inserted year was not returned');
  return { stored, version: stored.version };
}

/** The policy that newly opened tasks pin: the newest version known at `asOf`. */
export async function currentPolicy(db: NodePgDatabase, asOf?: Instant): Promise<TaskPolicy> {
  return ((await newestPolicy(db, TASK_POLICY_KIND, asOf)) ?? DEFAULT_POLICY) as TaskPolicy;
}

/** The name or alias of the department that verifies tasks. */
export async function verifyingOffice(db: NodePgDatabase): Promise<string> {
  const body = (await newestPolicy(db, OFFICES_POLICY_KIND)) as typeof DEFAULT_OFFICES | null;
  return (body ?? DEFAULT_OFFICES).supervisingOffice;
}

async function newestPolicy(db: NodePgDatabase, kind: string, asOf?: Instant): Promise<unknown> {
  const [row] = await db
    .select({ body: policies.body })
    .from(policies)
    .where(and(eq(policies.kind, kind), asOf === undefined ? undefined : lte(policies.enteredAt, asOf)))
    .orderBy(desc(policies.enteredAt), desc(policies.version))
    .limit(1);
  return row?.body ?? null;
}

/** Rises with every stored version of any year. */
export async function calendarRevision(db: NodePgDatabase): Promise<number> {
  const [row] = await db.select({ revision: max(calendarYears.revision) }).from(calendarYears);
  return row?.revision ?? 0;
}
