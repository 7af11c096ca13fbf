import { expect, test } from 'vitest';
import { BUREAU } from '../../../domain/decider.ts';
import { makeCalendar } from '../../../domain/working-time/calendar.ts';
import { isoShanghai } from '../../../domain/working-time/instants.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';
import { Driven, coordinator, head, office, person } from './fixture.ts';

const system = person('system', BUREAU, 'administrator');
/** 2024 as amended: 29 and 30 August off, Saturday 24 August working. */
const amended = makeCalendar(
  publishedSeedYears().map((year) =>
    year.year === 2024
      ? {
          ...year,
          off: [...year.off, '2024-08-29', '2024-08-30'],
          working: [...year.working, '2024-08-24'],
          version: 2,
        }
      : year,
  ),
  'test-2',
);
const revise = { calendar: amended, reason: '2024年放假安排修订' };

test('an amendment moves rungs and leaves the plan’s date, and what has fired does not fire again', () => {
  const task = new Driven().until('2024-08-23T12:00:00+08:00');
  const fired = task.notices('reminder').length;
  task.do(system, 'reviseCalendar', revise);
  expect(task.state.periods[0]).toMatchObject({ due: '2024-08-31', version: 1 });
  const fact = task.events.at(-1);
  expect(fact?.data).toMatchObject({
    reason: '2024年放假安排修订',
    moved: expect.arrayContaining([
      expect.objectContaining({ item: 'rung/period/once/1/due-day', provisional: false }),
    ]),
  });
  task.until('2024-09-02T12:00:00+08:00');
  const after = task.notices('reminder').slice(fired);
  // The day before and the day itself move from Friday 30 to Wednesday 28; the seventh day before has fired already.
  expect(after.map((notice) => `${isoShanghai(notice.at).slice(0, 10)} ${notice.to.department}`)).toEqual([
    '2024-08-28 law',
    '2024-08-28 cases',
  ]);
  const keys = task.notices().map((notice) => notice.key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('limits in working days move: claiming, verifying, an extension’s decision, a declared date', () => {
  const task = new Driven().until('2024-08-27T10:00:00+08:00');
  const about = { department: 'law', period: 'once' };
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('law'), 'requestExtension', { ...about, to: '2024-10-31', text: 't' });
  expect(task.state.periods[0]?.extension?.decide.on).toBe('2024-08-30');
  task.do(system, 'reviseCalendar', revise);
  expect(task.state.periods[0]?.extension?.decide.on).toBe('2024-09-03');
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  task.do(head('law'), 'approveSubmission', about);
  expect(task.state.periods[0]?.submissions[0]?.verify?.on).toBe('2024-09-05');

  const declared = new Driven(
    { goLive: '2024-08-05', deadline: { kind: 'declared-done', date: null, every: null, soft: false } },
    '2024-08-05T08:00:00+08:00',
  );
  expect(declared.state.periods[0]?.due).toBe('2024-09-02');
  declared.do(system, 'reviseCalendar', revise);
  expect(declared.state.periods[0]).toMatchObject({ due: '2024-09-03', version: 1 });
});

test('the same version twice, and a task that has ended, record nothing; a damaged calendar is refused', () => {
  const task = new Driven().until('2024-08-01T10:00:00+08:00');
  expect(task.do(system, 'reviseCalendar', revise)).toHaveLength(1);
  expect(task.do(system, 'reviseCalendar', revise)).toEqual([]);
  const empty = { ...amended, version: 'test-3', years: [] };
  expect(task.refused(system, 'reviseCalendar', { ...revise, calendar: empty }).code).toBe('bad-calendar');
  task.do(office, 'changePhase', { phase: 'stopped', documentNumber: '一号', text: null, into: [] });
  expect(task.do(system, 'reviseCalendar', { ...revise, calendar: { ...amended, version: 'test-4' } })).toEqual([]);
});
