import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { address } from '../api/request.ts';
import { PageHead } from '../parts/page-head.tsx';
import { useSession } from '../sign-in/session.tsx';
import { AddTask } from './add-task.tsx';
import { TaskBoard } from './task-board.tsx';
import { taskQuery, useTaskFilter, type TaskFilter } from './task-filter-url.ts';
import { TaskFilters } from './task-filters.tsx';
import { TaskTable } from './task-table.tsx';

export function TasksPage() {
  const { filter, change } = useTaskFilter();
  const { holds } = useSession();
  return (
    <>
      <PageHead title="任务">
        {holds(['supervising-office', 'director-office', 'administrator']) && <AddTask plan={filter.plan ?? null} />}
        <Export filter={filter} />
      </PageHead>
      <section className="panel">
        <TaskFilters filter={filter} change={change} />
        {filter.view === 'board' ? <TaskBoard filter={filter} /> : <TaskTable filter={filter} change={change} />}
      </section>
    </>
  );
}

/** The list as it is filtered and sorted now, all of it. */
function Export({ filter }: { filter: TaskFilter }) {
  const query = taskQuery(filter);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'xlsx',
            label: (
              <a href={address('GET /api/tasks.xlsx', { query })} download>
                Excel（.xlsx）
              </a>
            ),
          },
          {
            key: 'csv',
            label: (
              <a href={address('GET /api/tasks.csv', { query })} download>
                CSV（.csv）
              </a>
            ),
          },
        ],
      }}
    >
      <Button icon={<DownloadOutlined />}>导出当前列表</Button>
    </Dropdown>
  );
}
