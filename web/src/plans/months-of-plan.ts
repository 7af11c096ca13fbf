import type { Answer } from '../api/request.ts';

type Item = Answer<'GET /api/plans/{id}/overview'>['sections'][number]['items'][number];

export interface MonthOfPlan {
  /** `YYYY-MM` */
  month: string;
  done: number;
  open: number;
  late: number;
}

/** How many tasks are next due in each month, from the first such month to the last; months without any are in it too. */
export function monthsOfPlan(items: readonly Item[]): MonthOfPlan[] {
  const months = new Map<string, MonthOfPlan>();
  for (const item of items) {
    if (item.due === null) continue;
    const month = item.due.slice(0, 7);
    const at = months.get(month) ?? { month, done: 0, open: 0, late: 0 };
    if (item.state === 'closed') at.done += 1;
    else if (item.lateness === 'late') at.late += 1;
    else at.open += 1;
    months.set(month, at);
  }
  const named = [...months.keys()].sort();
  const [first] = named;
  const last = named.at(-1);
  if (first === undefined || last === undefined) return [];
  const all: MonthOfPlan[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) {
    all.push(months.get(month) ?? { month, done: 0, open: 0, late: 0 });
  }
  return all;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
