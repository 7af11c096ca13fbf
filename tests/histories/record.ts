import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../../activities/activities.ts';
import { startArguments } from '../../activities/start-workflow.ts';
import { startWorker } from '../../activities/worker.ts';
import { newEntityId } from '../../db/ids.ts';
import { createLedger, recordOpenings } from '../../db/ledger.ts';
import type { Opening } from '../../db/ledger-types.ts';
import { migrate } from '../../db/migrate.ts';
import { inTransaction, openPool } from '../../db/pool.ts';
import { BUREAU, SYSTEM, type Actor, type Command, type Json } from '../../domain/decider.ts';
import { DECIDERS } from '../../domain/deciders.ts';
import { DEFAULT_POLICY } from '../../domain/policy/default-policy.ts';
import { makeCalendar } from '../../domain/working-time/calendar.ts';
import { publishedSeedYears } from '../../domain/working-time/published-years.ts';
import { COMMAND_UPDATE, REVISE_SIGNAL, type EntityInput } from '../../workflows/messages.ts';
import { DEPARTMENT, HEAD, report, taskCommand, taskOpening } from '../workflows/task-samples.ts';

// Records histories that every later version must replay, under the version that made them:
//   DATABASE_URL=… TEMPORAL_ADDRESS=… node tests/histories/record.ts --version 0.1.0
// Recorded once per release and never edited: a change that cannot replay them needs a patch in the workflow.

const { version } = parseArgs({ options: { version: { type: 'string' } } }).values;
const databaseUrl = process.env['DATABASE_URL'];
const address = process.env['TEMPORAL_ADDRESS'];
if (version === undefined || databaseUrl === undefined || address === undefined)
  throw new Error('DATABASE_URL, TEMPORAL_ADDRESS and --version are needed');

await migrate(databaseUrl);
const pool = openPool(databaseUrl);
const none = async () => null;
const jobs = { sendDigests: none, watch: none, checkHorizon: none, anchorHeads: none, sweep: none };
const native = await NativeConnection.connect({ address });
const connection = await Connection.connect({ address });
const client = new Client({ connection });
const taskQueue = `record-${process.pid}`;
const activities = createActivities({ pool, ledger: createLedger({ pool }), jobs });
const worker = await startWorker({ connection: native, taskQueue, activities });
const folder = join(import.meta.dirname, version);
mkdirSync(folder, { recursive: true });

/** Starts as the relay does; `at` sets the domain's clock to that instant at the start. */
async function begin(opening: Opening, more: Partial<EntityInput> & { at?: number } = {}): Promise<WorkflowHandle> {
  await inTransaction(pool, (transaction) => recordOpenings(transaction, [opening]));
  await pool.query('UPDATE outbox SET done_at = now() WHERE entity_id = $1', [opening.entity.id]);
  const { rows } = await pool.query<{ state: Json }>('SELECT state FROM entities WHERE id = $1', [opening.entity.id]);
  const { at, ...hooks } = more;
  const clockOffset = at === undefined ? 0 : at - Date.now();
  const from = startArguments({ entity: opening.entity, seq: 1, state: rows[0]?.state ?? null, clockOffset });
  const args = [{ ...(from.args[0] as EntityInput), ...hooks }];
  return client.workflow.start(opening.entity.kind, { ...from, args, taskQueue });
}

async function give(handle: WorkflowHandle, command: Command): Promise<void> {
  const input = { command, request: { scope: 'record', key: command.id, bodyHash: 'b' } };
  await handle.executeUpdate(COMMAND_UPDATE, { updateId: command.id, args: [input] });
}

async function save(name: string, handle: WorkflowHandle): Promise<void> {
  writeFileSync(join(folder, `${name}.json`), `${historyToJSON(await handle.fetchHistory())}\n`);
  process.stderr.write(`${name}\n`);
}

async function reaches(id: string, type: string): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query('SELECT 1 FROM ledger WHERE entity_id = $1 AND type = $2', [id, type]);
    if (rowCount) break;
    await pause(200);
  }
  await pause(1_500);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function firstInstant(opening: Opening): number {
  const [fact] = opening.facts;
  if (fact === undefined) throw new Error('an opening has a fact');
  const decider = DECIDERS[opening.entity.kind];
  const state = decider.evolve(null, { ...fact, seq: 1, at: opening.now, by: opening.by });
  return Math.min(...decider.timers(state).map((timer) => timer.at));
}

const OFFICE: Actor = { id: 'user-3', posts: [{ department: BUREAU, role: 'supervising-office' }] };
const period = 'once';
const calendar = makeCalendar(publishedSeedYears(), 1);

