import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Command, Json } from '../domain/decider.ts';
import {
  COMMAND_UPDATE,
  REVISE_SIGNAL,
  STATE_QUERY,
  WAKE_SIGNAL,
  type CommandInput,
  type CommandOutcome,
} from './messages.ts';

export const commandUpdate = defineUpdate<CommandOutcome, [CommandInput]>(COMMAND_UPDATE);
export const reviseSignal = defineSignal<[Command]>(REVISE_SIGNAL);
export const wakeSignal = defineSignal(WAKE_SIGNAL);
export const stateQuery = defineQuery<{ seq: number; state: Json; timerAt: number | null }>(STATE_QUERY);
