import {
  SYSTEM,
  TICK,
  type CivilDate,
  type Command,
  type Fact,
  type Instant,
  type Json,
  type Notice,
  type Recorded,
} from '../decider.ts';
import { DECIDERS, type AnyDecider } from '../deciders.ts';
import type { EvaluationOpenedData } from '../evaluation/evaluation-decider.ts';
import { sheetFacts } from '../sheet/sheet-duties.ts';
import type { SheetOpenedData, SheetState } from '../sheet/sheet-state.ts';
import type { TaskAssignedData } from '../task/task-facts.ts';
import type { TaskState } from '../task/task-state.ts';
import { endOfDayMs, startOfDayMs } from '../working-time/instants.ts';
import { onTimeSheetStep, onTimeTaskStep, type AssumedStep } from './on-time.ts';

export const ASSUMPTIONS = ['silence', 'on-time'] as const;
export type Assumption = (typeof ASSUMPTIONS)[number];

export interface Rehearsal {
  tasks: TaskAssignedData[];
  sheets: SheetOpenedData[];
  evaluations: EvaluationOpenedData[];
  /** The instant of publication, which opens every entity. */
  openedAt: Instant;
  from: CivilDate;
  to: CivilDate;
  assume: Assumption;
}

export interface RehearsedNotice {
  at: Instant;
  /** The entity that sends it. */
  entity: string;
  notice: Notice;
}

interface Actor {
  id: string;
  decider: AnyDecider;
  state: object;
  seq: number;
  next: Instant | null;
  step: AssumedStep | null;
}

/** More decisions than any plan can cause: a rule that never comes to rest must be an error, not an endless loop. */
const MOST_DECISIONS = 2_000_000;

/**
 * What a plan will cause, without a server: the same deciders as the real workflows, walked forward from instant to
 * instant. Both ends are inclusive civil dates. Sorted by instant, then by entity in the order given.
 */
export function rehearse(rehearsal: Rehearsal): RehearsedNotice[] {
  const { openedAt } = rehearsal;
  const sent: RehearsedNotice[] = [];
  const actors = [
    ...rehearsal.tasks.map((data) => open('task', data.id, { type: 'TaskAssigned', data }, openedAt, sent)),
    ...rehearsal.sheets.map((data) => open('sheet', data.id, { type: 'SheetOpened', data }, openedAt, sent)),
    ...rehearsal.evaluations.map((data) =>
      open('evaluation', data.id, { type: 'EvaluationOpened', data }, openedAt, sent),
    ),
  ];
  const byDepartment = tasksByDepartment(actors);
  const end = endOfDayMs(rehearsal.to);
  for (const actor of actors) plan(actor, rehearsal.assume);
  for (let decisions = 0; ; decisions += 1) {
    if (decisions > MOST_DECISIONS) throw new Error('the rehearsal does not come to rest');
    const actor = earliest(actors);
    if (!actor || actor.next === null || actor.next >= end) break;
    // What was due before publication is decided at once when the entity opens, as the real workflow does.
    const at = Math.max(actor.next, openedAt);
    const due = actor.step !== null && actor.step.at <= at;
    const command = due && actor.step ? actor.step.command : tick();
    const facts = actor.decider.kind === 'sheet' ? loadFacts(actor, byDepartment) : undefined;
    const decision = actor.decider.decide(actor.state, command, { now: at, ...(facts === undefined ? {} : { facts }) });
    if (decision.refused) throw new Error(`rehearsing ${command.name}: ${decision.detail}`);
    for (const fact of decision.events) evolve(actor, fact, at, command, sent);
    plan(actor, rehearsal.assume);
    // A decision that changes nothing would be taken again for ever.
    if (decision.events.length === 0 && actor.next !== null && actor.next <= at)
      throw new Error(`nothing came of ${command.name} for ${actor.id}`);
  }
  const begin = startOfDayMs(rehearsal.from);
  return sent.filter(({ at }) => at >= begin && at < end).sort((a, b) => a.at - b.at);
}

function open(
  kind: 'task' | 'sheet' | 'evaluation',
  id: string,
  fact: Fact,
  at: Instant,
  sent: RehearsedNotice[],
): Actor {
  const decider = DECIDERS[kind];
  const event: Recorded = { ...fact, seq: 1, at, by: SYSTEM.id };
  const state = decider.evolve(null, event);
  for (const notice of decider.notices(state, event)) sent.push({ at, entity: id, notice });
  return { id, decider, state, seq: 1, next: null, step: null };
}

function evolve(actor: Actor, fact: Fact, at: Instant, command: Command, sent: RehearsedNotice[]): void {
  const event: Recorded = { ...fact, seq: actor.seq + 1, at, by: command.actor.id };
  actor.state = actor.decider.evolve(actor.state, event);
  actor.seq += 1;
  for (const notice of actor.decider.notices(actor.state, event)) sent.push({ at, entity: actor.id, notice });
}

function plan(actor: Actor, assume: Assumption): void {
  const timers = actor.decider.finished(actor.state) ? [] : actor.decider.timers(actor.state);
  actor.step = assume === 'silence' ? null : stepOf(actor);
  const instants = timers.map((timer) => timer.at);
  if (actor.step) instants.push(actor.step.at);
  actor.next = instants.length === 0 ? null : Math.min(...instants);
}

function stepOf(actor: Actor): AssumedStep | null {
  if (actor.decider.kind === 'task') return onTimeTaskStep(actor.state as TaskState);
  return actor.decider.kind === 'sheet' ? onTimeSheetStep(actor.state as SheetState) : null;
}

function earliest(actors: Actor[]): Actor | null {
  let first: Actor | null = null;
  for (const actor of actors)
    if (actor.next !== null && (first === null || actor.next < (first.next ?? Infinity))) first = actor;
  return first;
}

function tick(): Command {
  return { id: TICK, name: TICK, payload: null, actor: SYSTEM };
}

function tasksByDepartment(actors: Actor[]): Map<string, Actor[]> {
  const grouped = new Map<string, Actor[]>();
  for (const actor of actors) {
    if (actor.decider.kind !== 'task') continue;
    for (const { department } of (actor.state as TaskState).responsibilities)
      grouped.set(department, [...(grouped.get(department) ?? []), actor]);
  }
  return grouped;
}

function loadFacts(actor: Actor, tasks: Map<string, Actor[]>): Json {
  const { department } = actor.state as SheetState;
  const states = (tasks.get(department) ?? []).map((each) => each.state as TaskState);
  return sheetFacts(states, department) as unknown as Json;
}
