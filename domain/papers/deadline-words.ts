import type { Period, TaskState } from '../task/task-state.ts';
import { dateText } from '../wording.ts';

/** Few enough periods to name every date. */
const MOST_NAMED = 4;

/**
 * A task's deadline in the words of a paper. Keeps apart what has a clock, what must be entered afterwards, what must be
 * proved, and what has no date (DOMAIN 2, "Deadlines").
 */
export function deadlineWords(task: TaskState, raw: string): string {
  const { periods } = task;
  const [only] = periods;
  if (only === undefined) return raw === '' ? '未明确' : raw;
  if (task.deadlineKind === 'recurring') return recurringWords(periods, raw);
  switch (only.intake) {
    case 'declared-done':
      return `${raw === '' ? '自报完成' : raw}；于${dated(only.due)}前报送佐证`;
    case 'before-issue':
    case 'before-go-live':
      return `${dated(only.originalDue)}；已过期限，于${dated(only.entry?.on ?? null)}前补录完成情况`;
    case 'ongoing':
      return raw === '' ? '长期坚持，按月报告' : `${raw}，按月报告`;
    case 'timed':
      return `${only.soft ? '原则上' : ''}${dated(only.due)}`;
  }
}

function recurringWords(periods: readonly Period[], raw: string): string {
  const named = raw === '' ? '周期性任务' : raw;
  const dates = periods.map((period) => dated(period.due));
  if (dates.length <= MOST_NAMED) return `${named}：${dates.join('、')}`;
  return `${named}：共${dates.length}期，${dates[0] ?? ''}起，${dates.at(-1) ?? ''}止`;
}

function dated(date: string | null): string {
  return date === null ? '另行明确的日期' : dateText(date);
}
