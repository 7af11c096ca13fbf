import { expect, test } from 'vitest';
import { availableCommands } from '../../../domain/task/available-commands.ts';
import type { TaskFact } from '../../../domain/task/task-facts.ts';
import { DAY_MS } from '../../../domain/working-time/instants.ts';
import { acceptedCommand, randomCommand } from '../architecture/task-journey.ts';
import { Walk } from '../architecture/task-walk.ts';
import { seededRandom } from '../working-time/seeded-random.ts';

/** Every fact after the first; a new one that is not named here does not compile. */
const FACTS: Record<Exclude<TaskFact['type'], 'TaskAssigned'>, true> = {
  TaskClaimed: true,
  ResponsibilityDisputed: true,
  DisputeDecided: true,
  TaskBrokenDown: true,
  ProgressReported: true,
  EvidenceAttached: true,
  CompletionSubmitted: true,
  SubmissionWithdrawn: true,
  SubmissionApproved: true,
  SubmissionRejected: true,
  CompletionVerified: true,
  CompletionReturned: true,
  VerificationBecameOverdue: true,
  PeriodOpened: true,
  PeriodBecameOverdue: true,
  ReportedUnfinished: true,
  EntryWindowClosed: true,
  NewDateDecided: true,
  ExtensionRequested: true,
  ExtensionWithdrawn: true,
  ExtensionRaised: true,
  ExtensionDecided: true,
  DeadlineAdjusted: true,
  DepartmentsChanged: true,
  TaskPhaseChanged: true,
  SubItemConfirmed: true,
  SubItemDone: true,
  SubItemBecameOverdue: true,
  RungsFired: true,
  SupervisionOrderDrafted: true,
  SupervisionOrderSigned: true,
  SupervisionOrderReplied: true,
  SupervisionReplyBecameOverdue: true,
  SupervisionOrderClosed: true,
  FactCorrected: true,
  TextRevised: true,
  CalendarRevised: true,
  TaskRetired: true,
};

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
  // The walk goes everywhere: a fact that it never meets is one that it does not test.
  expect(Object.keys(FACTS).filter((type) => !seen.has(type))).toEqual([]);
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
