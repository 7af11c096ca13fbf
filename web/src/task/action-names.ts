import { periodName } from '../wording/task-words.ts';
import { formOf } from './action-forms.ts';
import type { Action, Task } from './task-types.ts';

export function actionKey({ name, department, period, order, item }: Action): string {
  return [name, department, period, order, item].join('/');
}

export function departmentName(task: Task, id: string): string {
  return task.responsibilities.find(({ department }) => department.id === id)?.department.name ?? id;
}

/** The words on an action's button: as short as they can be without two buttons saying the same. */
export function actionLabel(action: Action, task: Task): string {
  const same = task.actions.filter((other) => other.name === action.name);
  const differs = (by: 'department' | 'period' | 'item') => new Set(same.map((other) => other[by])).size > 1;
  const item = task.subItems.find((each) => each.id === action.item);
  const parts = [
    differs('department') && action.department !== null ? departmentName(task, action.department) : null,
    differs('period') && action.period !== null ? periodName(action.period) : null,
    action.name === 'completeSubItem' ? shortened(item?.text ?? '') : null,
  ].filter((part) => part !== null);
  const paper = action.onPaper ? '代录：' : '';
  const { label } = formOf(action);
  return `${paper}${label}${parts.length === 0 ? '' : `（${parts.join('，')}）`}`;
}

function shortened(text: string): string {
  return text.length > 14 ? `${text.slice(0, 13)}…` : text;
}
