import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { EntityKind, Json } from '../domain/decider.ts';
import type { EntityInput } from '../workflows/messages.ts';

/** Registered by the stack at start. No personal data, and one attribute only: each upsert is an event. */
const KIND = defineSearchAttributeKey('BihuanKind', 'KEYWORD');

export interface StartFrom {
  entity: { kind: EntityKind; id: string };
  seq: number;
  state: Json;
  clockOffset: number;
}

/** What the relay and reconcile start an entity's workflow with; only their reuse policies differ. */
export function startArguments({ entity, seq, state, clockOffset }: StartFrom) {
  const input: EntityInput = { entity, seq, state, clockOffset, recent: [] };
  return {
    workflowId: entity.id,
    args: [input],
    typedSearchAttributes: new TypedSearchAttributes([{ key: KIND, value: entity.kind }]),
  };
}
