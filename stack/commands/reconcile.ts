import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { reconcile } from '../../activities/reconcile.ts';
import { openPool } from '../../db/pool.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { findRunningStack } from '../data-directory.ts';
import { clockOffset } from '../domain-clock.ts';

// `npm run -s reconcile [-- --data DIR] [--dry-run]`: compares ledger and Temporal of the running stack, starts again
// what is missing, and says what it did: one JSON object on stdout, sentences on stderr.

interface Places {
  databaseUrl: string;
  temporalAddress: string;
}

async function places(dataDir: string): Promise<Places | undefined> {
  const { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress } = process.env;
  if (databaseUrl && temporalAddress) return { databaseUrl, temporalAddress };
  return findRunningStack(dataDir);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const dataDir = resolve(values.data ?? process.env['BIHUAN_DATA'] ?? '.bihuan');
  const found = await places(dataDir);
  if (found === undefined) {
    process.stderr.write(`${dataDir} 上没有运行中的系统；请先启动，或设置 DATABASE_URL 和 TEMPORAL_ADDRESS。\n`);
    return 1;
  }
  const pool = openPool(found.databaseUrl, { max: 2 });
  const connection = await Connection.connect({ address: found.temporalAddress });
  try {
    const report = await reconcile({
      db: pool,
      client: new Client({ connection, namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default' }),
      taskQueue: TASK_QUEUE,
      clockOffset: await clockOffset(dataDir, undefined),
      dryRun: values['dry-run'] ?? false,
    });
    process.stdout.write(`${JSON.stringify(report)}\n`);
    const done = values['dry-run'] ? '需要重新启动' : '已重新启动';
    process.stderr.write(
      `账上未结 ${report.open} 项，运行中 ${report.running} 项，待投递 ${report.waiting} 项，${done} ${report.restarted.length} 项。\n`,
    );
    for (const { id, was } of report.restarted) process.stderr.write(`${done}：${id}（原状态 ${was}）\n`);
    for (const id of report.completed) process.stderr.write(`工作流已结束而账上未结，请人工核查：${id}\n`);
    for (const id of report.orphans) process.stderr.write(`账上没有或已结的工作流仍在运行：${id}\n`);
    return report.completed.length > 0 ? 2 : 0;
  } finally {
    await connection.close();
    await pool.end();
  }
}

process.exitCode = await main();
