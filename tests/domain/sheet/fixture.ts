import { SYSTEM, TICK, type Actor, type Command, type PaperDecision, type Recorded } from '../../../domain/decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { sheetDecider } from '../../../domain/sheet/sheet-decider.ts';
import type {
  SheetCommandName,
  SheetCommands,
  SheetFact,
  SheetFacts,
  SheetOpenedData,
  SheetState,
} from '../../../domain/sheet/sheet-state.ts';
import { isoShanghai, parseInstant } from '../../../domain/working-time/instants.ts';
import { CALENDAR } from '../task/fixture.ts';

/** A department's sheets of a plan that went live on its day of issue; any part can be worded otherwise. */
export function sheetOpening(changes: Partial<SheetOpenedData> = {}): SheetOpenedData {
  return {
    id: 'sheet-1',
    plan: 'plan-1',
    department: 'law',
    goLive: '2024-06-04',
    calendar: CALENDAR,
    policy: DEFAULT_POLICY,
    handover: { assigned: 2, beforeIssue: 0, beforeGoLive: 0, declaredDone: 0 },
    entry: null,
    ...changes,
  };
}

/** Sheets driven by commands and the clock; what the record knows of the tasks is set by the test. */
export class DrivenSheet {
  state: SheetState;
  readonly events: Recorded<SheetFact>[] = [];
  readonly sent: string[] = [];
  readonly keys: string[] = [];
  now: number;
  facts: SheetFacts = { owed: ['task-1', 'task-2'], running: 2, unanswered: 0 };

  constructor(changes: Partial<SheetOpenedData> = {}, at = '2024-06-04T08:00:00+08:00') {
    this.now = parseInstant(at);
    const first = { type: 'SheetOpened' as const, data: sheetOpening(changes), seq: 1, at: this.now, by: 'system' };
    this.state = sheetDecider.evolve(null, first);
    this.take(first);
  }

  until(iso: string): this {
    const end = parseInstant(iso);
    for (;;) {
      const next = Math.min(...sheetDecider.timers(this.state).map((timer) => timer.at));
      if (next > end) break;
      this.now = Math.max(this.now, next);
      this.apply({ id: TICK, name: TICK, payload: null, actor: SYSTEM });
    }
    this.now = end;
    return this;
  }

  /** Nobody is awake until then. */
  sleepUntil(iso: string): this {
    this.now = parseInstant(iso);
    return this.until(iso);
  }

  do<N extends SheetCommandName>(actor: Actor, name: N, payload: SheetCommands[N], paper?: PaperDecision): void {
    const decision = this.apply({ id: 'c', name, payload: payload as never, actor, ...(paper ? { paper } : {}) });
    if (decision.refused) throw new Error(`${name} refused: ${decision.code}`);
  }

  refused<N extends SheetCommandName>(actor: Actor, name: N, payload: SheetCommands[N], paper?: PaperDecision) {
    const command = { id: 'c', name, payload: payload as never, actor, ...(paper ? { paper } : {}) };
    const decision = sheetDecider.decide(this.state, command, { now: this.now });
    if (!decision.refused) throw new Error(`${name} was accepted`);
    return decision;
  }

  types(): string[] {
    return this.events.map((event) => event.type);
  }

  private apply(command: Command) {
    const decision = sheetDecider.decide(this.state, command, { now: this.now, facts: this.facts as never });
    if (decision.refused) return decision;
    if (command.name === TICK && decision.events.length === 0) throw new Error('a tick that is due and does nothing');
    for (const fact of decision.events) {
      const event = { ...fact, seq: this.events.length + 1, at: this.now, by: command.actor.id } as Recorded<SheetFact>;
      this.state = sheetDecider.evolve(this.state, event);
      this.take(event);
    }
    return decision;
  }

  private take(event: Recorded<SheetFact>): void {
    this.events.push(event);
    for (const { key, kind, to } of sheetDecider.notices(this.state, event)) {
      this.keys.push(key);
      this.sent.push(`${isoShanghai(event.at).slice(0, 16)} ${kind} ${to.department}/${to.role}`);
    }
  }
}
