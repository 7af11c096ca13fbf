import type { EntityInput } from '../../workflows/messages.ts';
import { startArguments } from '../../activities/start-workflow.ts';
import type { Opening } from '../../db/ledger-types.ts';
import type { Json } from '../../domain/decider.ts';
import { DECIDERS } from '../../domain/deciders.ts';
import { addNaturalDays } from '../../domain/working-time/civil-date.ts';
import { civilDate } from '../../domain/working-time/instants.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { DEPARTMENT, type System } from './system.ts';
import { openTasks, allStarted } from './tasks.ts';

export interface EventCounts {
  /** History events per command that leaves the next instant where it is. */
  eventsPerCommand: number;
  /** Per command that moves it. */
  eventsPerCommandMoving: number;
  /** Per fired timer. */
  eventsPerTimer: number;
}

const TURNS = 10;

/** Counted on the server's own histories, one command after another, so that nothing shares a workflow task. */
export async function countEvents(system: System): Promise<EventCounts> {
  const [task] = await openTasks(system.pool, 1);
  if (task === undefined) throw new Error('no task was opened');
  await allStarted(system.pool);
  const { id } = task.entity;
  const give = (name: string, body: object): Promise<void> =>
    system.post(`/api/tasks/${id}/commands/${name}`, `count-${name}-${(keys += 1)}`, {
      department: DEPARTMENT,
      ...body,
    });
  await give('claim', {});
  const staying = await grown(system, id, async () => {
    for (let turn = 0; turn < TURNS; turn += 1)
      await give('reportProgress', { status: 'normal', text: `第${turn}次`, indicators: [] });
  });
  const to = addNaturalDays(civilDate(Date.now()), 400);
  const moving = await grown(system, id, async () => {
    for (let turn = 0; turn < TURNS; turn += 2) {
      await give('requestExtension', { period: 'once', to, text: '申请延期' });
      await give('withdrawExtension', { period: 'once' });
    }
  });
  return {
    eventsPerCommand: staying / TURNS,
    eventsPerCommandMoving: moving / TURNS,
    eventsPerTimer: await countTimer(system),
  };
}

let keys = 0;

/** One task whose clock stands two seconds before its first instant. */
async function countTimer({ pool, client }: System): Promise<number> {
  const [task] = await openTasks(pool, 1);
  if (task === undefined) throw new Error('no task was opened');
  await pool.query('UPDATE outbox SET done_at = now() WHERE entity_id = $1', [task.entity.id]);
  // The relay may have been quicker; a task of its own clock must not exist twice.
  const { id } = { id: `${task.entity.id}-clock` };
  const state = stateOf(task);
  const due = Math.min(...DECIDERS.task.timers(state).map((timer) => timer.at));
  const from = startArguments({
    entity: task.entity,
    seq: 1,
    state: state as Json,
    clockOffset: due - 2_000 - Date.now(),
  });
  const args: [EntityInput] = [from.args[0] as EntityInput];
  const handle = await client.workflow.start('task', { ...from, args, workflowId: id, taskQueue: TASK_QUEUE });
  for (;;) {
    const { rowCount } = await pool.query('SELECT 1 FROM ledger WHERE entity_id = $1 AND seq > 1', [task.entity.id]);
    if (rowCount) break;
    await pause(200);
  }
  await pause(1_000);
  const { events } = await handle.fetchHistory();
  const at = (events ?? []).findIndex((event) => event.timerFiredEventAttributes);
  if (at < 0) throw new Error('no timer fired');
  return (events ?? []).length - at;
}

function stateOf(opening: Opening): object {
  const [fact] = opening.facts;
  if (fact === undefined) throw new Error('an opening has a fact');
  return DECIDERS.task.evolve(null, { ...fact, seq: 1, at: opening.now, by: opening.by });
}

async function grown({ client }: System, id: string, work: () => Promise<void>): Promise<number> {
  const length = async (): Promise<number> => (await client.workflow.getHandle(id).describe()).historyLength;
  await pause(500);
  const before = await length();
  await work();
  await pause(500);
  return (await length()) - before;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
