import chineseDays from 'chinese-days';
import { describe, expect, it } from 'vitest';
import { calendarForYears, isWorkingDay, makeCalendar } from '../../../domain/working-time/calendar.ts';
import { datesFromTo } from '../../../domain/working-time/civil-date.ts';
import { calendarThrough, provisionalYear, statutoryHolidays } from '../../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';

const seeds = publishedSeedYears();

describe('published years', () => {
  it.each([2024, 2025, 2026])('agree with an independent library on every day of %i', (year) => {
    const calendar = makeCalendar(seeds, 'seed');
    const differing = datesFromTo(`${year}-01-01`, `${year}-12-31`).filter(
      // oxlint-disable-next-line import/no-named-as-default-member -- CommonJS: Node sees it on the default only
      (date) => isWorkingDay(calendar, date) !== chineseDays.isWorkday(date),
    );
    expect(differing).toEqual([]);
  });

  it('name their notice and list as many days as it orders', () => {
    expect(seeds.map(({ year, off, working }) => [year, off.length, working.length])).toEqual([
      [2024, 28, 8],
      [2025, 28, 5],
      [2026, 33, 6],
    ]);
    for (const { year, source } of seeds) expect(source).toContain(`国务院办公厅关于${year}年部分节假日安排的通知`);
  });

  it('are handed out fresh, so that no caller can change them for another', () => {
    publishedSeedYears()[0]?.off.push('2024-12-25');
    expect(publishedSeedYears()).toEqual(seeds);
  });
});

describe('provisional years', () => {
  it.each([
    [
      2027,
      [
        '01-01',
        '02-05',
        '02-06',
        '02-07',
        '02-08',
        '04-05',
        '05-01',
        '05-02',
        '06-09',
        '09-15',
        '10-01',
        '10-02',
        '10-03',
      ],
    ],
    [
      2028,
      ['01-01', '01-25', '01-26', '01-27', '01-28', '04-04', '05-01', '05-02', '05-28', '10-01', '10-02', '10-03'],
    ],
    [2023, ['01-01', '01-22', '01-23', '01-24', '04-05', '05-01', '06-22', '09-29', '10-01', '10-02', '10-03']],
  ])('%i rests on the statutory holidays', (year, days) => {
    const computed = provisionalYear(year);
    expect(computed.off).toEqual(days.map((day) => `${year}-${day}`));
    expect(computed).toMatchObject({ year, published: false, working: [] });
    expect(computed.source).toContain('暂定');
  });

  it('has 13 statutory days since 2025 and 11 before, 2028 with 中秋 on 3 October among them', () => {
    expect([2023, 2024, 2025, 2026, 2027, 2028].map(statutoryDays)).toEqual([11, 11, 13, 13, 13, 13]);
    expect(statutoryHolidays(2028).find((holiday) => holiday.name === '中秋节')?.dates).toEqual(['2028-10-03']);
  });

  it('keeps every statutory day of the published years off, 2024–2026', () => {
    for (const { year, off } of seeds) {
      expect(off).toEqual(expect.arrayContaining(statutoryHolidays(year).flatMap((holiday) => holiday.dates)));
    }
  });

  // The second opinion on the lunar calendar is ICU's, which computes new moons instead of reading a table. It is off by
  // some minutes, which shows where the new moon falls next to midnight in Beijing: 2027-02-06 at 23:56 and 2030-02-03
  // at 00:07. The published almanac has 春节 on these two days.
  it('agrees with ICU on the lunar festivals of 2000–2099 but for two new moons next to midnight', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
    const wanted: Record<string, string> = { 春节: '1/1', 端午节: '5/5', 中秋节: '8/15' };
    const differing: string[] = [];
    for (let year = 2000; year <= 2099; year += 1) {
      for (const { name, dates } of statutoryHolidays(year)) {
        const date = name === '春节' ? dates.at(-3) : dates[0];
        const seen = lunar.format(Date.parse(`${date}T00:00:00Z`));
        if (seen !== (wanted[name] ?? seen)) differing.push(`${date} ${name}`);
      }
    }
    expect(differing).toEqual(['2027-02-06 春节', '2030-02-03 春节']);
  });

  it('puts 清明 on the day in which the sun reaches 15 degrees, 2000–2099', () => {
    for (let year = 2000; year <= 2099; year += 1) {
      const [date] = statutoryHolidays(year).find((holiday) => holiday.name === '清明节')?.dates ?? [];
      const midnight = Date.parse(`${date}T00:00:00+08:00`);
      expect([year, sunLongitude(midnight) < 15, sunLongitude(midnight + 86_400_000) >= 15]).toEqual([
        year,
        true,
        true,
      ]);
    }
  });

  it.each([1999, 2100, 2027.5, Number.NaN])('refuses the year %d', (year) => {
    expect(() => provisionalYear(year)).toThrow(RangeError);
  });
});

describe('a calendar', () => {
  it('knows its published horizon, also when computed years surround it', () => {
    expect(calendarThrough(seeds, 2030, 1)).toMatchObject({ version: 1, publishedThrough: 2026 });
    expect(makeCalendar([provisionalYear(2023), ...seeds, provisionalYear(2027)], 1).publishedThrough).toBe(2026);
    expect(makeCalendar([provisionalYear(2027)], 1).publishedThrough).toBe(0);
    expect(makeCalendar([], 1).publishedThrough).toBe(0);
  });

  it('does not count a published year beyond a gap', () => {
    const [first, , third] = seeds;
    const gap = [first, third].filter((entry) => entry !== undefined);
    const calendar = calendarThrough(gap, 2027, 1);
    expect(calendar.publishedThrough).toBe(2024);
    expect(calendar.years.map(({ year, published }) => [year, published])).toEqual([
      [2024, true],
      [2025, false],
      [2026, true],
      [2027, false],
    ]);
  });

  it('refuses the same year twice', () => {
    expect(() => makeCalendar([...seeds, provisionalYear(2026)], 1)).toThrow(RangeError);
  });

  it('can be cut to the years an entity touches without changing any day of them', () => {
    const whole = calendarThrough(seeds, 2040, 1);
    const cut = calendarForYears(whole, 2026, 2027);
    expect(cut.years.map((entry) => entry.year)).toEqual([2025, 2026, 2027, 2028]);
    expect(cut.publishedThrough).toBe(2026);
    for (const date of datesFromTo('2026-01-01', '2027-12-31')) {
      expect([date, isWorkingDay(cut, date)]).toEqual([date, isWorkingDay(whole, date)]);
    }
  });
});

function statutoryDays(year: number): number {
  return statutoryHolidays(year).flatMap((holiday) => holiday.dates).length;
}

/** Apparent longitude of the sun in degrees, from mean elements: good to about 0.01°, a quarter of an hour. */
function sunLongitude(ms: number): number {
  const centuries = (ms / 86_400_000 + 2440587.5 + 70 / 86_400 - 2451545) / 36525;
  const radians = Math.PI / 180;
  const mean = 280.46646 + 36000.76983 * centuries + 0.0003032 * centuries ** 2;
  const anomaly = (357.52911 + 35999.05029 * centuries - 0.0001537 * centuries ** 2) * radians;
  const centre =
    (1.914602 - 0.004817 * centuries) * Math.sin(anomaly) +
    (0.019993 - 0.000101 * centuries) * Math.sin(2 * anomaly) +
    0.000289 * Math.sin(3 * anomaly);
  const node = (125.04 - 1934.136 * centuries) * radians;
  const apparent = mean + centre - 0.00569 - 0.00478 * Math.sin(node);
  return ((apparent % 360) + 360) % 360;
}
