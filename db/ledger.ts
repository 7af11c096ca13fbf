import type { EntityKind, Fact, Json, Recorded } from '../domain/decider.ts';
import { DECIDERS } from '../domain/deciders.ts';
import { stateHash } from '../domain/state-hash.ts';
import { raiseAlarm } from './alarms.ts';
import { foldFacts, foldOpening, type Folded } from './ledger-fold.ts';
import { HEAD, OPEN, RECORD, STANDING } from './ledger-statements.ts';
import type { CommandResult, Deciders, Head, Opening, RecordAnswer, RecordInput } from './ledger-types.ts';
import type { Pool, Queryable } from './pool.ts';
import { PROJECTIONS } from './projections/projections.ts';
import { changes, projectionParameters, type Row } from './projections/projection.ts';
import { rebuildEntity } from './rebuild.ts';

/** Thrown where the ledger cannot answer at all; retrying does not help. */
export class LedgerError extends Error {
  readonly code: 'unknown-entity' | 'ledger-behind';
  constructor(code: LedgerError['code'], entityId: string) {
    super(`${code}: ${entityId}`);
    this.name = 'LedgerError';
    this.code = code;
  }
}

export interface Ledger {
  record(input: RecordInput): Promise<RecordAnswer>;
}

export interface LedgerOptions {
  pool: Pool;
  deciders?: Deciders;
  /** How many folded heads stay in memory; a task's is about 10 kB. */
  heads?: number;
}

const UNIQUE_VIOLATION = '23505';

/**
 * The only writer of the ledger. Heads stay in memory as a guess that the statement itself checks by hash: a wrong guess
 * costs one more round trip and never a wrong write, so several processes may write at once.
 */
export function createLedger({ pool, deciders = DECIDERS, heads = 1000 }: LedgerOptions): Ledger {
  const known = new Map<string, Head>();

  function remember(id: string, head: Head): void {
    known.delete(id);
    known.set(id, head);
    const oldest = known.size > heads ? known.keys().next() : undefined;
    if (oldest?.value !== undefined) known.delete(oldest.value);
  }

  async function headOf(id: string): Promise<Head | null> {
    const { rows } = await pool.query<{ seq: number; head_hash: string; state: object }>({ ...HEAD, values: [id] });
    const [row] = rows;
    return row === undefined ? null : { seq: row.seq, headHash: row.head_hash, state: row.state };
  }

  async function tryRecord(input: RecordInput): Promise<RecordAnswer | null> {
    const { entity } = input;
    let head = known.get(entity.id);
    if (head?.seq !== input.expectedSeq) head = (await headOf(entity.id)) ?? undefined;
    if (head?.seq !== input.expectedSeq) return null;
    if (input.stateHash !== null && stateHash(head.state) !== input.stateHash) head = await repair(input, head);
    const folded = foldFacts(deciders, head, input);
    const result = resultOf(input, folded);
    const written = await write(pool, input, head, folded, result);
    if (!written) return null;
    remember(entity.id, folded.head);
    return { status: 'recorded', events: folded.events, result };
  }

  /** The workflow and the read model disagree about the state: say so, and fold the ledger again, which is right. */
  async function repair({ entity, expectedSeq, stateHash: theirs }: RecordInput, head: Head): Promise<Head> {
    const rebuilt = await rebuildEntity(pool, deciders, entity);
    const kind = stateHash(rebuilt.state) === theirs ? 'projection-drifted' : 'workflow-drifted';
    await raiseAlarm(pool, {
      key: `${kind}:${entity.id}`,
      kind,
      entityId: entity.id,
      data: { seq: expectedSeq, workflow: theirs, projection: stateHash(head.state), ledger: stateHash(rebuilt.state) },
    });
    return rebuilt;
  }

  async function standing(input: RecordInput): Promise<RecordAnswer | null> {
    const { rows } = await pool.query<{
      seq: number;
      head_hash: string;
      state: object;
      events: Recorded[] | null;
      result: CommandResult | null;
      earlier: CommandResult & { seq: number | null };
    }>({ ...STANDING, values: [input.entity.id, input.expectedSeq, input.commandId] });
    const [row] = rows;
    if (row === undefined) throw new LedgerError('unknown-entity', input.entity.id);
    if (row.seq < input.expectedSeq) throw new LedgerError('ledger-behind', input.entity.id);
    remember(input.entity.id, { seq: row.seq, headHash: row.head_hash, state: row.state });
    const events = row.events ?? [];
    if (row.earlier.seq !== null) return { status: 'already', events, result: row.result ?? row.earlier };
    return events.length > 0 ? { status: 'behind', events } : null;
  }

  return {
    async record(input) {
      // The second turn is for a head that moved between the guess and the write and moved back to nobody: a stale
      // guess at the expected number. A third cannot be needed.
      for (let turn = 0; turn < 3; turn += 1) {
        const answer = (await tryRecord(input)) ?? (await standing(input));
        if (answer !== null) return answer;
        known.delete(input.entity.id);
      }
      throw new LedgerError('ledger-behind', input.entity.id);
    },
  };
}

