import { createHash } from 'node:crypto';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { commandStanding, resultFromLedger, type CommandStanding } from '../db/queries/command-standing.ts';
import type { Queryable } from '../db/pool.ts';
import type { Actor, Json, PaperDecision, Refusal } from '../domain/decider.ts';
import { COMMAND_UPDATE, FAILURES, type CommandInput, type CommandOutcome } from '../workflows/messages.ts';

export interface CommandRequest {
  entityId: string;
  name: string;
  payload: Json;
  actor: Actor;
  paper?: PaperDecision;
  /** Actor and route; with `key` it makes the command's id. */
  scope: string;
  /** The Idempotency-Key. */
  key: string;
  /** Digest of the body that came with the key. */
  bodyHash: string;
}

export interface CommandClientDeps {
  pool: Queryable;
  /** Null while Temporal cannot be reached. */
  client: Client | null;
  /** How long to wait before the outcome is called unknown, in milliseconds. */
  timeoutMs?: number;
}

/** Every way that a command can end, as HTTP has it; `detail` is Chinese and for people. */
export type CommandAnswer =
  | { status: 200; result: CommandOutcome; repeated: boolean }
  | { status: 403 | 404 | 409 | 422 | 500; code: string; detail: string }
  | { status: 503; code: string; detail: string; retryAfterSeconds: number };

const DEFAULT_TIMEOUT_MS = 4_000;

/** The id of command and update: the hash of scope and key, so that the same request is the same command everywhere. */
export function commandId(scope: string, key: string): string {
  return createHash('sha256').update(scope).update('\0').update(key).digest('hex');
}

/**
 * Gives a command to its entity's workflow. The record is asked first: what was answered once is answered from there,
 * whether or not anybody serves the workflow. A command that times out may still take effect: the caller asks again
 * with the same key and is told.
 */
export async function sendCommand(deps: CommandClientDeps, request: CommandRequest): Promise<CommandAnswer> {
  const id = commandId(request.scope, request.key);
  const standing = await commandStanding(deps.pool, request.entityId, id);
  const early = answerFromRecord(standing, request);
  if (early !== null) return early;
  if (deps.client === null) return unavailable('outcome-unknown');
  try {
    const result = await update(deps.client, id, request, deps.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    return { status: 200, result, repeated: false };
  } catch (error) {
    return await answerFromFailure(deps, request, id, error);
  }
}

function answerFromRecord(standing: CommandStanding, request: CommandRequest): CommandAnswer | null {
  const { answer } = standing;
  if (answer !== null) {
    if (answer.entity !== request.entityId || answer.bodyHash !== request.bodyHash) {
      return {
        status: 422,
        code: 'idempotency-key-reused',
        detail: '这个 Idempotency-Key 已用于内容不同的请求，请换一个键。',
      };
    }
    return { status: 200, result: answer.result, repeated: true };
  }
  if (standing.kind === null) return { status: 404, code: 'not-found', detail: '没有这个事项。' };
  if (standing.finished) return finished();
  if (standing.waiting) return unavailable('not-started');
  return null;
}

async function update(
  client: Client,
  id: string,
  { entityId, name, payload, actor, paper, scope, key, bodyHash }: CommandRequest,
  timeoutMs: number,
): Promise<CommandOutcome> {
  const command = { id, name, payload, actor: { id: actor.id, posts: actor.posts } };
  const input: CommandInput = {
    command: paper === undefined ? command : { ...command, paper },
    request: { scope, key, bodyHash },
  };
  const handle = client.workflow.getHandle(entityId);
  return client.withDeadline(Date.now() + timeoutMs, () =>
    handle.executeUpdate<CommandOutcome, [CommandInput]>(COMMAND_UPDATE, { updateId: id, args: [input] }),
  );
}

async function answerFromFailure(
  deps: CommandClientDeps,
  request: CommandRequest,
  id: string,
  error: unknown,
): Promise<CommandAnswer> {
  if (error instanceof WorkflowUpdateFailedError) {
    const failure = error.cause instanceof ApplicationFailure ? error.cause : null;
    switch (failure?.type) {
      case FAILURES.refused: {
        const refusal = failure.details?.[0] as Refusal | undefined;
        return {
          status: refusal?.status ?? 409,
          code: refusal?.code ?? 'refused',
          detail: refusal?.detail ?? failure.message,
        };
      }
      case FAILURES.finished:
        return finished();
      case FAILURES.busy:
        return unavailable('busy');
      case FAILURES.alreadyDone:
        return await answerAgain(deps, request, id);
      default:
        return { status: 500, code: 'command-failed', detail: '操作未能执行，没有任何改动；请联系管理员。' };
    }
  }
  if (error instanceof WorkflowNotFoundError) {
    const standing = await commandStanding(deps.pool, request.entityId, id);
    return answerFromRecord(standing, request) ?? unavailable('not-started');
  }
  // Deadline, a lost connection, a server that sheds load: the command may have arrived.
  if (isGrpcServiceError(error) || error instanceof ServiceError || isTimeout(error))
    return unavailable('outcome-unknown');
  throw error;
}

/** The workflow says that it was recorded before. */
async function answerAgain(deps: CommandClientDeps, request: CommandRequest, id: string): Promise<CommandAnswer> {
  const standing = await commandStanding(deps.pool, request.entityId, id);
  if (standing.answer !== null) return answerFromRecord(standing, request) ?? unavailable('outcome-unknown');
  const result = await resultFromLedger(deps.pool, request.entityId, id);
  return result === null ? unavailable('outcome-unknown') : { status: 200, result, repeated: true };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError';
}

function finished(): CommandAnswer {
  return { status: 409, code: 'finished', detail: '该事项已经结束，不再接受操作。' };
}

function unavailable(code: 'outcome-unknown' | 'not-started' | 'busy'): CommandAnswer {
  const details = {
    'outcome-unknown': '正在确认操作结果，请稍后用同一个 Idempotency-Key 再问。',
    'not-started': '该事项正在启动，请稍后再试。',
    busy: '该事项正忙，请稍后再试。',
  };
  return { status: 503, code, detail: details[code], retryAfterSeconds: 2 };
}
