import { expect, test } from 'vitest';
import type { Command, Recorded } from '../../../domain/decider.ts';
import { availableCommands } from '../../../domain/task/available-commands.ts';
import { taskDecider } from '../../../domain/task/task-decider.ts';
import type { TaskFact } from '../../../domain/task/task-facts.ts';
import type { Period, TaskState } from '../../../domain/task/task-state.ts';
import { civilDate, DAY_MS } from '../../../domain/working-time/instants.ts';
import { frozen } from '../architecture/frozen.ts';
import { acceptedCommand, opened, randomCommand, randomOpening, tick } from '../architecture/task-journey.ts';
import { seededRandom } from '../working-time/seeded-random.ts';

/** What moves a period's due date; nothing else may. */
const MOVES_DUE = new Set<TaskFact['type']>([
  'ExtensionDecided',
  'DeadlineAdjusted',
  'NewDateDecided',
  'CalendarRevised',
  'TaskPhaseChanged',
]);

class Walk {
  state: TaskState;
  now: number;
  seq = 1;
  readonly keys = new Set<string>();
  readonly types: string[] = [];
  accepted = 0;

  constructor(seed: number) {
    const { state, now } = opened(randomOpening(seededRandom(seed)));
    this.state = frozen(state);
    this.now = now;
  }

  /** The same question asked twice of a frozen state has the same answer; what it decides is folded and checked. */
  act(command: Command): boolean {
    const decision = taskDecider.decide(this.state, frozen(command), { now: this.now });
    expect(taskDecider.decide(this.state, command, { now: this.now })).toEqual(decision);
    if (decision.refused) {
      expect(decision.detail).toMatch(/\p{Script=Han}/u);
      return false;
    }
    for (const fact of decision.events) this.fold(fact, command.actor.id);
    return true;
  }

  private fold(fact: TaskFact, by: string): void {
    this.seq += 1;
    const event = frozen({ ...fact, seq: this.seq, at: this.now, by } as Recorded<TaskFact>);
    const before = this.state;
    this.state = frozen(taskDecider.evolve(before, event));
    this.types.push(event.type);
    expect(JSON.parse(JSON.stringify(this.state))).toEqual(this.state);
    for (const period of this.state.periods)
      check(
        before.periods.find((each) => each.id === period.id),
        period,
        event,
      );
    for (const { key } of taskDecider.notices(this.state, event)) {
      expect(this.keys.has(key), `told twice: ${key}`).toBe(false);
      this.keys.add(key);
    }
  }

  /** The clock comes to rest: whatever is due by now is done in a few turns, and nothing due by now remains. */
  settle(): void {
    for (let turns = 0; taskDecider.timers(this.state).some((timer) => timer.at <= this.now); turns += 1) {
      expect(turns, 'a clock that never rests').toBeLessThan(3);
      const before = this.seq;
      this.act(tick());
      expect(this.seq, 'a tick that is due and does nothing').toBeGreaterThan(before);
    }
  }
}

function check(before: Period | undefined, after: Period, event: Recorded<TaskFact>): void {
  if (before === undefined) throw new Error(`a period appeared with ${event.type}`);
  if (before.phase === 'closed') expect(after.phase).toBe('closed');
  if (before.due !== after.due) expect(MOVES_DUE, event.type).toContain(event.type);
  expect(after.originalDue).toBe(before.originalDue);
  const versions = after.overdue.map((each) => each.version);
  expect(new Set(versions).size, 'late twice for one deadline').toBe(versions.length);
  expect(after.overdue.length).toBeGreaterThanOrEqual(before.overdue.length);
  expect(after.completedOn === null || after.completedOn <= civilDate(event.at)).toBe(true);
  expect(after.phase === 'closed').toBe(after.closedAt !== null);
}

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

test('whatever people ask and however time passes, a task keeps its promises', { timeout: 120_000 }, () => {
  const seen = new Set<string>();
  let accepted = 0;
  for (const seed of SEEDS) {
    const random = seededRandom(seed * 7919);
    const walk = new Walk(seed);
    for (let step = 0; step < 80; step += 1) {
      walk.now += random.pick([0, 3_600_000, DAY_MS, 3 * DAY_MS, random.int(0, 20) * DAY_MS]);
      walk.settle();
      const ask = random.int(0, 3) === 0 ? randomCommand : acceptedCommand;
      if (walk.act(ask(random, walk.state, walk.now))) accepted += 1;
      walk.settle();
    }
    for (const type of walk.types) seen.add(type);
  }
  expect(accepted).toBeGreaterThan(500);
  // The walk goes nearly everywhere: a fact it never meets is one it does not test.
  expect(seen.size).toBeGreaterThan(30);
});

test('what a person may do is exactly what the list offers', { timeout: 120_000 }, () => {
  const silent = new Set(['renameDepartment', 'reviseText', 'reviseCalendar']);
  let compared = 0;
  for (const seed of SEEDS.slice(0, 20)) {
    const random = seededRandom(seed * 104_729);
    const walk = new Walk(seed);
    for (let step = 0; step < 60; step += 1) {
      walk.now += random.int(0, 6) * DAY_MS;
      walk.settle();
      const command = acceptedCommand(random, walk.state, walk.now);
      const { state, now } = walk;
      if (!walk.act(command) || silent.has(command.name)) continue;
      compared += 1;
      const payload = command.payload as Record<string, unknown>;
      const offered = availableCommands(state, command.actor, now).filter(
        (each) =>
          each.name === command.name &&
          each.onPaper === (command.paper !== undefined && each.onPaper) &&
          (each.department === null || each.department === payload['department']) &&
          (each.order === null || each.order === payload['order']),
      );
      expect(offered.length, `${command.name} ${JSON.stringify(payload)}`).toBeGreaterThan(0);
    }
  }
  expect(compared).toBeGreaterThan(100);
});
