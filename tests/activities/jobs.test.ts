import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobs } from '../../activities/jobs.ts';
import type { ScheduledJobs } from '../../activities/activities.ts';
import { ensureSchedules } from '../../activities/schedules.ts';
import { open, startRig, type EntityRig } from '../workflows/entity-rig.ts';
import { DEPARTMENT, taskOpening } from '../workflows/task-samples.ts';

let rig: EntityRig;
let jobs: ScheduledJobs;
beforeAll(async () => {
  rig = await startRig();
  const mail = { smtpUrl: null, from: 'bihuan@example.org', baseUrl: 'http://localhost:3000' };
  jobs = createJobs({ pool: rig.pool, client: rig.client, now: Date.now, mail });
});
afterAll(() => rig.stop());

async function standing(): Promise<string[]> {
  const { rows } = await rig.pool.query<{ kind: string }>(
    'SELECT kind FROM alarms WHERE cleared_at IS NULL ORDER BY kind',
  );
  return rows.map((row) => row.kind);
}

test('an outbox that does not drain, failed mail and an unpublished calendar alarm until they are over', async () => {
  await rig.relay.stop();
  const opening = taskOpening();
  await open(rig, opening);
  await rig.pool.query(`UPDATE outbox SET created_at = now() - interval '1 hour'`);
  await rig.pool.query(
    `INSERT INTO deliveries (id, user_id, key, notification_ids, state) VALUES ('d', 'u', 'k', '[]', 'failed')`,
  );
  await jobs.watch();
  await jobs.checkHorizon();
  expect(await standing()).toEqual(['calendar-horizon', 'mail-failed', 'outbox-stuck']);
  await rig.pool.query('UPDATE outbox SET done_at = now()');
  await rig.pool.query('DELETE FROM deliveries');
  await jobs.watch();
  expect(await standing()).toEqual(['calendar-horizon']);
});

test('a department that joined a running task owes a monthly sheet from then on, and is opened one once', async () => {
  const opening = taskOpening();
  await open(rig, opening);
  await jobs.watch();
  await jobs.watch();
  const { rows } = await rig.pool.query<{ department: string; notices: number }>(
    `SELECT state ->> 'department' AS department,
       (SELECT count(*)::int FROM notifications n WHERE n.entity_id = e.id) AS notices
     FROM entities e WHERE kind = 'sheet'`,
  );
  expect(rows).toEqual([{ department: DEPARTMENT, notices: 0 }]);
});

test('the sweep keeps answers for thirty days', async () => {
  await rig.pool.query(
    `INSERT INTO commands (id, entity_id, body_hash, result, recorded_at) VALUES
      ('old', 'e', 'b', '{}', now() - interval '31 days'), ('new', 'e', 'b', '{}', now() - interval '29 days')`,
  );
  expect(await jobs.sweep()).toMatchObject({ commands: 1 });
  const { rows } = await rig.pool.query('SELECT id FROM commands');
  expect(rows).toEqual([{ id: 'new' }]);
});

test('the schedules exist once, catch up ten minutes at most and never overlap; an old setting is brought up to date', async () => {
  const handle = rig.client.schedule.getHandle('bihuan-digest');
  await ensureSchedules(rig.client, rig.taskQueue);
  await handle.update((known) => ({ ...known, policies: { ...known.policies, catchupWindow: '300 days' } }));
  await ensureSchedules(rig.client, rig.taskQueue);
  const { policies, action } = await handle.describe();
  expect(policies).toMatchObject({ catchupWindow: 600_000, overlap: 'SKIP' });
  expect(action).toMatchObject({ workflowType: 'digest', taskQueue: rig.taskQueue });
  for await (const { scheduleId } of rig.client.schedule.list()) {
    if (scheduleId.startsWith('bihuan-')) await rig.client.schedule.getHandle(scheduleId).delete();
  }
});

test('a scheduled workflow runs its job', async () => {
  const result = await rig.client.workflow.execute('anchor', {
    workflowId: `anchor-${rig.taskQueue}`,
    taskQueue: rig.taskQueue,
    args: [],
  });
  expect(result).toEqual({ anchored: null, swept: null });
  const day = await jobs.anchorHeads();
  expect(day).toMatchObject({ broken: 0 });
});
