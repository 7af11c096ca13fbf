import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { afterEach, expect, inject, test } from 'vitest';
import { startRelay, type Relay } from '../../activities/relay.ts';
import { orderSignals, outboxDepth } from '../../db/outbox.ts';
import { SYSTEM, type Json } from '../../domain/decider.ts';
import { makeCalendar } from '../../domain/working-time/calendar.ts';
import { publishedSeedYears } from '../../domain/working-time/published-years.ts';
import { REVISE_SIGNAL } from '../../workflows/messages.ts';
import { eventsOf, open, send, startRig, until, type EntityRig } from '../workflows/entity-rig.ts';
import { report, taskOpening } from '../workflows/task-samples.ts';

/** Stands between relay and server, so that a test can take the server away and bring it back. */
class Gate {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #open = true;

  constructor(target: string) {
    const [host = '', port = ''] = target.split(':');
    this.#server = createServer((socket) => {
      if (!this.#open) {
        socket.destroy();
        return;
      }
      const onward = new Socket();
      for (const each of [socket, onward]) {
        this.#sockets.add(each);
        each.on('error', () => each.destroy());
        each.on('close', () => this.#sockets.delete(each));
      }
      onward.connect(Number(port), host);
      socket.pipe(onward).pipe(socket);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  shut(): void {
    this.#open = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  reopen(): void {
    this.#open = true;
  }

  async close(): Promise<void> {
    this.shut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanups.splice(0).toReversed()) await step();
});

async function rigWithoutRelay(): Promise<EntityRig> {
  const rig = await startRig();
  cleanups.push(() => rig.stop());
  await rig.relay.stop();
  return rig;
}

function relayOf(rig: EntityRig, client = rig.client): Relay {
  const { pool, taskQueue } = rig;
  return startRelay({ pool, client: client.workflow, taskQueue, clockOffset: 0, pollMs: 200 });
}

async function drained(rig: EntityRig): Promise<true> {
  return until(async () => ((await outboxDepth(rig.pool)).depth === 0 ? true : undefined));
}

test('what was opened while Temporal was away starts when it is back', async () => {
  const rig = await rigWithoutRelay();
  const gate = new Gate(inject('temporalAddress'));
  const address = await gate.listen();
  cleanups.push(() => gate.close());
  const connection = await Connection.connect({ address });
  cleanups.push(() => connection.close());
  gate.shut();
  const relay = relayOf(rig, new Client({ connection }));
  cleanups.push(() => relay.stop());
  const openings = [taskOpening(), taskOpening(), taskOpening()];
  await open(rig, ...openings);
  const failed = await until(async () => {
    const { rows } = await rig.pool.query<{ last_error: string }>('SELECT last_error FROM outbox WHERE attempts > 1');
    return rows[0];
  });
  expect(failed.last_error).not.toBe('');
  expect(await outboxDepth(rig.pool)).toMatchObject({ depth: 3 });
  gate.reopen();
  await drained(rig);
  for (const { entity } of openings) expect(await send(rig, entity.id, report())).toMatchObject({ seq: 2 });
});

test('a workflow that was started already counts as started, and only one runs', async () => {
  const rig = await rigWithoutRelay();
  const opening = taskOpening();
  await open(rig, opening);
  const first = relayOf(rig);
  await drained(rig);
  await first.stop();
  const { runId } = await rig.client.workflow.getHandle(opening.entity.id).describe();
  await rig.pool.query('UPDATE outbox SET done_at = NULL, next_attempt_at = now()');
  const second = relayOf(rig);
  cleanups.push(() => second.stop());
  await drained(rig);
  expect((await rig.client.workflow.getHandle(opening.entity.id).describe()).runId).toBe(runId);
});

test('two relays at once deliver each order once', async () => {
  const rig = await rigWithoutRelay();
  const openings = Array.from({ length: 20 }, () => taskOpening());
  await open(rig, ...openings);
  const relays = [relayOf(rig), relayOf(rig)];
  cleanups.push(() => Promise.all(relays.map((relay) => relay.stop())));
  await drained(rig);
  const { rows } = await rig.pool.query<{ attempts: number }>('SELECT DISTINCT attempts FROM outbox');
  expect(rows).toEqual([{ attempts: 1 }]);
});

test('a signal ordered together with the start never overtakes it, and its command is recorded once', async () => {
  const rig = await rigWithoutRelay();
  const opening = taskOpening();
  const { id } = opening.entity;
  await open(rig, opening);
  const calendar = { ...makeCalendar(publishedSeedYears(), 1), version: 2 };
  const payload = { calendar, reason: 'text-1' } as unknown as Json;
  const command = { id: 'calendar-2', name: 'reviseCalendar', payload, actor: SYSTEM } as unknown as Json;
  await orderSignals(rig.pool, [id], REVISE_SIGNAL, [command]);
  await orderSignals(rig.pool, [id], REVISE_SIGNAL, [command]);
  const relay = relayOf(rig);
  cleanups.push(() => relay.stop());
  await drained(rig);
  expect(await send(rig, id, report())).toMatchObject({ seq: 3 });
  expect((await eventsOf(rig, id)).map((event) => event.type)).toEqual([
    'TaskAssigned',
    'CalendarRevised',
    'ProgressReported',
  ]);
});
