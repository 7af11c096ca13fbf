import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadCalendar, seedCalendars } from '../../db/calendars.ts';
import { BUREAU } from '../../domain/decider.ts';
import { addWorkingDays } from '../../domain/working-time/calendar.ts';
import { parseInstant } from '../../domain/working-time/instants.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

/** Invented for this test: the State Council has published nothing for 2027 yet. */
const NOTICE_2027 = {
  off: [
    '2027-01-01',
    '2027-01-02',
    '2027-01-03',
    '2027-02-05',
    '2027-02-06',
    '2027-02-07',
    '2027-02-08',
    '2027-02-09',
    '2027-02-10',
    '2027-02-11',
    '2027-04-05',
    '2027-05-01',
    '2027-05-02',
    '2027-05-03',
    '2027-06-09',
    '2027-09-15',
    '2027-10-01',
    '2027-10-02',
    '2027-10-03',
    '2027-10-04',
    '2027-10-05',
  ],
  working: ['2027-01-31', '2027-02-20'],
  source: '测试用的2027年放假安排',
};

let rig: ApiRig;
let administrator: Person;
let reader: Person;

beforeAll(async () => {
  rig = await startApi();
  administrator = await rig.signIn({ department: BUREAU, role: 'administrator' });
  reader = await rig.signIn({ department: 'd-x', role: 'coordinator' });
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.pool.query('truncate calendar_years, plans, entities, outbox, http_results restart identity cascade');
  await seedCalendars(rig.deps.db);
  rig.clock.at = parseInstant('2026-11-22T10:00:00+08:00');
});

async function calendarSignals(): Promise<{ entity: string; reason: string; years: number[] }[]> {
  const { rows } = await rig.pool.query(
    `select entity_id as entity, payload #>> '{args,0,payload,reason}' as reason,
       (select array_agg((y ->> 'year')::int) from jsonb_array_elements(payload #> '{args,0,payload,calendar,years}') y) as years
     from outbox where op = 'signal' and payload #>> '{args,0,name}' = 'reviseCalendar' order by 1`,
  );
  return rows;
}

describe('reading the calendar', () => {
  test('published years ship with the program; the horizon alarms 60 days before it ends', async () => {
    const { publishedThrough, alarm, daysLeft, years } = (await reader.get('/api/calendar')).json();
    expect({ publishedThrough, alarm, daysLeft }).toEqual({ publishedThrough: 2026, alarm: true, daysLeft: 39 });
    expect(years.map((year: { year: number }) => year.year)).toEqual([2024, 2025, 2026]);
    rig.clock.at = parseInstant('2026-10-31T10:00:00+08:00');
    expect((await reader.get('/api/calendar')).json()).toMatchObject({ alarm: false });
  });

  test('a year without a notice is provisional, with its statutory holidays off', async () => {
    const year = (await reader.get('/api/calendar/2027')).json();
    expect(year).toMatchObject({ year: 2027, published: false, version: 0, working: [], history: [] });
    expect(year.off).toContain('2027-01-01');
    expect(year.off).toHaveLength(13);
  });

  test('no session, no year of another age', async () => {
    expect((await rig.app.inject({ url: '/api/calendar' })).statusCode).toBe(401);
    expect((await reader.get('/api/calendar/1900')).statusCode).toBe(400);
  });
});

