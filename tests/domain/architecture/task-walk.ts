import assert from 'node:assert/strict';
import type { Command, Recorded } from '../../../domain/decider.ts';
import { taskDecider } from '../../../domain/task/task-decider.ts';
import type { TaskFact } from '../../../domain/task/task-facts.ts';
import type { Period, TaskState } from '../../../domain/task/task-state.ts';
import { civilDate } from '../../../domain/working-time/instants.ts';
import { seededRandom } from '../working-time/seeded-random.ts';
import { frozen } from './frozen.ts';
import { opened, randomOpening, tick } from './task-journey.ts';

/** What moves a period's due date; nothing else may. */
const MOVES_DUE = new Set<TaskFact['type']>([
  'ExtensionDecided',
  'DeadlineAdjusted',
  'NewDateDecided',
  'CalendarRevised',
  'TaskPhaseChanged',
]);

/** A task driven at random; every step asks the same questions of what it did. */
export class Walk {
  state: TaskState;
  now: number;
  seq = 1;
  readonly keys = new Set<string>();
  readonly types: string[] = [];
  accepted = 0;

  constructor(seed: number) {
    // Neighbouring seeds begin alike: spread them, or every walk has the same kind of deadline.
    const { state, now } = opened(randomOpening(seededRandom(Math.imul(seed, 2_654_435_761))));
    this.state = frozen(state);
    this.now = now;
  }

  /** The same question asked twice of a frozen state has the same answer; what it decides is folded and checked. */
  act(command: Command): boolean {
    const decision = taskDecider.decide(this.state, frozen(command), { now: this.now });
    assert.deepEqual(taskDecider.decide(this.state, command, { now: this.now }), decision);
    if (decision.refused) {
      assert.match(decision.detail, /\p{Script=Han}/u);
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
    assert.deepEqual(JSON.parse(JSON.stringify(this.state)), this.state);
    for (const period of this.state.periods)
      check(
        before.periods.find((each) => each.id === period.id),
        period,
        event,
      );
    for (const { key } of taskDecider.notices(this.state, event)) {
      assert.ok(!this.keys.has(key), `told twice: ${key}`);
      this.keys.add(key);
    }
  }

  /** The clock comes to rest: whatever is due by now is done in a few turns, and nothing due by now remains. */
  settle(): void {
    for (let turns = 0; taskDecider.timers(this.state).some((timer) => timer.at <= this.now); turns += 1) {
      assert.ok(turns < 3, 'a clock that never rests');
      const before = this.seq;
      this.act(tick());
      assert.ok(this.seq > before, 'a tick that is due and does nothing');
    }
  }
}

function check(before: Period | undefined, after: Period, event: Recorded<TaskFact>): void {
  if (before === undefined) throw new Error(`a period appeared with ${event.type}`);
  assert.ok(before.phase !== 'closed' || after.phase === 'closed', 'a closed period opened again');
  assert.ok(before.due === after.due || MOVES_DUE.has(event.type), `${event.type} moved a due date`);
  assert.equal(after.originalDue, before.originalDue);
  const versions = after.overdue.map((each) => each.version);
  assert.equal(new Set(versions).size, versions.length, 'late twice for one deadline');
  assert.ok(after.overdue.length >= before.overdue.length, 'a lateness disappeared');
  assert.ok(after.completedOn === null || after.completedOn <= civilDate(event.at), 'completed in the future');
  assert.equal(after.phase === 'closed', after.closedAt !== null);
}