function resultOf({ entity, now, facts }: RecordInput, folded: Folded): CommandResult {
  return { entity: entity.id, seq: folded.head.seq, at: now, events: facts.map((fact: Fact) => fact.type) };
}

/** False when the head is not the expected one, or the command is in the ledger already. */
async function write(
  db: Queryable,
  input: RecordInput,
  before: Head,
  folded: Folded,
  result: CommandResult,
): Promise<boolean> {
  const { entity, commandId, now, request } = input;
  const projection = PROJECTIONS[entity.kind];
  const { id } = entity;
  const old = projection.rows(before.state, { id, seq: before.seq, at: 0 });
  const fresh = projection.rows(folded.head.state, { id, seq: folded.head.seq, at: now });
  try {
    const { rowCount } = await db.query({
      ...RECORD[entity.kind],
      values: [
        id,
        before.headHash,
        folded.head.seq,
        folded.head.headHash,
        JSON.stringify(folded.head.state),
        folded.stateHash,
        now,
        folded.finishedAt,
        JSON.stringify(folded.links),
        commandId,
        request?.bodyHash ?? null,
        request === null ? null : JSON.stringify(result),
        JSON.stringify(folded.notifications),
        ...projectionParameters(changes(projection, old, fresh)),
      ],
    });
    return rowCount === 1;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

const BATCH = 250;

/**
 * Opens entities in the caller's transaction: event 1, state, read models, notices and the order to start the workflow,
 * in one statement for each 250 of a kind. The plan is the first fact's `plan`. An id that exists already throws.
 */
export async function recordOpenings(
  client: Queryable,
  openings: Opening[],
  deciders: Deciders = DECIDERS,
): Promise<void> {
  const kinds = new Set(openings.map((opening) => opening.entity.kind));
  for (const kind of kinds) {
    const ofKind = openings.filter((opening) => opening.entity.kind === kind);
    for (let from = 0; from < ofKind.length; from += BATCH) {
      await openBatch(client, deciders, kind, ofKind.slice(from, from + BATCH));
    }
  }
}

async function openBatch(db: Queryable, deciders: Deciders, kind: EntityKind, batch: Opening[]): Promise<void> {
  const projection = PROJECTIONS[kind];
  const entities: Row[] = [];
  const links: Row[] = [];
  const notifications: Row[] = [];
  const projected: Row[][] = projection.tables.map(() => []);
  for (const opening of batch) {
    const folded = foldOpening(deciders, opening);
    const { id } = opening.entity;
    entities.push({
      id,
      kind,
      plan_id: planOf(opening.facts[0]?.data),
      seq: folded.head.seq,
      head_hash: folded.head.headHash,
      state: folded.head.state,
      state_hash: folded.stateHash,
      opened_at: opening.now,
      updated_at: opening.now,
      finished_at: folded.finishedAt,
    });
    links.push(...folded.links.map((link) => ({ ...link })));
    notifications.push(...folded.notifications);
    const rows = projection.rows(folded.head.state, { id, seq: folded.head.seq, at: opening.now });
    for (const [index, table] of rows.entries()) projected[index]?.push(...table);
  }
  await db.query({
    ...OPEN[kind],
    values: [
      JSON.stringify(entities),
      JSON.stringify(links),
      JSON.stringify(notifications),
      ...projectionParameters(projected.map((write) => ({ write, remove: [] }))),
    ],
  });
}

function planOf(data: unknown): Json {
  const plan = typeof data === 'object' && data !== null && 'plan' in data ? data.plan : null;
  return typeof plan === 'string' ? plan : null;
}
