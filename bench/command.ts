import { countEvents } from './command-parts/event-counts.ts';
import { CLIENTS, median, rate, WORKFLOWS } from './command-parts/rounds.ts';
import { DEPARTMENT, startSystem } from './command-parts/system.ts';
import { allStarted, openTasks } from './command-parts/tasks.ts';

const ROUNDS = 5;
const SECONDS = 8;
const WARM_UP_SECONDS = 6;
const LIMITS = { ratio: 0.5, eventsPerCommand: 6, eventsPerCommandMoving: 8, eventsPerTimer: 7 };

/**
 * What the product adds to a bare Update: HTTP, session, idempotency, deciding twice, the ledger with its read models.
 * Both sides have 32 clients over 100 workflows on the same servers and alternate, so that a busy machine slows both.
 */
export async function run(): Promise<Record<string, unknown>> {
  const system = await startSystem();
  try {
    const tasks = await openTasks(system.pool, WORKFLOWS);
    const bareIds = Array.from({ length: WORKFLOWS }, (_, index) => `bare-${index}`);
    await Promise.all(bareIds.map((id) => system.startBare(id)));
    await allStarted(system.pool);
    let sent = 0;
    const bare = (workflow: number): Promise<void> =>
      system.bareUpdate(bareIds[workflow] ?? '', `update-${(sent += 1)}`);
    const command = (workflow: number): Promise<void> => {
      sent += 1;
      const path = `/api/tasks/${tasks[workflow]?.entity.id}/commands/reportProgress`;
      const body = { department: DEPARTMENT, status: 'normal', text: `进展${sent}`, indicators: [] };
      return system.post(path, `key-${sent}`, body);
    };
    await rate(WARM_UP_SECONDS, bare);
    await rate(WARM_UP_SECONDS, command);
    const bareRates: number[] = [];
    const commandRates: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const b = await rate(SECONDS, bare);
      const c = await rate(SECONDS, command);
      bareRates.push(b);
      commandRates.push(c);
      process.stderr.write(
        `第 ${round} 轮：裸更新 ${b.toFixed(0)}/秒，完整操作 ${c.toFixed(0)}/秒，比 ${(c / b).toFixed(3)}\n`,
      );
    }
    const counts = await countEvents(system);
    const ratio = median(commandRates.map((value, round) => value / (bareRates[round] ?? Infinity)));
    return {
      ratio: Number(ratio.toFixed(3)),
      ...counts,
      limits: LIMITS,
      within:
        ratio >= LIMITS.ratio &&
        counts.eventsPerCommand <= LIMITS.eventsPerCommand &&
        counts.eventsPerCommandMoving <= LIMITS.eventsPerCommandMoving &&
        counts.eventsPerTimer <= LIMITS.eventsPerTimer,
      barePerSecond: Number(median(bareRates).toFixed(1)),
      commandsPerSecond: Number(median(commandRates).toFixed(1)),
      clients: CLIENTS,
      workflows: WORKFLOWS,
      rounds: ROUNDS,
    };
  } finally {
    await system.stop();
  }
}
