import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { DueDate } from '../parts/due-date.tsx';
import { LatenessMark, Mark } from '../parts/state-mark.tsx';
import { pathText } from '../wording/path-text.ts';
import { TASK_STATE_WORDS, type TaskState } from '../wording/task-words.ts';
import { taskQuery, tasksAddress, type TaskFilter } from './task-filter-url.ts';
import './task-board.css';

const LANES: TaskState[] = [
  'unclaimed',
  'in-progress',
  'returned',
  'department-review',
  'awaiting-verification',
  'awaiting-entry',
  'entry-review',
  'upcoming',
  'closed',
];
const SHOWN = 25;

/** Tasks by state, side by side; each lane says where the rest of it is. */
export function TaskBoard({ filter }: { filter: TaskFilter }) {
  const lanes = filter.state.length === 0 ? LANES : filter.state;
  return (
    <div className="board" role="list" aria-label="按状态的看板" tabIndex={0}>
      {lanes.map((state) => (
        <Lane key={state} state={state} filter={filter} />
      ))}
    </div>
  );
}

function Lane({ state, filter }: { state: TaskState; filter: TaskFilter }) {
  const query = { ...taskQuery({ ...filter, state: [state] }), sort: 'due' as const, limit: SHOWN };
  const list = useRead('GET /api/tasks', { query }, { keep: true });
  const { label, tone } = TASK_STATE_WORDS[state];
  const items = list.data?.items ?? [];
  const more = list.data?.nextCursor != null;
  return (
    <section className="lane" role="listitem" aria-label={label}>
      <h3>
        <Mark tone={tone}>{label}</Mark>
        <span className="quiet small num">{list.data === undefined ? '' : more ? `${SHOWN}+` : items.length}</span>
      </h3>
      {list.data === undefined && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {list.data !== undefined && items.length === 0 && <p className="quiet small lane-empty">没有</p>}
      {items.map((task) => (
        <Link key={task.id} to={`/tasks/${task.id}`} className="lane-card">
          <span className="quiet small">{pathText(task.path)}</span>
          <span className="clamp-2">{task.text}</span>
          <span className="small">{task.departments.find((department) => department.part === 'lead')?.name}</span>
          {state === 'unclaimed' && (
            <span className="quiet small">
              未认领：
              {task.departments
                .filter((department) => !department.claimed)
                .map((department) => department.name)
                .join('、')}
            </span>
          )}
          <span className="lane-foot">
            <DueDate
              due={task.deadline.due}
              provisional={task.deadline.provisional}
              finished={state === 'closed'}
              soft={task.lateness === 'soft-missed'}
            />
            <LatenessMark lateness={task.lateness} />
          </span>
        </Link>
      ))}
      {more && (
        <Link className="small" to={tasksAddress({ ...filter, state: [state], view: 'table', sort: 'due' })}>
          查看全部{label}
        </Link>
      )}
    </section>
  );
}
