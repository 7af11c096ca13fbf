import { SearchOutlined } from '@ant-design/icons';
import { Button, Table, type TableProps } from 'antd';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Answer } from '../api/request.ts';
import { useRead, useReadPages } from '../api/use-read.ts';
import { Nothing, Unloaded } from '../parts/answers.tsx';
import { DueDate } from '../parts/due-date.tsx';
import { LatenessMark, Mark, ReportMark, StateMark } from '../parts/state-mark.tsx';
import { useNarrow } from '../parts/use-narrow.ts';
import { useSession } from '../sign-in/session.tsx';
import { dayOfInstant, shortDate } from '../time/civil-days.ts';
import { pathText } from '../wording/path-text.ts';
import { DEADLINE_KIND_WORDS, periodName } from '../wording/task-words.ts';
import { isFiltered, taskQuery, type TaskFilter, type TaskSort } from './task-filter-url.ts';

export type TaskItem = Answer<'GET /api/tasks'>['items'][number];
const PAGE = 50;

export function TaskTable({ filter, change }: { filter: TaskFilter; change: (next: { sort: TaskSort }) => void }) {
  const narrow = useNarrow();
  const list = useReadPages('GET /api/tasks', { query: { ...taskQuery(filter), limit: PAGE } }, { keep: true });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.data === undefined) return <Unloaded list={list} rows={12} />;
  if (items.length === 0) return <NoTasks filter={filter} />;
  return (
    <>
      <div className="result-line" role="status">
        已显示 {items.length} 项{list.hasNextPage ? '，下面还有' : '，已到底'}
        {list.isPlaceholderData && '，正在更新……'}
      </div>
      <div style={list.isPlaceholderData ? { opacity: 0.55 } : undefined}>
        {narrow ? <TaskCards items={items} /> : <Rows items={items} filter={filter} change={change} />}
      </div>
      {list.hasNextPage && (
        <More
          busy={list.isFetchingNextPage}
          failed={list.isFetchNextPageError}
          load={() => void list.fetchNextPage()}
        />
      )}
    </>
  );
}

function Rows({
  items,
  filter,
  change,
}: {
  items: TaskItem[];
  filter: TaskFilter;
  change: (n: { sort: TaskSort }) => void;
}) {
  const navigate = useNavigate();
  const plans = useRead('GET /api/plans', {});
  const severalPlans = (plans.data?.items ?? []).filter((plan) => plan.status === 'published').length > 1;
  const order = (name: 'due' | 'updated') =>
    filter.sort === name ? ('ascend' as const) : filter.sort === `-${name}` ? ('descend' as const) : null;
  const columns: TableProps<TaskItem>['columns'] = [
    {
      title: '编号',
      key: 'path',
      width: 118,
      render: (_value, task) => <span className="num small quiet">{pathText(task.path) || '—'}</span>,
    },
    {
      title: '任务',
      key: 'text',
      render: (_value, task) => <TaskWords task={task} withPlan={filter.plan === undefined && severalPlans} />,
    },
    {
      title: '责任部门',
      key: 'departments',
      width: 190,
      responsive: ['lg'],
      render: (_value, task) => <TaskDepartments task={task} />,
    },
    {
      title: '状态',
      key: 'state',
      width: 150,
      render: (_value, task) => <TaskMarks task={task} />,
    },
    {
      title: '下一期限',
      key: 'due',
      width: 142,
      sorter: true,
      sortOrder: order('due'),
      render: (_value, task) => <TaskDue task={task} />,
    },
    {
      title: '最近变动',
      key: 'updated',
      width: 108,
      responsive: ['xl'],
      sorter: true,
      sortOrder: order('updated'),
      render: (_value, task) => <Updated at={task.updatedAt} />,
    },
  ];
  return (
    <Table<TaskItem>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={items}
      pagination={false}
      tableLayout="fixed"
      sticky={{ offsetHeader: 56 }}
      showSorterTooltip={false}
      onChange={(_pagination, _filters, sorter) => {
        const { columnKey, order: direction } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
        if (direction == null) change({ sort: 'plan' });
        else change({ sort: `${direction === 'descend' ? '-' : ''}${String(columnKey)}` as TaskSort });
      }}
      onRow={(task) => ({
        style: { cursor: 'pointer' },
        onClick: (event) => {
          // Text that is being selected is not a click, and links go where they say.
          if ((event.target as HTMLElement).closest('a') !== null || String(getSelection()) !== '') return;
          void navigate(`/tasks/${task.id}`);
        },
      })}
    />
  );
}

