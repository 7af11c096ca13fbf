import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/ids.ts';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';

let rig: ApiRig;
let person: Person;
let port: number;

beforeAll(async () => {
  rig = await startApi();
  person = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = rig.app.server.address() as AddressInfo);
});
afterAll(() => rig.close());

/** An open stream, and a wait for the next event that fits. */
async function open(): Promise<{
  next(pattern: RegExp): Promise<string>;
  ended: Promise<void>;
  headers: IncomingMessage['headers'];
}> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/api/events', headers: { cookie: person.cookie } }, resolve).on(
      'error',
      reject,
    );
  });
  let text = '';
  let wake: (() => void) | null = null;
  response.on('data', (piece: Buffer) => {
    text += piece.toString('utf8');
    wake?.();
  });
  const ended = new Promise<void>((resolve) => {
    response.on('end', resolve);
  });
  return {
    headers: response.headers,
    ended,
    async next(pattern) {
      for (;;) {
        const match = pattern.exec(text);
        if (match !== null) {
          text = text.slice(match.index + match[0].length);
          return match[0];
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

test('a page hears how many notices wait, then of new ones and of changed tasks, once each', async () => {
  const stream = await open();
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(await stream.next(/event: inbox\ndata: .*\n/)).toContain('{"unread":0}');
  const { tasks } = await seedTasks(rig, [{ text: '任务', departments: ['dep-a'], due: '2025-06-30' }]);
  expect(await stream.next(/event: tasks\ndata: .*\n/)).toContain(tasks[0]);
  // The task's assignment is a notice to its coordinator.
  expect(await stream.next(/event: inbox\ndata: .*\n/)).toContain('{"unread":1}');
  rig.clock.at += 1000;
  await rig.pool.query(
    `insert into notifications (id, key, to_department, to_role, kind, data, due_at, at, entity_id)
     values ($1, $1, 'dep-a', 'coordinator', 'reminder', '{}', $2, $2, $3)`,
    [newId('notice'), rig.clock.at, tasks[0]],
  );
  expect(await stream.next(/event: (?:tasks|inbox)\ndata: .*\n/)).toContain('{"unread":2}');
});

test('closing the application ends open streams instead of waiting for them', async () => {
  const stream = await open();
  await stream.next(/event: inbox/);
  await rig.app.close();
  await stream.ended;
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow(/fetch failed/);
});
