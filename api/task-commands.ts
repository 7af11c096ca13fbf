import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { missingDepartments, missingFiles, missingOpenTasks } from '../db/queries/references.ts';
import { dropCommandTexts, saveCommandTexts, type CommandText } from '../db/texts.ts';
import type { Json, PaperDecision } from '../domain/decider.ts';
import type { CommandOutcome } from '../workflows/messages.ts';
import type { App } from './app-type.ts';
import { commandId, sendCommand } from './command-client.ts';
import { bodyDigest, idempotencyKey } from './plugins/idempotency.ts';
import { pathOf } from './plugins/errors.ts';
import { Problem } from './problem.ts';
import { absentValue, OFFERED_COMMANDS, type OfferedCommandName } from './task-command-bodies.ts';

type Fields = { [field: string]: Json };

/** `confirmSubItem` quotes the plan itself, whose words are no secret. */
const QUOTES_PLAN: OfferedCommandName[] = ['confirmSubItem'];

/**
 * Gives one command to a task's workflow: its words are sealed first and travel as ids, what it refers to is checked to
 * exist, a refusal takes the words away again.
 */
export async function giveTaskCommand(
  app: App,
  request: FastifyRequest,
  { task, name, body }: { task: string; name: OfferedCommandName; body: Fields },
): Promise<CommandOutcome> {
  const { pool, secretKey, clock, temporal, config } = app.deps;
  const { actor } = request;
  const key = idempotencyKey(request);
  const scope = `${actor.id} ${request.method} ${pathOf(request.url)}`;
  const id = commandId(scope, key);
  const { paper, ...given } = body;
  const payload: Fields = Object.fromEntries(
    Object.entries(OFFERED_COMMANDS[name].fields).map(([field, schema]) => [
      field,
      given[field] ?? absentValue(schema),
    ]),
  );
  await checkReferences(app, task, payload, paper as PaperDecision | undefined);
  const texts: CommandText[] = [];
  const carried = QUOTES_PLAN.includes(name)
    ? payload
    : (withTextIds(payload, (text, at) => {
        const textId = `text-${createHmac('sha256', secretKey).update(`${id}\n${at}\n${text}`).digest('hex').slice(0, 32)}`;
        texts.push({ id: textId, text });
        return textId;
      }) as Fields);
  await saveCommandTexts(pool, app.vault, { entityId: task, commandId: id, by: actor.id, now: clock.now() }, texts);
  const answer = await sendCommand(
    { pool, client: temporal.client, timeoutMs: config.commandTimeoutMs },
    {
      entityId: task,
      name,
      payload: carried,
      actor: { id: actor.id, posts: actor.posts },
      ...(paper === undefined ? {} : { paper: paper as unknown as PaperDecision }),
      scope,
      key,
      bodyHash: bodyDigest(body),
    },
  );
  if (answer.status === 200) return answer.result;
  // Where the outcome is unknown the command may still take effect and needs its words.
  if (answer.status !== 503 && texts.length > 0) await dropCommandTexts(pool, task, id);
  throw new Problem(
    answer.status,
    answer.code,
    answer.detail,
    answer.status === 503 ? { retryAfterSeconds: answer.retryAfterSeconds } : {},
  );
}

/** Replaces every `text` field, however deep, by what `seal` answers. */
function withTextIds(value: Json, seal: (text: string, at: string) => string, at = ''): Json {
  if (Array.isArray(value)) return value.map((inner, index) => withTextIds(inner, seal, `${at}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      field === 'text' && typeof inner === 'string'
        ? seal(inner, `${at}/text`)
        : withTextIds(inner, seal, `${at}/${field}`),
    ]),
  );
}

async function checkReferences(
  app: App,
  task: string,
  payload: Fields,
  paper: PaperDecision | undefined,
): Promise<void> {
  const files = [...strings(payload['evidence']), ...strings(payload['file']), ...strings(paper?.file)];
  const [file] = files.length === 0 ? [] : await missingFiles(app.deps.pool, files);
  if (file !== undefined)
    throw new Problem(422, 'unknown-file', `没有这个文件：${file}，请先上传。`, { field: 'file' });
  const parts = Array.isArray(payload['responsibilities']) ? payload['responsibilities'] : [];
  const departments = [
    ...(payload['outcome'] === 'upheld' ? strings(payload['to']) : []),
    ...parts.flatMap((part) => strings((part as Fields)['department'])),
  ];
  const [department] = departments.length === 0 ? [] : await missingDepartments(app.deps.pool, departments);
  if (department !== undefined) {
    throw new Problem(422, 'unknown-department', `没有这个部门，或已停用：${department}`, { field: 'department' });
  }
  // A task merged into itself, or into one that has ended, would be followed by nobody.
  const targets = payload['phase'] === 'merged' ? strings(payload['into']) : [];
  if (targets.includes(task))
    throw new Problem(422, 'merged-into-itself', '任务不能并入自身，请选择另一项任务。', { field: 'into' });
  const [target] = targets.length === 0 ? [] : await missingOpenTasks(app.deps.pool, targets);
  if (target !== undefined)
    throw new Problem(422, 'unknown-task', `没有这项任务，或已结束，不能并入：${target}`, { field: 'into' });
}

function strings(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  return typeof value === 'string' ? [value] : [];
}
