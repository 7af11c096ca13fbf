import type { Role } from '../sign-in/session.tsx';
import type { TaskQuery, TaskFilter } from '../tasks/task-filter-url.ts';
import { PENDING_WORDS, type PendingDecision, type TaskState, type Tone } from '../wording/task-words.ts';

export interface Duty {
  key: string;
  title: string;
  tone: Tone;
  filter: Partial<TaskFilter>;
  query: TaskQuery;
}

interface Posts {
  departments: { id: string; name: string }[];
  holds(roles: readonly Role[], department?: string): boolean;
}

const BY_DEPARTMENT: { role: Role; state: TaskState; title: string; tone: Tone }[] = [
  { role: 'head', state: 'department-review', title: '待我审核', tone: 'asking' },
  { role: 'coordinator', state: 'unclaimed', title: '待认领', tone: 'asking' },
  { role: 'coordinator', state: 'awaiting-entry', title: '待补录', tone: 'asking' },
  { role: 'coordinator', state: 'returned', title: '被退回', tone: 'wrong' },
];

const BUREAU_WIDE: { role: Role; state: TaskState; title: string; tone: Tone }[] = [
  { role: 'supervising-office', state: 'awaiting-verification', title: '待我核查', tone: 'asking' },
  { role: 'supervising-office', state: 'entry-review', title: '补录待核实', tone: 'asking' },
];

/** 待我决定, by post; `level` names whose extensions. The director's office enters what was decided on paper (代录批示). */
const DECISIONS: { role: Role; pending: PendingDecision; level?: Role }[] = [
  { role: 'deputy', pending: 'extension', level: 'deputy' },
  { role: 'deputy', pending: 'new-date' },
  { role: 'deputy', pending: 'order' },
  { role: 'director', pending: 'extension', level: 'director' },
  { role: 'director', pending: 'order' },
  { role: 'supervising-office', pending: 'dispute' },
  { role: 'director-office', pending: 'extension' },
  { role: 'director-office', pending: 'new-date' },
  { role: 'director-office', pending: 'order' },
  { role: 'director-office', pending: 'dispute' },
];

/** The decisions that wait for a person; none twice for who holds several posts. */
function decisionsOf(holds: Posts['holds']): Duty[] {
  const found = new Map<string, Duty>();
  for (const { role, pending, level } of DECISIONS) {
    if (!holds([role])) continue;
    const title = `${PENDING_WORDS[pending]}${role === 'director-office' ? '（可代录批示）' : ''}`;
    const key = `${pending}/${level ?? ''}`;
    const filter = { pending: [pending], ...(level === undefined ? {} : { level }), sort: 'due' as const };
    if (!found.has(key)) found.set(key, duty(key, title, 'asking', filter));
  }
  return [...found.values()];
}

/** What waits for a person, by the posts that they hold. */
export function dutiesOf({ departments, holds }: Posts): Duty[] {
  const several = departments.length > 1;
  const own = departments.flatMap(({ id, name }) =>
    BY_DEPARTMENT.filter(({ role }) => holds([role], id)).map(({ state, title, tone }) =>
      duty(`${id}/${state}`, several ? `${title} · ${name}` : title, tone, {
        department: id,
        state: [state],
        // Another department may not have claimed yet: that one is theirs, not ours.
        ...(state === 'unclaimed' ? { unclaimedBy: id } : {}),
        sort: 'due',
      }),
    ),
  );
  const bureau = BUREAU_WIDE.filter(({ role }) => holds([role])).map(({ state, title, tone }) =>
    duty(state, title, tone, { state: [state], sort: 'due' }),
  );
  return [...decisionsOf(holds), ...bureau, ...own];
}

/** What is late, and what is due within 30 days: of one's departments, or of the whole bureau for who leads or verifies. */
export function watchedBy({ departments }: Posts, today: string, until: string): Duty[] {
  const places = departments.length === 0 ? [null] : departments;
  return places.flatMap((place) => {
    const own = place === null ? {} : { department: place.id };
    const named = place !== null && departments.length > 1 ? ` · ${place.name}` : '';
    const key = place?.id ?? 'bureau';
    return [
      duty(`${key}/late`, `逾期${named}`, 'wrong', { ...own, lateness: ['late'], sort: 'due' }),
      duty(`${key}/soon`, `30 日内到期${named}`, 'asking', { ...own, dueFrom: today, dueTo: until, sort: 'due' }),
    ];
  });
}

function duty(key: string, title: string, tone: Tone, filter: Partial<TaskFilter>): Duty {
  return { key, title, tone, filter, query: filter as TaskQuery };
}
