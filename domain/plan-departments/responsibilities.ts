import type { Responsibility } from '../task/task-state.ts';

/** Who a name as written stands for once the plan goes live; `members` is empty where it is no group or has none. */
export interface ResolvedName {
  department: string;
  members: string[];
}

export interface NamedTask {
  departments: readonly string[];
  lead: readonly string[];
}

/**
 * Departments with a part in a task. A group owes through each of its members (DOMAIN 1); one without members acts as a
 * department itself. A department that is named and is a member of a named group has one part: the weightier, and its own
 * name before the group's. The first named leads where the text names no lead.
 */
export function responsibilitiesOf(
  task: NamedTask,
  resolve: (name: string) => ResolvedName | undefined,
): { responsibilities: Responsibility[]; closers: string[] } {
  const leads = new Set(task.lead.length > 0 ? task.lead : task.departments.slice(0, 1));
  const byDepartment = new Map<string, Responsibility>();
  for (const name of task.departments) {
    const resolved = resolve(name);
    if (resolved === undefined) continue;
    const part = leads.has(name) ? 'lead' : 'support';
    const group = resolved.members.length > 0;
    for (const department of group ? resolved.members : [resolved.department]) {
      const known = byDepartment.get(department);
      const via = group ? resolved.department : null;
      if (known === undefined) byDepartment.set(department, responsibility(department, part, via));
      else {
        byDepartment.set(department, {
          ...known,
          part: known.part === 'lead' || part === 'lead' ? 'lead' : 'support',
          via: known.via === null ? null : via,
        });
      }
    }
  }
  const responsibilities = [...byDepartment.values()];
  return {
    responsibilities,
    closers: responsibilities.filter((entry) => entry.part === 'lead').map((entry) => entry.department),
  };
}

function responsibility(department: string, part: 'lead' | 'support', via: string | null): Responsibility {
  return { department, part, via, claimedAt: null, disputedAt: null, breakdown: null, lastReport: null };
}
