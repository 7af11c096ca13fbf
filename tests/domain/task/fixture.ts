import {
  BUREAU,
  SYSTEM,
  TICK,
  type Actor,
  type Command,
  type PaperDecision,
  type Recorded,
  type Refusal,
  type Role,
} from '../../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { freshPart } from '../../../domain/task/decide-duties.ts';
import { openTask, type TaskOpening } from '../../../domain/task/open-task.ts';
import type { TaskCommandName, TaskCommands } from '../../../domain/task/task-commands.ts';
import { taskDecider } from '../../../domain/task/task-decider.ts';
import type { TaskFact } from '../../../domain/task/task-facts.ts';
import type { TaskState } from '../../../domain/task/task-state.ts';
import { makeCalendar } from '../../../domain/working-time/calendar.ts';
import { parseInstant } from '../../../domain/working-time/instants.ts';
import { publishedSeedYears } from '../../../domain/working-time/published-years.ts';

export const CALENDAR = makeCalendar(publishedSeedYears(), 'test-1');

export function person(id: string, department: string, role: Role): Actor {
  return { id, posts: [{ department, role }] };
}

export const coordinator = (department: string) => person(`coordinator-${department}`, department, 'coordinator');
export const head = (department: string) => person(`head-${department}`, department, 'head');
export const office = person('office', BUREAU, 'supervising-office');
export const inspector = person('inspector', BUREAU, 'inspectorate');
export const deputy = person('deputy', BUREAU, 'deputy');
export const director = person('director', BUREAU, 'director');
export const directorOffice = person('director-office', BUREAU, 'director-office');

/** A task of two departments, due 2024-08-31, live since the day of issue; any part can be worded otherwise. */
export function opening(changes: Partial<TaskOpening> = {}): TaskOpening {
  return {
    id: 'task-1',
    plan: 'plan-1',
    deadline: { kind: 'date', date: '2024-08-31', every: null, soft: false },
    responsibilities: [freshPart('law', 'lead'), freshPart('cases', 'support')],
    closers: ['law'],
    leadBasis: 'assumed',
    issuedOn: '2024-06-04',
    goLive: '2024-06-04',
    horizon: { from: '2023-01-01', to: '2025-12-31' },
    finalEvaluationOn: '2025-10-31',
    calendar: CALENDAR,
    policy: DEFAULT_POLICY,
    verifier: { department: BUREAU, role: 'supervising-office' },
    alternateVerifier: { department: BUREAU, role: 'inspectorate' },
    verifierHome: 'coordination',
    announce: false,
    ...changes,
  };
}

/** A task driven by commands and the clock, as the interpreter drives it: decide, number, evolve. */
export class Driven {
  state: TaskState;
  readonly events: Recorded<TaskFact>[] = [];
  now: number;

  constructor(changes: Partial<TaskOpening> = {}, at = '2024-06-04T08:00:00+08:00') {
    this.now = parseInstant(at);
    const first = {
      type: 'TaskAssigned' as const,
      data: openTask(opening(changes)),
      seq: 1,
      at: this.now,
      by: 'system',
    };
    this.events.push(first);
    this.state = taskDecider.evolve(null, first);
  }

  /** Fires every timer up to and including an instant, each at its own time. */
  until(iso: string): this {
    const end = parseInstant(iso);
    for (let turns = 0; turns < 1000; turns += 1) {
      const next = Math.min(...taskDecider.timers(this.state).map((timer) => timer.at));
      if (next > end) break;
      this.now = Math.max(next, this.now);
      this.apply({ id: TICK, name: TICK, payload: null, actor: SYSTEM });
    }
    this.now = end;
    return this;
  }

  /** Lets time pass with nobody awake, then fires what is due at once: an outage. */
  sleepUntil(iso: string): this {
    this.now = parseInstant(iso);
    this.apply({ id: TICK, name: TICK, payload: null, actor: SYSTEM });
    return this;
  }

  do<N extends TaskCommandName>(actor: Actor, name: N, payload: TaskCommands[N], paper?: PaperDecision): TaskFact[] {
    return this.apply({
      id: `${name}-${this.events.length}`,
      name,
      payload: payload as never,
      actor,
      ...(paper ? { paper } : {}),
    });
  }

  refused<N extends TaskCommandName>(actor: Actor, name: N, payload: TaskCommands[N], paper?: PaperDecision): Refusal {
    const command: Command = { id: 'x', name, payload: payload as never, actor, ...(paper ? { paper } : {}) };
    const decision = taskDecider.decide(this.state, command, { now: this.now });
    if (!decision.refused) throw new Error(`${name} was accepted`);
    return decision;
  }

  notices(kind?: string) {
    const all = this.events.flatMap((event, index) => {
      const state = this.events
        .slice(0, index + 1)
        .reduce<TaskState | null>((folded, each) => taskDecider.evolve(folded, each), null);
      return state === null ? [] : taskDecider.notices(state, event).map((notice) => ({ ...notice, at: event.at }));
    });
    return kind === undefined ? all : all.filter((notice) => notice.kind === kind);
  }

  types(): string[] {
    return this.events.map((event) => event.type);
  }

  private apply(command: Command): TaskFact[] {
    const decision = taskDecider.decide(this.state, command, { now: this.now });
    if (decision.refused) throw new Error(`${command.name} refused: ${decision.code}`);
    for (const fact of decision.events) {
      const event = { ...fact, seq: this.events.length + 1, at: this.now, by: command.actor.id } as Recorded<TaskFact>;
      this.events.push(event);
      this.state = taskDecider.evolve(this.state, event);
    }
    return decision.events;
  }
}
