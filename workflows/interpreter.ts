import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { SYSTEM, TICK, type Command, type Json, type Recorded, type Refusal } from '../domain/decider.ts';
import type { AnyDecider } from '../domain/deciders.ts';
import { stateHash } from '../domain/state-hash.ts';
import type { EntityActivities, RecordReply, RecordRequest } from './activity-types.ts';
import { commandUpdate, reviseSignal, stateQuery, wakeSignal } from './message-definitions.ts';
import { FAILURES, type CommandInput, type CommandOutcome, type EntityInput } from './messages.ts';

const HOUR = 3_600_000;
/** Command ids carried over continue-as-new. Older ones are caught by the ledger's unique key. */
const RECENT = 50;
/** Temporal takes 2,000 updates a run; continuing as new earlier leaves room for those that come meanwhile. */
const COMMANDS_PER_RUN = 1_500;
/** Past this many events the validator answers "busy", so that a steady load cannot starve continue-as-new. */
const HARD_HISTORY_LIMIT = 20_000;

/**
 * Fast path: within the workflow task, at most 5 seconds in all. Attempts are what bounds it: tried on SDK 1.24, a local
 * activity that fails quickly is retried past its schedule-to-close timeout for as long as it fails.
 */
const local = proxyLocalActivities<EntityActivities>({
  startToCloseTimeout: '1.5 seconds',
  scheduleToCloseTimeout: '5 seconds',
  retry: { initialInterval: '150 milliseconds', maximumAttempts: 3, nonRetryableErrorTypes: ['LedgerError'] },
});

/** When the database is away: as long as it takes, and the validator says "busy" meanwhile. */
const patient = proxyActivities<EntityActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: ['LedgerError'] },
});

/** One command on its way: from a person (with a request) or a signal (without). */
interface Job {
  command: Command;
  request: CommandInput['request'] | null;
  settled: { outcome: CommandOutcome } | { failure: ApplicationFailure } | null;
}

/**
 * The durable shell of every entity: one queue of commands, first in, first out; one timer, on the earliest instant;
 * decide, record, and evolve only from the events that the ledger returned. A worker killed after the ledger's commit
 * runs the record again and is told `already` with the events, so it catches up instead of writing twice.
 */