describe('entering a notice', () => {
  test('makes the year published and tells every open entity, with the reason', async () => {
    const { tasks } = await seedTasks(rig, [
      { text: '任务一', departments: ['d-1'], due: '2027-01-31' },
      { text: '任务二', departments: ['d-2'], due: null },
    ]);
    const response = await administrator.send('PUT', '/api/calendar/2027', { version: 0, ...NOTICE_2027 });
    expect(response.json()).toMatchObject({ version: 1, changed: true, told: 2 });
    const signals = await calendarSignals();
    expect(signals.map((signal) => signal.entity)).toEqual(tasks.toSorted());
    expect(signals[0]?.reason).toBe('录入2027年放假安排：测试用的2027年放假安排');
    expect(signals[0]?.years).toEqual(expect.arrayContaining([2024, 2025, 2026, 2027, 2028]));
    expect((await reader.get('/api/calendar/2027')).json()).toMatchObject({ published: true, version: 1 });
    expect((await reader.get('/api/calendar')).json()).toMatchObject({ publishedThrough: 2027, alarm: false });
  });

  test('an amendment is a new version; the earlier one can still be had as of its time', async () => {
    await administrator.send('PUT', '/api/calendar/2027', { version: 0, ...NOTICE_2027 });
    const db = drizzle(rig.pool);
    const before = rig.clock.at;
    rig.clock.at += 86_400_000;
    const amended = { ...NOTICE_2027, off: [...NOTICE_2027.off, '2027-01-04'], source: '测试用的更正' };
    const response = await administrator.send('PUT', '/api/calendar/2027', { version: 1, ...amended });
    expect(response.json()).toMatchObject({ version: 2, changed: true });
    const now = await loadCalendar(db, { through: 2027 });
    const then = await loadCalendar(db, { through: 2027, asOf: before });
    expect(addWorkingDays(now, '2026-12-31', 1).date).toBe('2027-01-05');
    expect(addWorkingDays(then, '2026-12-31', 1).date).toBe('2027-01-04');
    expect(now.version).not.toBe(then.version);
    expect((await reader.get('/api/calendar/2027')).json().history).toMatchObject([{ version: 2 }, { version: 1 }]);
  });

  test('who saw an older version is refused, and the same content again tells nobody', async () => {
    await seedTasks(rig, [{ text: '任务一', departments: ['d-1'], due: '2027-01-31' }]);
    const both = await Promise.all([
      administrator.send('PUT', '/api/calendar/2027', { version: 0, ...NOTICE_2027 }),
      administrator.send('PUT', '/api/calendar/2027', { version: 0, ...NOTICE_2027, source: '另一位管理员' }),
    ]);
    expect(both.map((response) => response.statusCode).toSorted()).toEqual([200, 409]);
    expect(both.find((response) => response.statusCode === 409)?.json()).toMatchObject({
      code: 'stale',
      field: 'version',
    });
    const stored = (await reader.get('/api/calendar/2027')).json();
    const { off, working, source } = stored;
    const again = await administrator.send('PUT', '/api/calendar/2027', { version: 1, off, working, source });
    expect(again.json()).toMatchObject({ version: 1, changed: false, told: 0 });
    expect(await calendarSignals()).toHaveLength(1);
  });

  test('the text of the notice can be pasted', async () => {
    const noticeText = `国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;
    const shipped = (await reader.get('/api/calendar/2026')).json();
    const response = await administrator.send('PUT', '/api/calendar/2026', { version: 1, noticeText });
    expect(response.json()).toMatchObject({ version: 2, warnings: [] });
    const { off, working } = (await reader.get('/api/calendar/2026')).json();
    expect({ off, working }).toEqual({ off: shipped.off, working: shipped.working });
  });

  test.each([
    ['a working day that is no weekend', { working: ['2027-01-04'] }, /周六或周日/],
    ['a forgotten statutory holiday', { off: ['2027-01-01'] }, /法定假日/],
    ['a date of another year', { off: [...NOTICE_2027.off, '2028-07-01'] }, /不在2027年/],
    ['no source', { source: undefined }, /依据/],
    ['another year in the body', { year: 2026 }, /2026年/],
    ['a notice for another year', { noticeText: '关于2026年部分节假日安排的通知。一、元旦：1月1日放假。' }, /2026年/],
    ['neither dates nor text', { off: undefined, working: undefined }, /通知原文/],
  ])('%s is refused in Chinese, and nothing is stored', async (_name, change, reason) => {
    const response = await administrator.send('PUT', '/api/calendar/2027', { version: 0, ...NOTICE_2027, ...change });
    expect(response.statusCode).toBe(422);
    expect(response.json().detail).toMatch(reason);
    expect((await reader.get('/api/calendar/2027')).json()).toMatchObject({ version: 0 });
  });

  test('only an administrator enters it', async () => {
    expect((await reader.send('PUT', '/api/calendar/2027', NOTICE_2027)).statusCode).toBe(403);
    expect((await reader.send('POST', '/api/calendar/2027/preview', NOTICE_2027)).statusCode).toBe(403);
  });

  test('a preview shows what would move, and writes nothing', async () => {
    // Seven days before 11 February 2027 falls into the invented Spring Festival's neighbourhood and moves.
    const { tasks } = await seedTasks(rig, [
      { text: '节前完成的任务', departments: ['d-1'], due: '2027-02-12' },
      { text: '长期任务', departments: ['d-2'], due: null },
    ]);
    const preview = (await administrator.send('POST', '/api/calendar/2027/preview', NOTICE_2027)).json();
    expect(preview).toMatchObject({ entities: 1, truncated: false, year: { year: 2027 } });
    expect(preview.moved[0]).toMatchObject({ entity: tasks[0], kind: 'task', text: '节前完成的任务' });
    const moved = preview.moved[0].items.map(({ from, to }: { from: string; to: string }) => [from, to]);
    expect(moved).toContainEqual(['2027-02-11T09:00:00+08:00', '2027-02-04T09:00:00+08:00']);
    expect(await calendarSignals()).toEqual([]);
    expect((await reader.get('/api/calendar/2027')).json()).toMatchObject({ version: 0 });
  });
});
