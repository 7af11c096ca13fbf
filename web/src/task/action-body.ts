import { formOf } from './action-forms.ts';
import type { Action, Task } from './task-types.ts';

export type Values = Record<string, unknown>;

/** The command's body from what stands in the form. Fields that were left empty are left out. */
export function actionBody(action: Action, values: Values): Values {
  const { about, fields } = formOf(action);
  const body: Values = {};
  for (const name of about) {
    if (action.name === 'changePhase') body['phase'] = action.item;
    else if (action[name] !== null) body[name] = action[name];
  }
  const { decidedBy, decidedOn, scan, chosen: _chosen, indicators, ...given } = values;
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== null && value !== '') body[name] = value;
  }
  // A single file is kept as a list by the input that sends it.
  if (Array.isArray(body['file'])) body['file'] = (body['file'] as string[])[0];
  if (fields.some((field) => field.kind === 'breakdown')) body['milestones'] ??= [];
  if (fields.some((field) => field.kind === 'indicators')) body['indicators'] = indicatorValues(indicators);
  if (action.name === 'confirmSubItem') body['soft'] = values['soft'] === true;
  if (action.onPaper) body['paper'] = { decidedBy, decidedOn, file: (scan as string[] | undefined)?.[0] };
  return body;
}

function indicatorValues(given: unknown): { id: string; value: number }[] {
  return Object.entries((given ?? {}) as Record<string, number | null>).flatMap(([id, value]) =>
    value === null || value === undefined ? [] : [{ id, value }],
  );
}

/** What a form starts with. */
export function startValues(action: Action, task: Task, today: string): Values {
  switch (action.name) {
    case 'changeDepartments':
      return {
        responsibilities: task.responsibilities.map(({ department, part }) => ({ department: department.id, part })),
      };
    case 'completeSubItem':
      return { on: today };
    case 'reportProgress':
      return { status: 'normal' };
    case 'breakDown':
      return { milestones: [] };
    default:
      return {};
  }
}
