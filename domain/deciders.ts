import type { Decider, EntityKind, Fact } from './decider.ts';
import { evaluationDecider } from './evaluation/evaluation-decider.ts';
import { sheetDecider } from './sheet/sheet-decider.ts';
import { taskDecider } from './task/task-decider.ts';

/** A decider whose state and facts are known only as JSON: what the interpreter and the ledger handle. */
export type AnyDecider = Decider<object, Fact>;

/** Every kind of entity and its rules. The cast forgets the types of one kind's facts, which the ledger keeps together. */
export const DECIDERS: Record<EntityKind, AnyDecider> = {
  task: taskDecider as unknown as AnyDecider,
  sheet: sheetDecider as unknown as AnyDecider,
  evaluation: evaluationDecider as unknown as AnyDecider,
};
