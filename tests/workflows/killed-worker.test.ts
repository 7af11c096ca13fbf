import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, inject, test } from 'vitest';
import { verifyChain } from '../../db/chain.ts';
import { DECIDERS } from '../../domain/deciders.ts';
import type { Opening } from '../../db/ledger-types.ts';
import { eventsOf, open, send, startRig, until, type EntityRig } from './entity-rig.ts';
import { DEPARTMENT, report, taskCommand, taskOpening } from './task-samples.ts';

/**
 * The point that wedges naive designs: the ledger has committed, the worker dies before the workflow hears of it, so the
 * ledger knows more than the workflow. Whoever replays must catch up: nothing twice, nothing stuck.
 */
let rig: EntityRig | undefined;
let child: ChildProcess | undefined;
afterEach(async () => {
  child?.kill('SIGKILL');
  await rig?.stop();
});

async function startDoomedWorker(of: EntityRig, killAfter: string): Promise<{ died: Promise<NodeJS.Signals | null> }> {
  const program = join(import.meta.dirname, 'programs/killed-worker.ts');
  const started = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: of.databaseUrl,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TASK_QUEUE: of.taskQueue,
      KILL_AFTER: killAfter,
    },
  });
  child = started;
  const died = new Promise<NodeJS.Signals | null>((resolve) =>
    started.once('exit', (_code, signal) => resolve(signal)),
  );
  await new Promise<void>((resolve) => started.stdout.once('data', () => resolve()));
  return { died };
}

/** The earliest instant at which the opened task has something due. */
function firstInstant(opening: Opening): number {
  const [fact] = opening.facts;
  if (fact === undefined) throw new Error('an opening has a fact');
  const state = DECIDERS.task.evolve(null, { ...fact, seq: 1, at: opening.now, by: opening.by });
  return Math.min(...DECIDERS.task.timers(state).map((timer) => timer.at));
}

test('killed between the commit of a command and its answer', { timeout: 90_000 }, async () => {
  rig = await startRig({ worker: false });
  const { died } = await startDoomedWorker(rig, 'TaskClaimed');
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(rig, opening);
  const command = taskCommand('claim', { department: DEPARTMENT });
  const answer = send(rig, id, command);
  expect(await died).toBe('SIGKILL');
  expect((await eventsOf(rig, id)).map((event) => event.type)).toEqual(['TaskAssigned', 'TaskClaimed']);
  await rig.startWorker();
  expect(await answer).toMatchObject({ seq: 2, events: ['TaskClaimed'] });
  expect(await send(rig, id, report())).toMatchObject({ seq: 3 });
  expect((await eventsOf(rig, id)).map((event) => event.type)).toEqual([
    'TaskAssigned',
    'TaskClaimed',
    'ProgressReported',
  ]);
  expect(await verifyChain(rig.pool, id)).toBeNull();
});

test('killed between the commit of a fired timer and its answer', { timeout: 90_000 }, async () => {
  const opening = taskOpening();
  const { id } = opening.entity;
  const due = firstInstant(opening);
  const kind = 'RungsFired';
  rig = await startRig({ worker: false, clockOffset: due - 4_000 - Date.now() });
  const { died } = await startDoomedWorker(rig, kind);
  await open(rig, opening);
  expect(await died).toBe('SIGKILL');
  const written = await eventsOf(rig, id);
  expect(written.map((event) => event.type)).toContain(kind);
  const notices = async () =>
    (await rig?.pool.query('SELECT key FROM notifications WHERE entity_id = $1 ORDER BY key', [id]))?.rows;
  const sent = await notices();
  await rig.startWorker();
  const caughtUp = await until(async () => {
    const state = await rig?.client.workflow.getHandle(id).query<{ seq: number }>('state');
    return state?.seq === written.length ? state : undefined;
  });
  expect(caughtUp.seq).toBe(written.length);
  expect(await eventsOf(rig, id)).toEqual(written);
  expect(await notices()).toEqual(sent);
  expect(await send(rig, id, report())).toMatchObject({ seq: written.length + 1 });
  expect(await verifyChain(rig.pool, id)).toBeNull();
});
