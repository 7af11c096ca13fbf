import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcile, type ReconcileReport } from '../../activities/reconcile.ts';
import { eventsOf, open, send, startRig, until, type EntityRig } from '../workflows/entity-rig.ts';
import { report, taskOpening } from '../workflows/task-samples.ts';

let rig: EntityRig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

function run(dryRun = false): Promise<ReconcileReport> {
  const { pool, client, taskQueue } = rig;
  return reconcile({ db: pool, client, taskQueue, clockOffset: 0, dryRun });
}

async function started(): Promise<string> {
  const opening = taskOpening();
  await open(rig, opening);
  await send(rig, opening.entity.id, report());
  return opening.entity.id;
}

test('nothing is done where ledger and Temporal agree', async () => {
  await started();
  expect(await run()).toMatchObject({ restarted: [], completed: [], waiting: 0 });
});

test('a terminated workflow goes on from the folded state, with its whole past', async () => {
  const id = await started();
  await rig.client.workflow.getHandle(id).terminate('test');
  expect((await run(true)).restarted).toEqual([{ id, was: 'TERMINATED' }]);
  expect((await run()).restarted).toEqual([{ id, was: 'TERMINATED' }]);
  expect((await run()).restarted).toEqual([]);
  expect(await send(rig, id, report('after'))).toMatchObject({ seq: 3 });
  expect(await eventsOf(rig, id)).toHaveLength(3);
});

test('a workflow that Temporal has lost altogether is started again', async () => {
  const opening = taskOpening();
  const { id } = opening.entity;
  await rig.relay.stop();
  await open(rig, opening);
  // As after the loss of Temporal's store: the outbox says started, the server knows nothing.
  await rig.pool.query('UPDATE outbox SET done_at = now() WHERE entity_id = $1', [id]);
  expect((await run()).restarted).toEqual([{ id, was: 'MISSING' }]);
  expect(await send(rig, id, report())).toMatchObject({ seq: 2 });
});

test('what still waits in the outbox is left to the relay', async () => {
  const opening = taskOpening();
  await open(rig, opening);
  const { waiting, restarted } = await run();
  expect({ waiting, restarted }).toEqual({ waiting: 1, restarted: [] });
});

test('a running workflow that the ledger does not know is named', async () => {
  const id = 'task-nobody-knows';
  await rig.client.workflow.start('task', { workflowId: id, taskQueue: 'nobody-serves-this', args: [] });
  const orphans = await until(async () => {
    const found = (await run(true)).orphans;
    return found.includes(id) ? found : undefined;
  });
  expect(orphans).toContain(id);
  await rig.client.workflow.getHandle(id).terminate('test');
});