export async function interpret(decider: AnyDecider, input: EntityInput): Promise<void> {
  const { entity, clockOffset, continueAfter } = input;
  let state = input.state as object;
  let { seq } = input;
  const recent = [...input.recent];
  const queue: Job[] = [];
  /** True while somebody works through the queue: one command at a time, in order of arrival. */
  let serving = false;
  let busy = false;
  let handled = 0;
  let atBoundary = false;
  /** Where a tick at `seq` changed nothing, its instant must not spin: the next try is an hour later. */
  let idle: { seq: number; until: number } | null = null;
  let timer: { at: number; scope: CancellationScope } | null = null;
  let fired = false;
  let woken = false;

  const now = (): number => Date.now() + clockOffset;

  /** Runs again in the handler what the validator has asked: a command queued before this one may have changed the answer. */
  function decide(command: Command, facts?: Json): ReturnType<AnyDecider['decide']> | ApplicationFailure {
    try {
      const context = facts === undefined ? { now: now() } : { now: now(), facts };
      return decider.decide(state, command, context);
    } catch (error) {
      return broken(`decide ${command.name}`, error);
    }
  }

  /** Synchronous, pure and total: an error that escaped here would wedge the workflow. */
  function validate({ command }: CommandInput): void {
    if (recent.includes(command.id)) throw failure(FAILURES.alreadyDone, 'recorded before');
    if (finished()) throw failure(FAILURES.finished, 'takes no more commands');
    if (busy || workflowInfo().historyLength > HARD_HISTORY_LIMIT) throw failure(FAILURES.busy, 'try again soon');
    const decision = decide(command);
    if (decision instanceof ApplicationFailure) throw decision;
    if (decision.refused) throw refused(decision);
  }

  async function handle({ command, request }: CommandInput): Promise<CommandOutcome> {
    const job: Job = { command, request, settled: null };
    queue.push(job);
    // Served here when nobody is serving, without waking the main function: the SDK takes a stack trace of every promise
    // that workflow code makes, so each one saved is time saved.
    if (serving) await condition(() => job.settled !== null);
    else await serveQueue();
    if (job.settled === null || 'failure' in job.settled) throw job.settled?.failure ?? failure(FAILURES.broken, '');
    return job.settled.outcome;
  }

  async function serveQueue(): Promise<void> {
    serving = true;
    do {
      // The clock goes first: a command that arrives with an instant, or after an outage, meets the state after it.
      if (fired || (timer !== null && timer.at <= now())) await tick();
      const job = queue.shift();
      if (job !== undefined) await serve(job);
    } while (queue.length > 0);
    serving = false;
    arm();
  }

  function finished(): boolean {
    return decider.finished(state);
  }

  function absorb(events: Recorded[]): void {
    for (const event of events) {
      if (event.seq <= seq) continue;
      const before = state;
      state = decider.evolve(state, event);
      seq = event.seq;
      if (decider.boundary?.(before, state) === true) atBoundary = true;
    }
  }

  async function recordPatiently(request: RecordRequest, error: unknown): Promise<RecordReply> {
    if (isCancellation(error)) throw error;
    log.warn('recording takes longer than a local activity may', { error });
    busy = true;
    try {
      return await patient.record(request);
    } finally {
      busy = false;
    }
  }

  async function loadFacts(): Promise<Json> {
    const request = { entity, now: now() };
    try {
      return await local.loadFacts(request);
    } catch (error) {
      if (isCancellation(error)) throw error;
      return await patient.loadFacts(request);
    }
  }

  /** Decides until the ledger takes it or the rules refuse it. */
  async function carryOut(
    command: Command,
    request: CommandInput['request'] | null,
  ): Promise<CommandOutcome | Refusal> {
    for (;;) {
      const wanted =
        command.name === TICK && decider.needsFacts?.(state, now()) === true ? await loadFacts() : undefined;
      const decision = decide(command, wanted);
      if (decision instanceof ApplicationFailure) throw decision;
      if (decision.refused) return decision;
      const at = now();
      if (decision.events.length === 0) return { entity: entity.id, seq, at, events: [] };
      const commandId = command.name === TICK ? `${TICK}:${seq}` : command.id;
      // Who entered it; who decided on paper stands in the fact itself (DOMAIN 1: the two are kept apart).
      const by = command.actor.id;
      const facts = decision.events;
      const recording: RecordRequest = {
        entity,
        expectedSeq: seq,
        commandId,
        now: at,
        by,
        facts,
        request,
        stateHash: stateHash(state),
      };
      const reply = await local.record(recording).catch((error: unknown) => recordPatiently(recording, error));
      absorb(reply.events);
      if (reply.status !== 'behind') return reply.result;
    }
  }

  async function serve(job: Job): Promise<void> {
    handled += 1;
    try {
      const answer = await carryOut(job.command, job.request);
      if ('refused' in answer) {
        job.settled = { failure: refused(answer) };
        return;
      }
      recent.push(job.command.id);
      if (recent.length > RECENT) recent.shift();
      job.settled = { outcome: answer };
    } catch (error) {
      if (isCancellation(error)) throw error;
      job.settled = { failure: error instanceof ApplicationFailure ? error : broken(job.command.name, error) };
    }
  }

  async function tick(): Promise<void> {
    const before = seq;
    fired = false;
    handled += 1;
    try {
      await carryOut({ id: '', name: TICK, payload: null, actor: SYSTEM }, null);
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.error('a tick failed and is tried again in an hour', { error });
    }
    idle = seq === before ? { seq, until: now() + HOUR } : null;
    arm();
  }

  function earliest(): number | null {
    let at: number | null = null;
    try {
      for (const due of decider.timers(state)) at = at === null ? due.at : Math.min(at, due.at);
    } catch (error) {
      // Thrown on, it would wedge the main function; what is due is asked again when a repaired version runs.
      log.error('a defect in the rules: the timers are unknown', { error });
      return null;
    }
    return at !== null && idle?.seq === seq ? Math.max(at, idle.until) : at;
  }

  /** Keeps the timer while its instant is unchanged: setting it anew would cost two events at every command. */
  function arm(): void {
    if (fired) return;
    const at = finished() ? null : earliest();
    if (timer?.at === at) return;
    timer?.scope.cancel();
    timer = null;
    if (at === null) return;
    const scope = new CancellationScope();
    timer = { at, scope };
    void scope
      .run(() => sleep(Math.max(1, at - now())))
      .then(() => {
        fired = true;
        timer = null;
      })
      .catch(() => undefined);
  }

  setHandler(commandUpdate, handle, { validator: validate });
  setHandler(reviseSignal, (command) => {
    queue.push({ command, request: null, settled: null });
  });
  setHandler(wakeSignal, () => {
    woken = true;
  });
  setHandler(stateQuery, () => ({ seq, state: state as Json, timerAt: timer?.at ?? null }));

  const shouldContinue = (): boolean =>
    atBoundary ||
    workflowInfo().continueAsNewSuggested ||
    handled >= COMMANDS_PER_RUN ||
    (continueAfter !== undefined && handled >= continueAfter);

  while (!(finished() && queue.length === 0)) {
    if (shouldContinue() && queue.length === 0) {
      await condition(allHandlersFinished);
      if (queue.length === 0)
        await continueAsNew<(input: EntityInput) => Promise<void>>({ ...input, seq, state: state as Json, recent });
    }
    arm();
    await condition(() => !serving && (queue.length > 0 || fired || woken || finished() || shouldContinue()));
    woken = false;
    // An update may have begun to serve between the condition and here; two at once would break the order.
    if (serving) continue;
    await serveQueue();
  }
  timer = null;
  await condition(allHandlersFinished);
}

function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURES.refused,
    message: refusal.detail,
    details: [refusal],
    nonRetryable: true,
  });
}

function failure(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}

/** Only `ApplicationFailure` may leave workflow code: a plain error is retried for ever and queries hang. */
function broken(what: string, error: unknown): ApplicationFailure {
  const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
  log.error('a defect', { message });
  return ApplicationFailure.create({ type: FAILURES.broken, message, nonRetryable: true });
}
