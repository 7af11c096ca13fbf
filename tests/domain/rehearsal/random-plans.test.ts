import { expect, test } from 'vitest';
import { rehearse, type Assumption } from '../../../domain/rehearsal/rehearse.ts';
import { openTask } from '../../../domain/task/open-task.ts';
import { addNaturalDays } from '../../../domain/working-time/civil-date.ts';
import { endOfDayMs, startOfDayMs } from '../../../domain/working-time/instants.ts';
import { parseInstant } from '../../../domain/working-time/instants.ts';
import { randomOpening } from '../architecture/task-journey.ts';
import { evaluationOpening } from '../evaluation/fixture.ts';
import { sheetOpening } from '../sheet/fixture.ts';
import { opening } from '../task/fixture.ts';
import { seededRandom } from '../working-time/seeded-random.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

/** Any mixture of deadlines, taken over late or published days after going live. */
function randomPlan(seed: number, assume: Assumption) {
  const random = seededRandom(seed * 65_537);
  const goLive = addNaturalDays('2024-06-04', random.pick([0, 0, 45, 150, 400]));
  const published = addNaturalDays(goLive, random.pick([0, 0, 3]));
  const tasks = Array.from({ length: random.int(1, 6) }, (_, index) =>
    openTask({ ...randomOpening(random, `task-${index}`), goLive }),
  );
  return {
    tasks,
    sheets: ['law', 'cases'].map((department) => sheetOpening({ id: `sheet-${department}`, department, goLive })),
    evaluations: [
      evaluationOpening({ goLive }),
      evaluationOpening({ id: 'evaluation-2', dueOn: '2025-10-31', goLive }),
    ],
    openedAt: parseInstant(`${published}T${random.pick(['08:00', '15:30'])}:00+08:00`),
    from: goLive,
    to: addNaturalDays(goLive, random.int(20, 600)),
    assume,
  };
}

test.each(['silence', 'on-time'] as const)(
  'any plan can be rehearsed under %s: in order, within its days, each key once',
  (assume) => {
    let told = 0;
    for (const seed of SEEDS) {
      const plan = randomPlan(seed, assume);
      const notices = rehearse(plan);
      told += notices.length;
      const keys = notices.map(({ notice }) => notice.key);
      expect(new Set(keys).size, `seed ${seed}`).toBe(keys.length);
      const instants = notices.map(({ at }) => at);
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
      for (const at of instants) {
        expect(at).toBeGreaterThanOrEqual(plan.openedAt);
        expect(at).toBeLessThan(endOfDayMs(plan.to));
      }
      // No rung that fell before go-live is told of, however late the plan is published.
      for (const { notice } of notices) expect(notice.dueAt).toBeGreaterThanOrEqual(startOfDayMs(plan.from));
    }
    expect(told).toBeGreaterThan(1000);
  },
);

const KINDS = [
  { kind: 'date', date: '2024-10-31', every: null },
  { kind: 'recurring', date: null, every: 'year' },
  { kind: 'recurring', date: null, every: 'quarter' },
  { kind: 'recurring', date: null, every: 'month' },
  { kind: 'declared-done', date: null, every: null },
  { kind: 'ongoing', date: null, every: null },
  { kind: 'date', date: '2024-03-31', every: null },
] as const;

test.each(KINDS)('a plan of one task ($kind $date $every): on time nobody is escalated', (deadline) => {
  const task = openTask(opening({ deadline: { ...deadline, soft: false } }));
  const kindsOf = (assume: Assumption) =>
    rehearse({
      tasks: [task],
      sheets: [],
      evaluations: [],
      openedAt: parseInstant('2024-06-04T08:00:00+08:00'),
      from: '2024-06-04',
      to: '2026-03-31',
      assume,
    }).map(({ notice }) => notice.kind);
  const onTime = kindsOf('on-time');
  expect(onTime).not.toContain('escalation');
  expect(onTime).not.toContain('supervision-order');
  const silent = kindsOf('silence');
  // What was due before issue has no clock at all.
  expect(silent.includes('escalation')).toBe(deadline.date !== '2024-03-31');
});
