import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChain } from '../../db/chain.ts';
import { eventsOf, failureOf, open, send, startRig, type EntityRig } from './entity-rig.ts';
import { COORDINATOR, DEPARTMENT, report, taskCommand, taskOpening } from './task-samples.ts';

let rig: EntityRig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

test('a command becomes an event of the ledger and a row of the read model', async () => {
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(rig, opening);
  const outcome = await send(rig, id, taskCommand('claim', { department: DEPARTMENT }));
  expect(outcome).toMatchObject({ entity: id, seq: 2, events: ['TaskClaimed'] });
  expect((await eventsOf(rig, id)).map((event) => event.type)).toEqual(['TaskAssigned', 'TaskClaimed']);
  const { rows } = await rig.pool.query('SELECT state, unclaimed, seq FROM tasks WHERE id = $1', [id]);
  expect(rows).toEqual([{ state: 'in-progress', unclaimed: 0, seq: 2 }]);
  expect(await verifyChain(rig.pool, id)).toBeNull();
});

test('a refused command leaves no history and says which rule refused it', async () => {
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(rig, opening);
  await send(rig, id, taskCommand('claim', { department: DEPARTMENT }));
  const handle = rig.client.workflow.getHandle(id);
  const before = (await handle.describe()).historyLength;
  const stranger = { ...COORDINATOR, posts: [] };
  const failure = await failureOf(send(rig, id, taskCommand('claim', { department: DEPARTMENT }, stranger)));
  expect(failure.type).toBe('Refused');
  expect(failure.details[0]).toMatchObject({ refused: true, status: 403 });
  expect((await handle.describe()).historyLength).toBe(before);
});

test('of two clients who submit at once one wins and the other is told', async () => {
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(rig, opening);
  const claims = [1, 2].map(() => send(rig, id, taskCommand('claim', { department: DEPARTMENT })));
  const outcomes = await Promise.allSettled(claims);
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await eventsOf(rig, id)).toHaveLength(2);
});

test('the same command sent twice is one event and one answer', async () => {
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(rig, opening);
  const command = report();
  const [first, second] = await Promise.all([send(rig, id, command), send(rig, id, command)]);
  expect(second).toEqual(first);
  expect(await send(rig, id, command)).toEqual(first);
  expect(await eventsOf(rig, id)).toHaveLength(2);
});
