import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChain } from '../../db/chain.ts';
import { createLedger, LedgerError, type Ledger } from '../../db/ledger.ts';
import type { RecordInput } from '../../db/ledger-types.ts';
import { openPool, type Pool } from '../../db/pool.ts';
import type { Fact } from '../../domain/decider.ts';
import { stateHash } from '../../domain/state-hash.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';
import { eventsOf, open } from '../workflows/entity-rig.ts';
import { DEPARTMENT, taskOpening } from '../workflows/task-samples.ts';

let database: TestDatabase;
let pool: Pool;
let ledger: Ledger;
beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
  ledger = createLedger({ pool });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
const CLAIMED: Fact = { type: 'TaskClaimed', data: { department: DEPARTMENT } };
const reported = (text: string): Fact => ({
  type: 'ProgressReported',
  data: { department: DEPARTMENT, status: 'normal', text, indicators: [] },
});

async function openedTask(): Promise<string> {
  const opening = taskOpening({}, NOW);
  await open({ pool }, opening);
  return opening.entity.id;
}

function input(id: string, change: Partial<RecordInput>): RecordInput {
  return {
    entity: { kind: 'task', id },
    expectedSeq: 1,
    commandId: 'command-1',
    now: NOW,
    by: 'user-1',
    facts: [CLAIMED],
    request: { scope: 's', key: 'k', bodyHash: 'b' },
    stateHash: null,
    ...change,
  };
}

/** The request's row is keyed by command id alone, so tests that share the database name their commands by entity. */
const own = (id: string, change: Partial<RecordInput> = {}): RecordInput =>
  input(id, {
    commandId: `${id}-${change.commandId ?? 'c1'}`,
    ...change,
    ...(change.commandId ? { commandId: `${id}-${change.commandId}` } : {}),
  });

test('recorded: the facts are numbered, chained and folded into the read model', async () => {
  const id = await openedTask();
  const answer = await ledger.record(own(id, { facts: [CLAIMED, reported('t1')] }));
  expect(answer.status).toBe('recorded');
  expect(answer.events.map(({ seq, type }) => [seq, type])).toEqual([
    [2, 'TaskClaimed'],
    [3, 'ProgressReported'],
  ]);
  const { rows } = await pool.query(
    'SELECT t.seq, t.unclaimed, r.last_report_text FROM tasks t JOIN task_responsibilities r ON r.task_id = t.id WHERE t.id = $1',
    [id],
  );
  expect(rows).toEqual([{ seq: 3, unclaimed: 0, last_report_text: 't1' }]);
  expect(await verifyChain(pool, id)).toBeNull();
});

test('already: the same command again gives the stored events and result and writes nothing', async () => {
  const id = await openedTask();
  const first = await ledger.record(own(id));
  const again = await createLedger({ pool }).record(own(id));
  expect(again).toEqual({ ...first, status: 'already' });
  expect(await eventsOf({ pool }, id)).toHaveLength(2);
});

test('already: a command from long ago, asked for at the newest number, is found by its id alone', async () => {
  const id = await openedTask();
  const first = await ledger.record(own(id));
  await ledger.record(own(id, { commandId: 'c2', expectedSeq: 2, facts: [reported('t2')] }));
  const again = await ledger.record(own(id, { expectedSeq: 3 }));
  expect(again).toEqual({ status: 'already', events: [], result: 'result' in first ? first.result : null });
  expect(await eventsOf({ pool }, id)).toHaveLength(3);
});

test('behind: another command moved the head; the missing events come back and nothing is written', async () => {
  const id = await openedTask();
  await ledger.record(own(id));
  const answer = await ledger.record(own(id, { commandId: 'c2', facts: [reported('t2')] }));
  expect(answer.status).toBe('behind');
  expect(answer.events.map((event) => event.type)).toEqual(['TaskClaimed']);
  expect(await eventsOf({ pool }, id)).toHaveLength(2);
});

test('of many writers at once on several processes exactly one records at each number', async () => {
  const id = await openedTask();
  const ledgers = [1, 2, 3, 4].map(() => createLedger({ pool }));
  const answers = await Promise.all(
    ledgers.flatMap((one, writer) =>
      [0, 1].map((turn) => one.record(own(id, { commandId: `w${writer}-${turn}`, facts: [reported(`w${writer}`)] }))),
    ),
  );
  expect(answers.filter((answer) => answer.status === 'recorded')).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 'behind')).toHaveLength(7);
  expect(await eventsOf({ pool }, id)).toHaveLength(2);
  expect(await verifyChain(pool, id)).toBeNull();
});

