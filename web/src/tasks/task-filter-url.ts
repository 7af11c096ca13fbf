import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Query } from '../api/request.ts';
import { ROLE_WORDS } from '../wording/role-words.ts';
import {
  LATENESS,
  PENDING_DECISIONS,
  TASK_STATES,
  type Lateness,
  type PendingDecision,
  type TaskState,
} from '../wording/task-words.ts';

export type TaskQuery = Query<'GET /api/tasks'>;
export type TaskSort = NonNullable<TaskQuery['sort']>;
export type Role = NonNullable<TaskQuery['level']>;
export type View = 'table' | 'board';

const SORTS: TaskSort[] = ['plan', 'due', '-due', 'updated', '-updated'];
const DATE = /^\d{4}-\d{2}-\d{2}$/u;

export interface TaskFilter {
  plan?: string;
  department?: string;
  /** A department that has neither claimed nor objected. */
  unclaimedBy?: string;
  /** Decisions that somebody owes; `level` is the post that decides extensions. */
  pending: PendingDecision[];
  level?: Role;
  state: TaskState[];
  lateness: Lateness[];
  dueFrom?: string;
  dueTo?: string;
  q?: string;
  sort: TaskSort;
  view: View;
}

/** The filter is the address: a link shows another person the same list. Values that mean nothing are left out. */
export function readTaskFilter(search: URLSearchParams): TaskFilter {
  const text = (name: string) => {
    const value = search.get(name)?.trim() ?? '';
    return value === '' ? undefined : value;
  };
  const date = (name: string) => {
    const value = text(name);
    return value !== undefined && DATE.test(value) ? value : undefined;
  };
  const plan = text('plan');
  const department = text('department');
  const unclaimedBy = text('unclaimedBy');
  const level = text('level');
  const dueFrom = date('dueFrom');
  const dueTo = date('dueTo');
  const q = text('q')?.slice(0, 200);
  return {
    ...(plan === undefined ? {} : { plan }),
    ...(department === undefined ? {} : { department }),
    ...(unclaimedBy === undefined ? {} : { unclaimedBy }),
    ...(level !== undefined && level in ROLE_WORDS ? { level: level as Role } : {}),
    pending: search
      .getAll('pending')
      .filter((one): one is PendingDecision => PENDING_DECISIONS.includes(one as PendingDecision)),
    ...(dueFrom === undefined ? {} : { dueFrom }),
    ...(dueTo === undefined ? {} : { dueTo }),
    ...(q === undefined ? {} : { q }),
    state: search.getAll('state').filter((one): one is TaskState => TASK_STATES.includes(one as TaskState)),
    lateness: search.getAll('lateness').filter((one): one is Lateness => LATENESS.includes(one as Lateness)),
    sort: SORTS.find((sort) => sort === search.get('sort')) ?? 'plan',
    view: search.get('view') === 'board' ? 'board' : 'table',
  };
}

export function taskSearch(filter: Partial<TaskFilter>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (name === 'sort' && value === 'plan') continue;
    if (name === 'view' && value === 'table') continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') search.append(name, one);
    }
  }
  return search.toString();
}

/** Address of the list that a figure counts. */
export function tasksAddress(filter: Partial<TaskFilter>): string {
  const search = taskSearch(filter);
  return search === '' ? '/tasks' : `/tasks?${search}`;
}

/** The part of the filter that the API takes. */
export function taskQuery({ view: _view, state, lateness, pending, ...rest }: TaskFilter): TaskQuery {
  return {
    ...rest,
    ...(pending.length === 0 ? {} : { pending }),
    ...(state.length === 0 ? {} : { state }),
    ...(lateness.length === 0 ? {} : { lateness }),
  };
}

/** Nothing chosen: the filter that shows every task. */
export const NO_FILTER = {
  department: undefined,
  unclaimedBy: undefined,
  pending: [],
  level: undefined,
  state: [],
  lateness: [],
  dueFrom: undefined,
  dueTo: undefined,
  q: undefined,
} satisfies { [K in keyof TaskFilter]?: TaskFilter[K] | undefined };

export function isFiltered(filter: TaskFilter): boolean {
  return (Object.keys(NO_FILTER) as (keyof typeof NO_FILTER)[]).some((name) => {
    const value = filter[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}

export function useTaskFilter() {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readTaskFilter(search), [search]);
  const change = useCallback(
    (next: { [K in keyof TaskFilter]?: TaskFilter[K] | undefined }) => {
      const merged = Object.fromEntries(
        Object.entries({ ...filter, ...next }).filter(([, value]) => value !== undefined),
      ) as Partial<TaskFilter>;
      setSearch(new URLSearchParams(taskSearch(merged)), { preventScrollReset: true });
    },
    [filter, setSearch],
  );
  return { filter, change };
}
