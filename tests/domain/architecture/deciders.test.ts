import { describe, expect, test } from 'vitest';
import { BUREAU, ENTITY_KINDS, type Command, type EntityKind, type Json } from '../../../domain/decider.ts';
import { DECIDERS } from '../../../domain/deciders.ts';
import {
  evaluationDecider,
  EVALUATION_COMMAND_NAMES,
  type EvaluationFact,
} from '../../../domain/evaluation/evaluation-decider.ts';
import { SHEET_COMMAND_NAMES, sheetDecider } from '../../../domain/sheet/sheet-decider.ts';
import type { SheetFact } from '../../../domain/sheet/sheet-state.ts';
import { TASK_COMMAND_NAMES } from '../../../domain/task/task-decider.ts';
import { PERIOD_PHASES, TASK_PHASES } from '../../../domain/task/task-state.ts';
import { parseInstant } from '../../../domain/working-time/instants.ts';
import { evaluationOpening } from '../evaluation/fixture.ts';
import { sheetOpening } from '../sheet/fixture.ts';
import { opening, person } from '../task/fixture.ts';
import { seededRandom } from '../working-time/seeded-random.ts';
import { frozen } from './frozen.ts';
import { acceptedCommand, ACTORS, NAMES, opened, randomOpening, tick, type Random } from './task-journey.ts';

const AT = parseInstant('2024-06-04T08:00:00+08:00');
const STATES: Record<EntityKind, object> = {
  task: opened(opening()).state,
  sheet: sheetDecider.evolve(null, { type: 'SheetOpened', data: sheetOpening(), seq: 1, at: AT, by: 'system' }),
  evaluation: evaluationDecider.evolve(null, {
    type: 'EvaluationOpened',
    data: evaluationOpening(),
    seq: 1,
    at: AT,
    by: 'system',
  }),
};
const COMMANDS: Record<EntityKind, readonly string[]> = {
  task: TASK_COMMAND_NAMES,
  sheet: SHEET_COMMAND_NAMES,
  evaluation: EVALUATION_COMMAND_NAMES,
};

/** Any JSON at all, now and then with the names and values that a payload really has. */
function anyJson(random: Random, depth = 3): Json {
  const kinds = depth === 0 ? 5 : 7;
  switch (random.int(0, kinds)) {
    case 0:
      return null;
    case 1:
      return random.int(0, 1) === 0;
    case 2:
      return random.pick([0, -1, 1.5, 1e308, 2024, Number.MAX_SAFE_INTEGER]);
    case 3:
    case 4:
    case 5:
      return random.pick([
        '',
        'law',
        'once',
        '2024-06',
        '2024-02-30',
        '9999-12-31',
        '0000-00-00',
        'order-1',
        'approved',
        '__proto__',
        '文号',
      ]);
    case 6:
      return Array.from({ length: random.int(0, 3) }, () => anyJson(random, depth - 1));
    default: {
      const fields = [
        'department',
        'period',
        'to',
        'text',
        'on',
        'completedOn',
        'evidence',
        'rows',
        'month',
        'calendar',
        'reason',
        'responsibilities',
        'documentNumber',
        'phase',
        'into',
        'outcome',
        'milestones',
        'measures',
        'years',
        'version',
        'constructor',
      ];
      return Object.fromEntries(
        fields.filter(() => random.int(0, 2) > 0).map((name) => [name, anyJson(random, depth - 1)]),
      );
    }
  }
}