test('a stale head in memory costs a round trip and never a wrong write', async () => {
  const id = await openedTask();
  const other = createLedger({ pool });
  await ledger.record(own(id));
  await other.record(own(id, { commandId: 'c2', expectedSeq: 2, facts: [reported('other')] }));
  const answer = await ledger.record(own(id, { commandId: 'c3', expectedSeq: 3, facts: [reported('mine')] }));
  expect(answer.status).toBe('recorded');
  expect(await verifyChain(pool, id)).toBeNull();
});

test('an unknown entity is an error that retrying does not help', async () => {
  await expect(ledger.record(own('task-unknown'))).rejects.toBeInstanceOf(LedgerError);
});

test('a caller that knows more than the ledger is told so: a database was put back', async () => {
  const id = await openedTask();
  await expect(ledger.record(own(id, { expectedSeq: 9 }))).rejects.toMatchObject({ code: 'ledger-behind' });
});

test('a read model that drifted alarms and is folded again from the ledger', async () => {
  const id = await openedTask();
  const { rows } = await pool.query<{ state: object }>('SELECT state FROM entities WHERE id = $1', [id]);
  const sound = stateHash(rows[0]?.state);
  await pool.query(`UPDATE entities SET state = jsonb_set(state, '{phase}', '"suspended"') WHERE id = $1`, [id]);
  await pool.query(`UPDATE tasks SET phase = 'suspended' WHERE id = $1`, [id]);
  const answer = await createLedger({ pool }).record(own(id, { stateHash: sound }));
  expect(answer.status).toBe('recorded');
  const after = await pool.query(
    'SELECT e.state ->> $2 AS folded, t.phase FROM entities e JOIN tasks t USING (id) WHERE id = $1',
    [id, 'phase'],
  );
  expect(after.rows).toEqual([{ folded: 'running', phase: 'running' }]);
  const alarms = await pool.query('SELECT kind FROM alarms WHERE entity_id = $1', [id]);
  expect(alarms.rows).toEqual([{ kind: 'projection-drifted' }]);
});

test('an event that was changed, removed or cut off the end breaks the chain at its place', async () => {
  const id = await openedTask();
  await ledger.record(own(id, { facts: [CLAIMED, reported('t1'), reported('t2')] }));
  const tamper = async (sql: string) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('ALTER TABLE ledger DISABLE TRIGGER ledger_append_only');
      await client.query(sql, [id]);
      return await verifyChain(client, id);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  expect(await tamper(`UPDATE ledger SET by = 'somebody' WHERE entity_id = $1 AND seq = 3`)).toMatchObject({
    seq: 3,
    reason: 'altered',
  });
  expect(await tamper('DELETE FROM ledger WHERE entity_id = $1 AND seq = 2')).toMatchObject({
    seq: 2,
    reason: 'missing',
  });
  expect(await tamper('DELETE FROM ledger WHERE entity_id = $1 AND seq = 4')).toMatchObject({ seq: 3, reason: 'head' });
});

test('nobody changes the ledger by hand', async () => {
  const id = await openedTask();
  await expect(pool.query('DELETE FROM ledger WHERE entity_id = $1', [id])).rejects.toThrow('append-only');
  await expect(pool.query('UPDATE ledger SET by = $2 WHERE entity_id = $1', [id, 'x'])).rejects.toThrow('append-only');
});

test('an opening writes its notices once and orders exactly one start', async () => {
  const opening = taskOpening({}, NOW);
  await open({ pool }, opening);
  await expect(open({ pool }, opening)).rejects.toThrow(/entities_pkey/);
  const { rows } = await pool.query(
    `SELECT (SELECT count(*)::int FROM outbox WHERE entity_id = $1 AND op = 'start') AS starts,
       (SELECT count(*)::int FROM ledger WHERE entity_id = $1) AS events`,
    [opening.entity.id],
  );
  expect(rows).toEqual([{ starts: 1, events: 1 }]);
});

test('the same notice key gives one notification however often an event says it', async () => {
  const id = await openedTask();
  const notice = {
    key: `${id}:once:v1:before-7:coordinator`,
    to: { department: DEPARTMENT, role: 'coordinator' },
    kind: 'reminder',
    data: { task: id },
    dueAt: NOW,
  };
  const fired = (rung: string): Fact => ({
    type: 'RungsFired',
    data: { rungs: [{ item: 'once', version: 1, rung, dueAt: NOW }], notices: [notice] },
  });
  await ledger.record(own(id, { commandId: 'tick:1', request: null, facts: [fired('before-7')] }));
  await ledger.record(own(id, { commandId: 'tick:2', request: null, expectedSeq: 2, facts: [fired('before-7')] }));
  const { rows } = await pool.query('SELECT count(*)::int AS count FROM notifications WHERE key = $1', [notice.key]);
  expect(rows).toEqual([{ count: 1 }]);
});
