import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendCommand, type CommandAnswer, type CommandRequest } from '../../api/command-client.ts';
import type { Json } from '../../domain/decider.ts';
import { eventsOf, open, startRig, until, type EntityRig } from '../workflows/entity-rig.ts';
import { COORDINATOR, DEPARTMENT, taskOpening } from '../workflows/task-samples.ts';

let rig: EntityRig;
let keys = 0;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

async function startedTask(): Promise<string> {
  const opening = taskOpening();
  await open(rig, opening);
  const { id } = opening.entity;
  await until(async () => {
    const { rowCount } = await rig.pool.query('SELECT 1 FROM outbox WHERE entity_id = $1 AND done_at IS NULL', [id]);
    return rowCount === 0 ? true : undefined;
  });
  return id;
}

function give(entityId: string, change: Partial<CommandRequest> = {}, timeoutMs = 20_000): Promise<CommandAnswer> {
  const payload: Json = { department: DEPARTMENT };
  const request = {
    entityId,
    name: 'claim',
    payload,
    actor: COORDINATOR,
    scope: 'test',
    key: `k${(keys += 1)}`,
    bodyHash: 'b1',
  };
  return sendCommand({ pool: rig.pool, client: rig.client, timeoutMs }, { ...request, ...change });
}

test('the same key again gives the stored answer, also while nobody serves workflows', async () => {
  const id = await startedTask();
  const first = await give(id, { key: 'same' });
  expect(first).toMatchObject({ status: 200, repeated: false, result: { seq: 2 } });
  const again = await sendCommand(
    { pool: rig.pool, client: null },
    { entityId: id, name: 'claim', payload: null, actor: COORDINATOR, scope: 'test', key: 'same', bodyHash: 'b1' },
  );
  expect(again).toMatchObject({ status: 200, repeated: true, result: { seq: 2 } });
  expect(await eventsOf(rig, id)).toHaveLength(2);
});

test('the same key with another body is 422', async () => {
  const id = await startedTask();
  await give(id, { key: 'reused' });
  expect(await give(id, { key: 'reused', bodyHash: 'b2' })).toMatchObject({
    status: 422,
    code: 'idempotency-key-reused',
  });
});

test('a key swept from the answers is still one command: the workflow or the ledger knows it', async () => {
  const id = await startedTask();
  await give(id, { key: 'swept' });
  await rig.pool.query('DELETE FROM commands');
  expect(await give(id, { key: 'swept' })).toMatchObject({ status: 200, result: { seq: 2 } });
  expect(await eventsOf(rig, id)).toHaveLength(2);
});

test('a refusal carries its rule: 409 by state, 403 by role', async () => {
  const id = await startedTask();
  await give(id);
  expect(await give(id)).toMatchObject({ status: 409, code: 'already-claimed' });
  expect(await give(id, { actor: { id: 'stranger', posts: [] } })).toMatchObject({ status: 403 });
});

test('unknown is 404, finished is 409', async () => {
  expect(await give('task-unknown')).toMatchObject({ status: 404 });
  const id = await startedTask();
  await rig.pool.query('UPDATE entities SET finished_at = 1 WHERE id = $1', [id]);
  expect(await give(id)).toMatchObject({ status: 409, code: 'finished' });
});

test('while nobody serves it the outcome is unknown; asked again with the same key it is one event', async () => {
  const id = await startedTask();
  await give(id);
  await rig.worker?.stop();
  const payload: Json = { department: DEPARTMENT, status: 'normal', text: 't1', indicators: [] };
  const change = { name: 'reportProgress', payload, key: 'late' };
  expect(await give(id, change, 1_000)).toMatchObject({ status: 503, code: 'outcome-unknown', retryAfterSeconds: 2 });
  await rig.startWorker();
  expect(await give(id, change)).toMatchObject({ status: 200, result: { seq: 3 } });
  expect(await eventsOf(rig, id)).toHaveLength(3);
});

test('what still waits in the outbox is 503, not lost', async () => {
  await rig.relay.stop();
  const opening = taskOpening();
  await open(rig, opening);
  expect(await give(opening.entity.id)).toMatchObject({ status: 503, code: 'not-started' });
});