describe.each(ENTITY_KINDS)('the decider of a %s', (kind) => {
  const decider = DECIDERS[kind];
  const state = frozen(STATES[kind]);
  const everybody = [...ACTORS, person('clerk', BUREAU, 'director-office')];

  test('answers any JSON for every command with facts or a refusal, never with an error', () => {
    const random = seededRandom(20_240_604);
    for (const name of [...COMMANDS[kind], 'nonsense', 'constructor', '__proto__', 'toString']) {
      for (let turn = 0; turn < 150; turn += 1) {
        const payload = anyJson(random);
        const command: Command = { id: 'x', name, payload, actor: random.pick(everybody) };
        const decision = decider.decide(state, command, { now: AT });
        expect(decider.decide(state, command, { now: AT })).toEqual(decision);
        const status = decision.refused ? decision.status : 200;
        expect([200, 403, 409, 422]).toContain(status);
        // What was accepted must leave clocks that can be computed.
        const facts = decision.refused ? [] : decision.events;
        for (const [index, fact] of facts.entries())
          decider.timers(decider.evolve(state, { ...fact, seq: index + 2, at: AT, by: 'x' }));
      }
    }
  });

  test('refuses a payload that does not fit as 422 bad-payload, and a name it does not know', () => {
    for (const name of COMMANDS[kind]) {
      const decision = decider.decide(state, { id: 'x', name, payload: 7, actor: everybody[0]! }, { now: AT });
      expect(decision).toMatchObject({ refused: true, code: 'bad-payload', status: 422 });
    }
    const unknown = decider.decide(
      state,
      { id: 'x', name: 'toString', payload: {}, actor: everybody[0]! },
      { now: AT },
    );
    expect(unknown).toMatchObject({ refused: true, code: 'unknown-command', status: 422 });
  });

  test('has a state that is plain JSON, and distinct instants for distinct timers', () => {
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    const keys = decider.timers(state).map((timer) => timer.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(decider.finished(state)).toBe(false);
  });
});

test('a fact cannot come before the first', () => {
  for (const kind of ENTITY_KINDS) {
    const early = { type: 'CalendarRevised', data: {}, seq: 1, at: AT, by: 'x' };
    expect(() => DECIDERS[kind].evolve(null, early)).toThrow(/begins with/);
  }
});

test(
  'every phase of a task and of a period is reached by somebody’s actions and the clock',
  { timeout: 120_000 },
  () => {
    const tasks = new Set<string>();
    const periods = new Set<string>();
    const names = new Set<string>();
    for (let seed = 1; seed <= 80; seed += 1) {
      const random = seededRandom(seed * 31_337);
      let { state, now } = opened(randomOpening(random));
      let seq = 1;
      const visit = (): void => {
        tasks.add(state.phase);
        for (const period of state.periods) periods.add(period.phase);
      };
      for (let step = 0; step < 120; step += 1) {
        now += random.int(0, 4) * 86_400_000;
        const command = step % 4 === 0 ? tick() : acceptedCommand(random, state, now);
        const decision = DECIDERS.task.decide(state, command, { now });
        if (decision.refused) continue;
        names.add(command.name);
        for (const fact of decision.events) {
          seq += 1;
          state = DECIDERS.task.evolve(state, { ...fact, seq, at: now, by: command.actor.id }) as typeof state;
          visit();
        }
      }
    }
    // A plan is withdrawn as a whole (db/plans); its phase is asserted with the papers that end a task.
    expect([...tasks].toSorted()).toEqual(TASK_PHASES.filter((phase) => phase !== 'withdrawn').toSorted());
    expect([...periods].toSorted()).toEqual([...PERIOD_PHASES].toSorted());
    // And every command is accepted at some time.
    expect(NAMES.filter((name) => !names.has(name))).toEqual([]);
  },
);

/** One entry a fact, or this does not compile: a new fact must be looked at here and in `evolve`. */
const SHEET_FACTS: Record<SheetFact['type'], true> = {
  SheetOpened: true,
  SheetRequested: true,
  SheetNotOwed: true,
  SheetSubmitted: true,
  SheetWithdrawn: true,
  SheetReturned: true,
  SheetApproved: true,
  SheetBecameOverdue: true,
  SheetRungsFired: true,
  HandoverUnanswered: true,
  SheetsEnded: true,
  CalendarRevised: true,
};
const EVALUATION_FACTS: Record<EvaluationFact['type'], true> = {
  EvaluationOpened: true,
  EvaluationStageReached: true,
  EvaluationBecameOverdue: true,
  EvaluationMoved: true,
  EvaluationWithdrawn: true,
  EvaluationDelivered: true,
  CalendarRevised: true,
};

test('the first facts of sheets and evaluations are named, and folding an opening twice gives the same state', () => {
  expect(Object.keys(SHEET_FACTS)).toHaveLength(12);
  expect(Object.keys(EVALUATION_FACTS)).toHaveLength(7);
  const again = sheetDecider.evolve(null, { type: 'SheetOpened', data: sheetOpening(), seq: 1, at: AT, by: 'system' });
  expect(again).toEqual(STATES.sheet);
});
