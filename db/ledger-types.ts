import type { EntityKind, Fact, Instant, Json, Recorded } from '../domain/decider.ts';
import type { AnyDecider } from '../domain/deciders.ts';

export type Deciders = Record<EntityKind, AnyDecider>;

export interface EntityRef {
  kind: EntityKind;
  id: string;
}

/** The request behind a command: scope and key as its caller gave them, and the digest of its body. */
export interface RequestRef {
  scope: string;
  key: string;
  bodyHash: string;
}

export interface RecordInput {
  entity: EntityRef;
  /** The number of the last event that the caller knows. */
  expectedSeq: number;
  /** Unique per entity for ever: the hash of scope and key, or `tick:<expectedSeq>`. */
  commandId: string;
  now: Instant;
  by: string;
  facts: Fact[];
  /** Null for what no person asked for. */
  request: RequestRef | null;
  /** `stateHash` of the caller's state at `expectedSeq`. */
  stateHash: string | null;
}

export interface CommandResult {
  entity: string;
  /** The number of the command's last event. */
  seq: number;
  at: Instant;
  events: string[];
}

/**
 * `recorded`: the facts are now events. `already`: this command was recorded before. `behind`: somebody else recorded
 * since `expectedSeq`, nothing was written. In all three `events` are every event after `expectedSeq`.
 */
export type RecordAnswer =
  | { status: 'recorded' | 'already'; events: Recorded[]; result: CommandResult }
  | { status: 'behind'; events: Recorded[] };

/** One entity's first event, written by publication or intake together with the order to start its workflow. */
export interface Opening {
  entity: EntityRef;
  facts: Fact[];
  by: string;
  now: Instant;
}

/** What an entity's row holds, as the ledger needs it to go on. */
export interface Head {
  seq: number;
  headHash: string;
  state: object;
}

/** An event as the chain and the table take it. */
export interface Link {
  entity_id: string;
  seq: number;
  type: string;
  at: number;
  by: string;
  command_id: string;
  command_index: number;
  data: Json;
  prev_hash: string;
  hash: string;
}
