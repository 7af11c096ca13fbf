import { afterEach, expect, test } from 'vitest';
import type { RecordReply, RecordRequest } from '../../workflows/activity-types.ts';
import type { EntityInput } from '../../workflows/messages.ts';
import { eventsOf, failureOf, open, send, startRig, until, type EntityRig } from './entity-rig.ts';
import { report, taskOpening } from './task-samples.ts';

let rig: EntityRig | undefined;
afterEach(() => rig?.stop());

test('while the database is away commands wait or are told to come back, and nothing is lost or doubled', async () => {
  const running = (rig = await startRig({ worker: false }));
  let away = true;
  let attempts = 0;
  await running.startWorker({
    async record(request: RecordRequest): Promise<RecordReply> {
      attempts += 1;
      if (away) throw new Error('connection refused');
      return running.activities.record(request);
    },
  });
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(running, opening);
  const first = send(running, id, report('first'));
  await until(async () => (attempts > 3 ? true : undefined));
  const refused = await until(async () => {
    const outcome = failureOf(send(running, id, report('second')));
    const settled = await Promise.race([outcome, first, new Promise((resolve) => setTimeout(resolve, 2_000, 'waits'))]);
    return typeof settled === 'object' && settled !== null && 'type' in settled ? settled : undefined;
  });
  expect(refused).toMatchObject({ type: 'Busy' });
  away = false;
  expect(await first).toMatchObject({ seq: 2 });
  const last = await until(async () => send(running, id, report('third')).catch(() => undefined));
  const events = await eventsOf(running, id);
  expect(last.seq).toBe(events.length);
  expect(new Set(events.map((event) => event.command_id)).size).toBe(events.length);
});

test('a state that the rules choke on fails the command and not the workflow', async () => {
  const running = (rig = await startRig());
  const { workflow } = running.client;
  const id = `task-damaged-${running.taskQueue}`;
  const input: EntityInput = { entity: { kind: 'task', id }, seq: 1, state: {}, clockOffset: 0, recent: [] };
  await workflow.start('task', { workflowId: id, taskQueue: running.taskQueue, args: [input] });
  const sent = (await failureOf(send(running, id, report()))).type;
  expect(['Broken', 'Refused']).toContain(sent);
  const state = await workflow.getHandle(id).query<{ seq: number }>('state');
  expect(state.seq).toBe(1);
  await workflow.getHandle(id).terminate('test');
});
