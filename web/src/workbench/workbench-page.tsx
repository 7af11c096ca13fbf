import { CheckCircleOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Link } from 'react-router';
import { request } from '../api/request.ts';
import { readKey, useRead } from '../api/use-read.ts';
import { noticeAddress } from '../inbox/notice-link.ts';
import { Loaded, Nothing } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Figures } from '../plans/state-counts.tsx';
import { roleName } from '../wording/role-words.ts';
import { useSession } from '../sign-in/session.tsx';
import { tasksAddress } from '../tasks/task-filter-url.ts';
import { TaskDue, TaskMarks, type TaskItem } from '../tasks/task-table.tsx';
import { addDays, longDate, weekdayName } from '../time/civil-days.ts';
import { pathText } from '../wording/path-text.ts';
import { SheetDutyPanel, useSheetDuties } from './sheet-duties.tsx';
import { dutiesOf, watchedBy, type Duty } from './duties.ts';

const LIMIT = 50;
const SHOWN = 6;

/** What waits for me today. */
export function WorkbenchPage() {
  const { session, today, ownDepartments, holds } = useSession();
  const posts = { departments: ownDepartments, holds };
  const duties = dutiesOf(posts);
  const watched = watchedBy(posts, today, addDays(today, 30));
  const all = [...duties, ...watched];
  const answers = useQueries({
    queries: all.map((duty) => {
      const input = { query: { ...duty.query, limit: LIMIT } };
      return {
        queryKey: readKey('GET /api/tasks', input),
        queryFn: ({ signal }: { signal: AbortSignal }) => request('GET /api/tasks', { ...input, signal }),
      };
    }),
  });
  const found = all.map((duty, index) => {
    const answer = answers[index];
    const page = answer?.data;
    return {
      duty,
      items: page?.items ?? [],
      more: page?.nextCursor != null,
      ready: page !== undefined,
      failed: answer?.isError === true,
    };
  });
  const sheets = useSheetDuties();
  const ready = found.every((each) => each.ready || each.failed) && sheets.ready;
  const failed = found.some((each) => each.failed) || sheets.failed;
  const waiting = found.slice(0, duties.length).filter((each) => each.items.length > 0);
  const seen = found.slice(duties.length);
  return (
    <>
      <PageHead
        title="工作台"
        about={`${longDate(today)} ${weekdayName(today)} · ${
          session.posts.length === 0
            ? '还没有岗位，请联系管理员'
            : session.posts.map((post) => `${post.departmentName} ${roleName(post.role)}`).join('；')
        }`}
      />
      {ready ? (
        <Figures
          items={[
            ...found.map(({ duty, items, more }) => ({
              label: duty.title,
              value: more ? `${LIMIT}+` : items.length,
              tone: duty.tone,
              to: tasksAddress(duty.filter),
            })),
            ...sheets.figures,
          ]}
        />
      ) : (
        <div style={{ minHeight: 66 }}>
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        </div>
      )}
      <div className="columns" style={{ marginTop: 14 }}>
        <div>
          {failed && (
            <section className="panel panel-body" role="alert">
              有的事项没有取到，下面的清单可能不全。
              <Button size="small" onClick={() => location.reload()}>
                重新加载
              </Button>
            </section>
          )}
          {ready && !failed && waiting.length === 0 && sheets.items.length === 0 && (
            <section className="panel">
              <Nothing
                icon={<CheckCircleOutlined />}
                title={duties.length === 0 ? '您的岗位没有需要办理的任务' : '没有等您办理的事项'}
              >
                <p className="quiet">
                  {duties.length === 0 ? '可以查看任务、计划和消息。' : '新的交办、审核和提醒会出现在这里。'}
                </p>
              </Nothing>
            </section>
          )}
          <SheetDutyPanel items={sheets.items} />
          {waiting.map((each) => (
            <DutyPanel key={each.duty.key} duty={each.duty} items={each.items} more={each.more} />
          ))}
          {seen
            .filter((each) => each.items.length > 0)
            .map((each) => (
              <DutyPanel key={each.duty.key} duty={each.duty} items={each.items} more={each.more} />
            ))}
        </div>
        <aside>
          <UnreadPanel />
        </aside>
      </div>
    </>
  );
}

function DutyPanel({ duty, items, more }: { duty: Duty; items: TaskItem[]; more: boolean }) {
  return (
    <section className="panel">
      <h2>
        {duty.title}
        <span className="quiet small num">
          {items.length}
          {more ? '+' : ''}
        </span>
        {(items.length > SHOWN || more) && (
          <Link to={tasksAddress(duty.filter)} style={{ marginLeft: 'auto', fontSize: 13, fontWeight: 400 }}>
            全部
          </Link>
        )}
      </h2>
      <ul className="rows">
        {items.slice(0, SHOWN).map((task) => (
          <li key={task.id}>
            <Link className="row" to={`/tasks/${task.id}`}>
              <div className="row-main">
                <div className="row-title">{task.text}</div>
                <div
                  className="quiet small"
                  style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 10px', alignItems: 'center' }}
                >
                  {pathText(task.path)} · {task.departments.find((each) => each.part === 'lead')?.name ?? ''}
                  <TaskMarks task={task} />
                </div>
              </div>
              <div className="row-side">
                <TaskDue task={task} />
              </div>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function UnreadPanel() {
  const inbox = useRead('GET /api/inbox', { query: { unread: true, limit: 8 } });
  return (
    <section className="panel">
      <h2>
        未读消息
        <Link to="/inbox" style={{ marginLeft: 'auto', fontSize: 13, fontWeight: 400 }}>
          全部消息
        </Link>
      </h2>
      <Loaded read={inbox} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="panel-body quiet">没有未读消息。</p>
          ) : (
            <ul className="rows">
              {items.map((notice) => (
                <li key={notice.id}>
                  <Link className="row" to={noticeAddress(notice) ?? '/inbox'}>
                    <span className="row-main">
                      <span className="clamp-2">{notice.title}</span>
                      <span className="quiet small one-line">{notice.to.text}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {(inbox.data?.items.length ?? 0) > 0 && (
        <div style={{ padding: '8px 16px 12px' }}>
          <Link to="/inbox?which=unread">
            <Button size="small">处理未读</Button>
          </Link>
        </div>
      )}
    </section>
  );
}
