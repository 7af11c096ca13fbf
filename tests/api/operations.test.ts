import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BUREAU } from '../../domain/decider.ts';
import type { Person } from './rig/api-rig.ts';
import { seedTasks } from './rig/seed-tasks.ts';
import { startApiWithWorkflows, type WorkflowRig } from './rig/workflow-rig.ts';

let rig: WorkflowRig;
let admin: Person;

beforeAll(async () => {
  rig = await startApiWithWorkflows();
  admin = await rig.signIn({ department: BUREAU, role: 'administrator' });
});
afterAll(() => rig.close());

interface Operations {
  temporal: { address: string; version: string | null; open: Record<string, number> | null };
  outbox: { depth: number };
  notifications: { waiting: number; failed: number };
  calendar: { publishedThrough: number | null };
  ledger: { events: number };
}

async function operations(): Promise<Operations> {
  const answer = await admin.get('/api/operations');
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

test('open workflows are counted on the server, and the shape is exactly what was promised', async () => {
  const before = await operations();
  expect(Object.keys(before).sort()).toEqual(['calendar', 'ledger', 'notifications', 'outbox', 'temporal']);
  expect(Object.keys(before.temporal).sort()).toEqual(['address', 'open', 'version']);
  expect(before.temporal.version).toMatch(/^\d+\.\d+/);
  const open = before.temporal.open?.['task'] ?? Number.NaN;
  await seedTasks(rig, [
    { text: '一', departments: ['dep-a'], due: '2099-06-30' },
    { text: '二', departments: ['dep-a'], due: '2099-06-30' },
  ]);
  // The server's own count follows a moment after the start; other files' workflows may come and go meanwhile.
  await vi.waitFor(
    async () => {
      const now = await operations();
      if (now.outbox.depth !== 0 || (now.temporal.open?.['task'] ?? 0) < open + 2) throw new Error('not started yet');
    },
    { timeout: 30_000, interval: 200 },
  );
  expect((await operations()).ledger.events).toBeGreaterThanOrEqual(2);
});

test('troubles name what is stuck, what failed and what nobody has read', async () => {
  await rig.stopWorker();
  await seedTasks(rig, [{ text: '三', departments: ['dep-lonely'], due: '2099-06-30' }]);
  await rig.pool.query("update outbox set last_error = 'unavailable', attempts = 3 where done_at is null");
  await rig.pool.query(
    "insert into alarms (id, key, kind, data) values ('alarm-1', 'k', 'projection-drifted', '{}'), ('alarm-2', 'k2', 'gone', '{}')",
  );
  await rig.pool.query("update alarms set cleared_at = now() where id = 'alarm-2'");
  await rig.pool.query(
    "insert into deliveries (id, user_id, key, notification_ids, state, last_error) values ('d', $1, 'k', '[]', 'failed', '550')",
    [admin.id],
  );
  const troubles = (await admin.get('/api/operations/troubles')).json();
  expect(troubles.alarms).toMatchObject([{ id: 'alarm-1', kind: 'projection-drifted', times: 1 }]);
  expect(troubles.stuck).toMatchObject([{ op: 'start', attempts: 3, lastError: 'unavailable' }]);
  expect(troubles.failedMails).toMatchObject([{ userName: admin.name, lastError: '550' }]);
  expect(troubles.unread).toContainEqual(
    expect.objectContaining({ department: 'dep-lonely', role: 'coordinator', count: 1, unattended: true }),
  );
  expect(await operations()).toMatchObject({ outbox: { depth: 1 }, notifications: { failed: 1 } });
});
