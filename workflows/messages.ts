/**
 * Names and shapes that clients and workflows share. No imports of values: the API bundles none of the workflow and the
 * workflow none of the API. Names are an interface that lives for years.
 */
import type { Command, EntityKind, Json } from '../domain/decider.ts';

/** Update: `CommandInput` → `CommandOutcome`. Update id and `command.id` are the same hash of scope and key. */
export const COMMAND_UPDATE = 'command';
/** Signal: a command that nobody waits for (a new calendar or policy version). Refusals are dropped. */
export const REVISE_SIGNAL = 'revise';
/** Signal without effect: makes a sleeping workflow run its newest code. */
export const WAKE_SIGNAL = 'wake';
/** Query for engineers only; pages read Postgres. */
export const STATE_QUERY = 'state';

export const TASK_QUEUE = 'bihuan';

export interface CommandInput {
  command: Command;
  request: { scope: string; key: string; bodyHash: string };
}

export interface CommandOutcome {
  entity: string;
  /** The number of the entity's last event after the command. */
  seq: number;
  /** Domain instant. */
  at: number;
  /** The types of the command's events; empty where there was nothing to change. */
  events: string[];
}

/** What a workflow starts from and continues as new with. Plain JSON. */
export interface EntityInput {
  entity: { kind: EntityKind; id: string };
  seq: number;
  state: Json;
  /** Added to Temporal's time to give the domain's clock, in milliseconds. */
  clockOffset: number;
  /** Ids of recent commands: Temporal forgets update ids at continue-as-new. */
  recent: string[];
  /** Tests only: continue as new after this many commands and ticks. */
  continueAfter?: number;
}

/**
 * The types of failure that an update ends with. `refused` carries the `Refusal` as its only detail; `busy`: try again
 * soon; `already-done`: the answer is in the `commands` table; `finished`: the entity takes no more commands; `broken`: a
 * defect, nothing was recorded.
 */
export const FAILURES = {
  refused: 'Refused',
  busy: 'Busy',
  alreadyDone: 'AlreadyDone',
  finished: 'Finished',
  broken: 'Broken',
} as const;
