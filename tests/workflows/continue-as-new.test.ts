import { afterAll, beforeAll, expect, test } from 'vitest';
import { startArguments } from '../../activities/start-workflow.ts';
import type { EntityInput } from '../../workflows/messages.ts';
import { eventsOf, failureOf, open, send, startRig, type EntityRig } from './entity-rig.ts';
import { report, taskOpening } from './task-samples.ts';

let rig: EntityRig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

/** As the relay starts it, but with the hook that continues as new after two commands; the relay then finds it started. */
async function startContinuing(): Promise<string> {
  const opening = taskOpening();
  const { id } = opening.entity;
  const { rows } = await (async () => {
    await rig.relay.stop();
    await open(rig, opening);
    return rig.pool.query<{ state: EntityInput['state'] }>('SELECT state FROM entities WHERE id = $1', [id]);
  })();
  const from = startArguments({ entity: opening.entity, seq: 1, state: rows[0]?.state ?? null, clockOffset: 0 });
  const args: [EntityInput] = [{ ...(from.args[0] as EntityInput), continueAfter: 2 }];
  await rig.client.workflow.start('task', { ...from, args, taskQueue: rig.taskQueue });
  await rig.pool.query('UPDATE outbox SET done_at = now() WHERE entity_id = $1', [id]);
  return id;
}

test('commands go on over continue-as-new, in order and with their timers', async () => {
  const id = await startContinuing();
  const handle = rig.client.workflow.getHandle(id);
  const first = (await handle.describe()).runId;
  for (let turn = 0; turn < 7; turn += 1) await send(rig, id, report(`text-${turn}`));
  expect((await handle.describe()).runId).not.toBe(first);
  expect((await eventsOf(rig, id)).map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const { timerAt, seq } = await handle.query<{ timerAt: number | null; seq: number }>('state');
  expect(seq).toBe(8);
  expect(timerAt).not.toBeNull();
});

test('a command of an earlier run is known in the next one and leaves no second event', async () => {
  const id = await startContinuing();
  const early = report('early');
  await send(rig, id, early);
  for (let turn = 0; turn < 4; turn += 1) await send(rig, id, report(`text-${turn}`));
  expect((await failureOf(send(rig, id, early))).type).toBe('AlreadyDone');
  expect(await eventsOf(rig, id)).toHaveLength(6);
});