export function TaskWords({ task, withPlan }: { task: TaskItem; withPlan: boolean }) {
  return (
    <>
      <Link to={`/tasks/${task.id}`} className="clamp-2" style={{ color: 'inherit' }}>
        {task.text}
      </Link>
      <span className="quiet small one-line">
        {[task.heading ?? task.section, withPlan ? task.plan.title : null].filter(Boolean).join(' · ')}
      </span>
    </>
  );
}

export function TaskDepartments({ task }: { task: TaskItem }) {
  const leads = task.departments.filter((department) => department.part === 'lead');
  const others = task.departments.filter((department) => department.part === 'support');
  return (
    <span>
      {leads.map((department) => department.name).join('、')}
      {leads.length > 0 && others.length > 0 && task.leadBasis === 'assumed' && (
        <span className="quiet small">（牵头为推定）</span>
      )}
      {others.length > 0 && (
        <span className="quiet small clamp-2">
          配合：
          {others.length > 4
            ? `${others
                .slice(0, 3)
                .map((department) => department.name)
                .join('、')} 等${others.length}个`
            : others.map((department) => department.name).join('、')}
        </span>
      )}
    </span>
  );
}

export function TaskMarks({ task }: { task: TaskItem }) {
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
      <StateMark state={task.state} />
      <LatenessMark lateness={task.lateness} />
      {task.disputed > 0 && <Mark tone="asking">有异议</Mark>}
      {task.extensionPending && <Mark tone="asking">延期待批</Mark>}
      {task.ordersOpen > 0 && <Mark tone="wrong">督办中</Mark>}
      {task.reportStatus !== null && task.reportStatus !== 'normal' && <ReportMark status={task.reportStatus} />}
    </span>
  );
}

export function TaskDue({ task }: { task: TaskItem }) {
  const over = ['closed', 'stopped', 'merged', 'withdrawn', 'suspended'].includes(task.state);
  const entered = task.state === 'awaiting-entry' || task.state === 'entry-review';
  if (task.deadline.due === null) return <span className="quiet">{DEADLINE_KIND_WORDS[task.deadline.kind]}</span>;
  return (
    <>
      {task.periods > 1 && task.period !== null && <span className="quiet small">{periodName(task.period)} </span>}
      <DueDate
        due={task.deadline.due}
        originalDue={task.deadline.originalDue}
        provisional={task.deadline.provisional}
        soft={task.lateness === 'soft-missed'}
        finished={over || entered}
      />
      {entered && (
        <>
          <br />
          <span className="quiet small">启用前已到期</span>
        </>
      )}
    </>
  );
}

function Updated({ at }: { at: string }) {
  const { today } = useSession();
  return <span className="small quiet num">{shortDate(dayOfInstant(at), today)}</span>;
}

/** On a phone a row is a card. */
export function TaskCards({ items }: { items: TaskItem[] }) {
  return (
    <ul className="rows">
      {items.map((task) => (
        <li key={task.id}>
          <Link className="row" to={`/tasks/${task.id}`}>
            <div className="row-main">
              <div className="row-title">{task.text}</div>
              <div className="quiet small one-line">
                {pathText(task.path)} · {task.departments.find((department) => department.part === 'lead')?.name ?? ''}
                {task.departments.length > 1 ? ` 等${task.departments.length}个部门` : ''}
              </div>
              <TaskMarks task={task} />
            </div>
            <div className="row-side">
              <TaskDue task={task} />
            </div>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Loads what follows when it comes into sight; the button is for keyboards and for another try. */
function More({ busy, failed, load }: { busy: boolean; failed: boolean; load: () => void }) {
  const at = useRef<HTMLDivElement>(null);
  const reached = useEffectEvent(load);
  useEffect(() => {
    if (busy || failed || at.current === null) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) reached();
      },
      { rootMargin: '400px' },
    );
    watch.observe(at.current);
    return () => watch.disconnect();
  }, [busy, failed]);
  return (
    <div ref={at} style={{ padding: 14, textAlign: 'center' }}>
      <Button onClick={load} loading={busy}>
        {failed ? '没有取到，再试一次' : '加载更多'}
      </Button>
    </div>
  );
}

function NoTasks({ filter }: { filter: TaskFilter }) {
  const { may } = useSession();
  if (isFiltered(filter)) {
    return (
      <Nothing icon={<SearchOutlined />} title="没有符合条件的任务">
        <p className="quiet">可以放宽部门、状态或期限，或清除筛选再看。</p>
      </Nothing>
    );
  }
  return (
    <Nothing title="还没有任务">
      <p className="quiet">行动计划发布后，其中的每项任务会出现在这里。</p>
      {may('plans.import') && (
        <Link to="/plans/new">
          <Button type="primary" style={{ marginTop: 12 }}>
            上传行动计划
          </Button>
        </Link>
      )}
    </Nothing>
  );
}
