import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepExpired } from '../../db/queries/expired.ts';
import { BUREAU } from '../../domain/decider.ts';
import { startApi, type ApiRig } from './rig/api-rig.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApi();
});
afterAll(() => rig.close());

async function counts(): Promise<Record<string, number>> {
  const { rows } = await rig.pool.query<Record<string, number>>(
    `select (select count(*) from sessions)::int as sessions, (select count(*) from http_results)::int as answers,
       (select count(*) from login_failures)::int as failures, (select count(*) from setup_tokens)::int as links`,
  );
  return rows[0] ?? {};
}

test('what has served its time goes, and nothing before', async () => {
  const admin = await rig.signIn({ department: BUREAU, role: 'administrator' });
  await admin.send('POST', '/api/users', { name: '受邀者', posts: [] });
  await rig.app.inject({ method: 'POST', url: '/api/session', payload: { name: '受邀者', password: 'wrong' } });
  const all = { sessions: 1, answers: 1, failures: 2, links: 1 };
  expect(await counts()).toEqual(all);
  await sweepExpired(rig.pool, rig.wallClock.at);
  expect(await counts()).toEqual(all);
  const day = 24 * 3_600_000;
  await sweepExpired(rig.pool, rig.wallClock.at + 8 * day);
  expect(await counts()).toEqual({ sessions: 0, answers: 1, failures: 0, links: 0 });
  await sweepExpired(rig.pool, rig.wallClock.at + 31 * day);
  expect(await counts()).toEqual({ sessions: 0, answers: 0, failures: 0, links: 0 });
});
