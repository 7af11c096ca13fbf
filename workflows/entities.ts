import { DECIDERS } from '../domain/deciders.ts';
import { interpret } from './interpreter.ts';
import type { EntityInput } from './messages.ts';

/** One action-plan task. */
export async function task(input: EntityInput): Promise<void> {
  await interpret(DECIDERS.task, input);
}

/** One department's monthly sheets (月报) of one plan. */
export async function sheet(input: EntityInput): Promise<void> {
  await interpret(DECIDERS.sheet, input);
}

/** One evaluation of a plan. */
export async function evaluation(input: EntityInput): Promise<void> {
  await interpret(DECIDERS.evaluation, input);
}
