import type { Client } from '@temporalio/client';
import { drizzle } from 'drizzle-orm/node-postgres';
import { clearAlarm, raiseAlarm } from '../db/alarms.ts';
import { brokenAnchors, writeAnchor } from '../db/anchors.ts';
import { lastYearOf, loadCalendar } from '../db/calendars.ts';
import { outboxDepth, sweepOutbox } from '../db/outbox.ts';
import { openMissingSheets } from '../db/plans/open-missing-sheets.ts';
import type { Pool } from '../db/pool.ts';
import { sweepTexts } from '../db/texts.ts';
import { ENTITY_KINDS, type Json } from '../domain/decider.ts';
import { horizonAlarm } from '../domain/working-time/horizon.ts';
import { addNaturalDays } from '../domain/working-time/civil-date.ts';
import { civilDate } from '../domain/working-time/instants.ts';
import type { ScheduledJobs } from './activities.ts';
import { sendMails, type MailOptions } from './mail.ts';

export interface JobOptions {
  pool: Pool;
  client: Client;
  /** The domain's clock, in milliseconds. */
  now: () => number;
  mail: Omit<MailOptions, 'pool' | 'now'>;
}

/** An outbox that has not drained for this long is stuck. */
const STUCK_SECONDS = 300;
/** Texts whose command was refused or never came are kept this long. */
const DAY_MS = 24 * 3_600_000;

/** What the schedules run. Every job is repeatable and says what it did. */
export function createJobs({ pool, client, now, mail }: JobOptions): ScheduledJobs {
  async function alarmIf(wrong: boolean, key: string, data: Json): Promise<void> {
    if (wrong) await raiseAlarm(pool, { key, kind: key, entityId: null, data });
    else await clearAlarm(pool, key);
  }

  return {
    sendDigests: async () => ({ ...(await sendMails({ pool, now, ...mail })) }),

    async watch() {
      const sheets = await openMissingSheets(pool, now());
      const { depth, oldestSeconds } = await outboxDepth(pool);
      await alarmIf(oldestSeconds > STUCK_SECONDS, 'outbox-stuck', { depth, oldestSeconds: Math.round(oldestSeconds) });
      const { rows } = await pool.query<{ failed: number; open: number }>(
        `SELECT (SELECT count(*) FROM deliveries WHERE state = 'failed')::int AS failed,
           (SELECT count(*) FROM entities e WHERE finished_at IS NULL AND started_at < now() - interval '2 minutes')::int AS open`,
      );
      const { failed, open } = rows[0] ?? { failed: 0, open: 0 };
      await alarmIf(failed > 0, 'mail-failed', { failed });
      const kinds = ENTITY_KINDS.map((kind) => `'${kind}'`).join(', ');
      const { count: running } = await client.workflow.count(
        `ExecutionStatus = 'Running' AND WorkflowType IN (${kinds})`,
      );
      await alarmIf(running < open, 'workflows-missing', { open, running });
      return { depth, failed, open, running, sheets };
    },

    async checkHorizon() {
      const calendar = await loadCalendar(drizzle(pool), { through: lastYearOf(now(), []) });
      const { alarm, message, publishedThrough } = horizonAlarm(calendar, civilDate(now()));
      await alarmIf(alarm, 'calendar-horizon', { message, publishedThrough });
      return { alarm, publishedThrough };
    },

    async anchorHeads() {
      const day = addNaturalDays(civilDate(now()), -1);
      const { heads, hash } = await writeAnchor(pool, day);
      const broken = await brokenAnchors(pool, 7);
      await alarmIf(broken.length > 0, 'ledger-rewritten', { days: broken });
      return { day, heads, hash, broken: broken.length };
    },

    async sweep() {
      const { rowCount } = await pool.query(`DELETE FROM commands WHERE recorded_at < now() - interval '30 days'`);
      const texts = await sweepTexts(pool, now() - DAY_MS);
      return { commands: rowCount ?? 0, outbox: await sweepOutbox(pool), texts };
    },
  };
}
