import { fold, type Json, type Notice, type Recorded } from '../domain/decider.ts';
import { stateHash } from '../domain/state-hash.ts';
import { GENESIS, linkHash } from './chain.ts';
import { newId } from './ids.ts';
import type { Deciders, EntityRef, Head, Link, Opening, RecordInput } from './ledger-types.ts';
import type { Row } from './projections/projection.ts';

/** Everything that recording some facts writes, computed before the database is asked. */
export interface Folded {
  links: Link[];
  events: Recorded[];
  head: Head;
  stateHash: string;
  finishedAt: number | null;
  notifications: Row[];
}

const BEFORE_ALL = { seq: 0, headHash: GENESIS, state: null };

type FoldInput = Pick<RecordInput, 'entity' | 'commandId' | 'now' | 'by' | 'facts'>;

/** Chains and folds facts onto a head; null before the first event. Pure but for the notifications' ids. */
export function foldFacts(deciders: Deciders, before: Head | null, input: FoldInput): Folded {
  const { entity, commandId, now, by, facts } = input;
  const decider = deciders[entity.kind];
  let { seq, headHash, state }: { seq: number; headHash: string; state: object | null } = before ?? BEFORE_ALL;
  const links: Link[] = [];
  const events: Recorded[] = [];
  const notifications: Row[] = [];
  for (const [commandIndex, fact] of facts.entries()) {
    const data = plainJson(fact.data);
    seq += 1;
    const content = { entityId: entity.id, seq, type: fact.type, at: now, by, commandId, commandIndex, data };
    const hash = linkHash(headHash, content);
    const event: Recorded = { type: fact.type, data, seq, at: now, by };
    const after = decider.evolve(state, event);
    links.push({
      entity_id: entity.id,
      seq,
      type: fact.type,
      at: now,
      by,
      command_id: commandId,
      command_index: commandIndex,
      data,
      prev_hash: headHash,
      hash,
    });
    events.push(event);
    for (const notice of decider.notices(after, event)) notifications.push(notificationRow(entity, notice, now));
    headHash = hash;
    state = after;
  }
  if (state === null) throw new Error(`nothing to record for ${entity.id}`);
  const finishedAt = decider.finished(state) ? now : null;
  return { links, events, head: { seq, headHash, state }, stateHash: stateHash(state), finishedAt, notifications };
}

export function foldOpening(deciders: Deciders, opening: Opening): Folded {
  return foldFacts(deciders, null, { ...opening, commandId: 'open' });
}

/** Folds stored events again from nothing: what the read models are rebuilt from. */
export function foldStored(deciders: Deciders, entity: EntityRef, events: Recorded[]): object {
  const folded = fold(deciders[entity.kind], null, events);
  if (folded === null) throw new Error(`the ledger holds no event of ${entity.id}`);
  return folded;
}

/** What the database will give back for this value, so that an event is the same now and when it is read later. */
function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? {})) as Json;
}

function notificationRow(entity: EntityRef, notice: Notice, at: number): Row {
  return {
    id: newId(),
    key: notice.key,
    to_department: notice.to.department,
    to_role: notice.to.role,
    kind: notice.kind,
    data: notice.data,
    due_at: notice.dueAt,
    at,
    entity_id: entity.id,
  };
}
