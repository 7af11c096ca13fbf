import type { EntityKind, Fact, Instant, Json, Recorded } from '../domain/decider.ts';
import type { CommandInput, CommandOutcome } from './messages.ts';

/**
 * What the workflows ask of the world. The interface is stated on this side, so that workflows need nothing of the
 * activities' code; `activities/` implements it.
 */
export interface RecordRequest {
  entity: { kind: EntityKind; id: string };
  expectedSeq: number;
  commandId: string;
  now: Instant;
  by: string;
  facts: Fact[];
  request: CommandInput['request'] | null;
  stateHash: string | null;
}

export type RecordReply =
  | { status: 'recorded' | 'already'; events: Recorded[]; result: CommandOutcome }
  | { status: 'behind'; events: Recorded[] };

export interface EntityActivities {
  record(request: RecordRequest): Promise<RecordReply>;
  loadFacts(request: { entity: { kind: EntityKind; id: string }; now: Instant }): Promise<Json>;
}

export interface ScheduledActivities {
  sendDigests(): Promise<Json>;
  watch(): Promise<Json>;
  checkHorizon(): Promise<Json>;
  anchorHeads(): Promise<Json>;
  sweep(): Promise<Json>;
}
