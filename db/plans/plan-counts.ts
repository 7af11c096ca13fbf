import type { ItemContent } from '../schema/plans.ts';

export interface PlanCounts {
  tasks: number;
  /** Different names as written. */
  names: number;
  /** One for each department named at a task: the text's own number. */
  responsibilities: number;
  /** The same after groups are expanded into their members. */
  expandedResponsibilities: number;
  byDeadlineKind: Record<ItemContent['deadline']['kind'], number>;
  /** Periods of recurring tasks. */
  periods: number;
}

/** `membersOf` answers the members of the group that a name stands for, and nothing for a department. */
export function planCounts(
  items: readonly ItemContent[],
  membersOf: (name: string) => readonly string[],
  periods: number,
): PlanCounts {
  const byDeadlineKind = { date: 0, recurring: 0, ongoing: 0, 'declared-done': 0, none: 0 };
  const names = new Set<string>();
  let responsibilities = 0;
  let expandedResponsibilities = 0;
  for (const item of items) {
    byDeadlineKind[item.deadline.kind] += 1;
    responsibilities += item.departments.length;
    const expanded = new Set<string>();
    for (const name of item.departments) {
      names.add(name);
      const members = membersOf(name);
      if (members.length === 0) expanded.add(name);
      else for (const member of members) expanded.add(member);
    }
    expandedResponsibilities += expanded.size;
  }
  return {
    tasks: items.length,
    names: names.size,
    responsibilities,
    expandedResponsibilities,
    byDeadlineKind,
    periods,
  };
}