async function closedTask(): Promise<void> {
  const handle = await begin(taskOpening());
  const department = DEPARTMENT;
  await give(handle, taskCommand('claim', { department }));
  await give(handle, taskCommand('breakDown', { department, text: 't1', measures: 2, milestones: [{ on: '2027-03-31', text: 't2' }] }));
  await give(handle, report('t3'));
  await give(handle, taskCommand('submit', { department, period, completedOn: null, text: 't4', evidence: ['file-1'] }));
  await give(handle, taskCommand('rejectSubmission', { department, period, text: 't5' }, HEAD));
  await give(handle, taskCommand('submit', { department, period, completedOn: null, text: 't6', evidence: ['file-1'] }));
  await give(handle, taskCommand('approveSubmission', { department, period }, HEAD));
  await save('task-submitted', handle);
  const runId = (await handle.describe()).runId;
  await give(handle, taskCommand('verify', { department, period, completedOn: null }, OFFICE));
  await pause(1_500);
  await save('task-closed', client.workflow.getHandle(handle.workflowId, runId));
  await save('task-closed-continued', client.workflow.getHandle(handle.workflowId));
}

async function commandsAtOnce(): Promise<void> {
  const handle = await begin(taskOpening());
  const claims = [1, 2].map(() => give(handle, taskCommand('claim', { department: DEPARTMENT })));
  await Promise.allSettled([...claims, ...Array.from({ length: 6 }, (_, turn) => give(handle, report(`t${turn}`)))]);
  await save('task-commands-at-once', handle);
}

async function firedTimer(): Promise<void> {
  const opening = taskOpening();
  const handle = await begin(opening, { at: firstInstant(opening) - 1_500 });
  await reaches(opening.entity.id, 'RungsFired');
  await give(handle, report());
  await save('task-timer', handle);
}

async function revisedCalendar(): Promise<void> {
  const opening = taskOpening();
  const handle = await begin(opening);
  const payload = { calendar: { ...calendar, version: 2 }, reason: 'text-9' } as unknown as Json;
  await handle.signal(REVISE_SIGNAL, { id: 'calendar-2', name: 'reviseCalendar', payload, actor: SYSTEM });
  await reaches(opening.entity.id, 'CalendarRevised');
  await save('task-calendar', handle);
}

async function continued(): Promise<void> {
  const handle = await begin(taskOpening(), { continueAfter: 2 });
  const first = (await handle.describe()).runId;
  for (let turn = 0; turn < 3; turn += 1) await give(client.workflow.getHandle(handle.workflowId), report(`t${turn}`));
  await pause(1_000);
  await save('task-continued-first', client.workflow.getHandle(handle.workflowId, first));
  await save('task-continued-second', client.workflow.getHandle(handle.workflowId));
}

async function sheetAsked(): Promise<void> {
  const id = newEntityId('sheet');
  const data = {
    id,
    plan: 'plan-1',
    department: DEPARTMENT,
    goLive: '2026-11-20',
    calendar,
    policy: DEFAULT_POLICY,
    handover: { assigned: 1, beforeIssue: 0, beforeGoLive: 0, declaredDone: 0 },
    entry: null,
  };
  const now = Date.parse('2026-11-20T08:00:00+08:00');
  const opening: Opening = { entity: { kind: 'sheet', id }, facts: [{ type: 'SheetOpened', data }], by: 'user-0', now };
  await inTransaction(pool, (transaction) => recordOpenings(transaction, [taskOpening({}, now)]));
  const handle = await begin(opening, { at: firstInstant(opening) - 1_500 });
  await reaches(id, 'SheetRequested');
  await save('sheet-asked', handle);
}

async function evaluationTold(): Promise<void> {
  const id = newEntityId('evaluation');
  const data = {
    id,
    plan: 'plan-1',
    evaluation: 'mid-term',
    dueOn: '2027-03-31',
    goLive: '2026-11-20',
    departments: [DEPARTMENT],
    calendar,
    policy: DEFAULT_POLICY,
  };
  const now = Date.parse('2026-11-20T08:00:00+08:00');
  const fact = { type: 'EvaluationOpened', data };
  const opening: Opening = { entity: { kind: 'evaluation', id }, facts: [fact], by: 'user-0', now };
  const handle = await begin(opening, { at: firstInstant(opening) - 1_500 });
  await reaches(id, 'EvaluationStageReached');
  await save('evaluation-told', handle);
}

await closedTask();
await commandsAtOnce();
await firedTimer();
await revisedCalendar();
await continued();
await sheetAsked();
await evaluationTold();
await worker.stop();
await connection.close();
await native.close();
await pool.end();
