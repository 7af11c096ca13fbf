import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { commandStanding } from '../db/queries/command-standing.ts';
import { missingFiles } from '../db/queries/references.ts';
import { dropCommandTexts, saveCommandTexts, type CommandText } from '../db/texts.ts';
import type { Json, PaperDecision } from '../domain/decider.ts';
import type { SheetCommands } from '../domain/sheet/sheet-state.ts';
import type { CommandOutcome } from '../workflows/messages.ts';
import type { App } from './app-type.ts';
import { commandId, sendCommand } from './command-client.ts';
import { pathOf } from './plugins/errors.ts';
import { bodyDigest, idempotencyKey } from './plugins/idempotency.ts';
import { Problem } from './problem.ts';

type Offered = Exclude<keyof SheetCommands, 'reviseCalendar'>;

export interface SheetOrder<N extends Offered> {
  sheet: string;
  name: N;
  /** Makes the payload; `seal` takes a text and gives the id of its sealed row. */
  payload(seal: (text: string) => string): SheetCommands[N];
  paper: PaperDecision | null;
}

/** The id that the request's command has or would have. */
function requested(request: FastifyRequest): { scope: string; key: string; id: string } {
  const key = idempotencyKey(request);
  const scope = `${request.actor.id} ${request.method} ${pathOf(request.url)}`;
  return { scope, key, id: commandId(scope, key) };
}

/** Whether this very request was answered before: then its answer stands, whatever has changed since. */
export async function answeredBefore(app: App, request: FastifyRequest, sheet: string): Promise<boolean> {
  const standing = await commandStanding(app.deps.pool, sheet, requested(request).id);
  return standing.answer !== null;
}

/** Gives one command to a sheet's workflow: words are sealed first and travel as ids; a refusal takes them away again. */
export async function giveSheetCommand<N extends Offered>(
  app: App,
  request: FastifyRequest,
  { sheet, name, payload, paper }: SheetOrder<N>,
): Promise<CommandOutcome> {
  const { pool, secretKey, clock, temporal, config } = app.deps;
  const { actor } = request;
  const { scope, key, id } = requested(request);
  if (paper !== null && (await missingFiles(pool, [paper.file])).length > 0)
    throw new Problem(422, 'unknown-file', `没有这个文件：${paper.file}，请先上传。`, { field: 'paper' });
  const texts: CommandText[] = [];
  const carried = payload((text) => {
    // From the command and the place: the same request again names the same rows.
    const digest = createHmac('sha256', secretKey).update(`${id}\n${texts.length}\n${text}`).digest('hex');
    const textId = `text-${digest.slice(0, 32)}`;
    texts.push({ id: textId, text });
    return textId;
  });
  await saveCommandTexts(pool, app.vault, { entityId: sheet, commandId: id, by: actor.id, now: clock.now() }, texts);
  const answer = await sendCommand(
    { pool, client: temporal.client, timeoutMs: config.commandTimeoutMs },
    {
      entityId: sheet,
      name,
      payload: carried as unknown as Json,
      actor: { id: actor.id, posts: actor.posts },
      ...(paper === null ? {} : { paper }),
      scope,
      key,
      bodyHash: bodyDigest(request.body),
    },
  );
  if (answer.status === 200) return answer.result;
  // Where the outcome is unknown the command may still take effect and needs its words.
  if (answer.status !== 503 && texts.length > 0) await dropCommandTexts(pool, sheet, id);
  throw new Problem(
    answer.status,
    answer.code,
    answer.detail,
    answer.status === 503 ? { retryAfterSeconds: answer.retryAfterSeconds } : {},
  );
}
