import { CheckOutlined } from '@ant-design/icons';
import { App, Button, Segmented, Select } from 'antd';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { problemText } from '../api/api-problem.ts';
import { useReadPages } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { Nothing, NextPage, Unloaded } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { useNarrow } from '../parts/use-narrow.ts';
import { useSession } from '../sign-in/session.tsx';
import { dayOfInstant, shortDate, timeOfDay, weekdayName } from '../time/civil-days.ts';
import { NOTICE_KIND_WORDS, NOTICE_KINDS, type NoticeKind } from '../wording/notice-words.ts';
import { noticeAddress, type Notice } from './notice-link.ts';

type Which = 'all' | 'unread';

/** What came to one's posts, by day; j and k move, Enter opens, e marks as read. */
export function InboxPage() {
  const [search, setSearch] = useSearchParams();
  const which: Which = search.get('which') === 'unread' ? 'unread' : 'all';
  const kinds = search.getAll('kind').filter((kind): kind is NoticeKind => NOTICE_KINDS.includes(kind as NoticeKind));
  const narrow = useNarrow();
  const { message } = App.useApp();
  const list = useReadPages(
    'GET /api/inbox',
    {
      query: {
        limit: 50,
        ...(which === 'unread' ? { unread: true } : {}),
        ...(kinds.length > 0 ? { kind: kinds } : {}),
      },
    },
    { keep: true },
  );
  const read = useWrite('POST /api/inbox/read', { renews: ['GET /api/inbox', 'GET /api/inbox/count'] });
  const notices = list.data?.pages.flatMap((page) => page.items) ?? [];
  const mark = (body: { ids: string[] } | { all: true }) =>
    read.mutateAsync({ body }).catch((error: unknown) => message.error(problemText(error)));
  const change = (next: { which?: Which; kinds?: NoticeKind[] }) => {
    const params = new URLSearchParams();
    if ((next.which ?? which) === 'unread') params.set('which', 'unread');
    for (const kind of next.kinds ?? kinds) params.append('kind', kind);
    setSearch(params, { replace: true });
  };
  return (
    <>
      <PageHead title="消息" about={narrow ? undefined : '键盘：j / k 上下移动，Enter 打开，e 标为已读'}>
        <Button
          icon={<CheckOutlined />}
          loading={read.isPending}
          disabled={!notices.some((notice) => notice.readAt === null)}
          onClick={() => void mark({ all: true })}
        >
          全部标为已读
        </Button>
      </PageHead>
      <section className="panel">
        <div className="filters">
          <Segmented<Which>
            value={which}
            onChange={(value) => change({ which: value })}
            options={[
              { value: 'all', label: '全部' },
              { value: 'unread', label: '未读' },
            ]}
          />
          <Select
            aria-label="按类别筛选"
            mode="multiple"
            maxTagCount="responsive"
            style={{ minWidth: 200 }}
            placeholder="全部类别"
            value={kinds}
            onChange={(value) => change({ kinds: value })}
            options={NOTICE_KINDS.map((kind) => ({ value: kind, label: NOTICE_KIND_WORDS[kind] }))}
          />
        </div>
        <Unloaded list={list} />
        {list.data !== undefined && notices.length === 0 && (
          <Nothing icon={<CheckOutlined />} title={which === 'unread' ? '没有未读消息' : '还没有消息'}>
            <p className="quiet">任务交办、到期提醒、审批结果会送到您所任岗位的信箱。</p>
          </Nothing>
        )}
        <NoticeList notices={notices} markRead={(id) => void mark({ ids: [id] })} />
        <NextPage list={list}>更早的消息</NextPage>
      </section>
    </>
  );
}

function NoticeList({ notices, markRead }: { notices: Notice[]; markRead: (id: string) => void }) {
  const { today } = useSession();
  const navigate = useNavigate();
  const [at, setAt] = useState(-1);
  const list = useRef<HTMLDivElement>(null);

  const open = (notice: Notice) => {
    if (notice.readAt === null) markRead(notice.id);
    const to = noticeAddress(notice);
    if (to !== null) void navigate(to);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/u.test(target.tagName))
      return;
    const chosen = notices[at];
    if (event.key === 'j' || event.key === 'k') {
      const next = Math.max(0, Math.min(notices.length - 1, at + (event.key === 'j' ? 1 : -1)));
      setAt(next);
      list.current?.querySelectorAll('[data-notice]')[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && chosen !== undefined) open(chosen);
    else if (event.key === 'e' && chosen !== undefined && chosen.readAt === null) markRead(chosen.id);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div ref={list}>
      {notices.map((notice, index) => {
        const day = dayOfInstant(notice.at);
        const before = notices[index - 1];
        const newDay = before === undefined || dayOfInstant(before.at) !== day;
        return (
          <div key={notice.id}>
            {newDay && (
              <div className="day-head">
                {day === today ? '今天' : shortDate(day, today)} <span className="quiet">{weekdayName(day)}</span>
              </div>
            )}
            <NoticeRow
              notice={notice}
              chosen={index === at}
              open={() => {
                setAt(index);
                open(notice);
              }}
              markRead={() => markRead(notice.id)}
            />
          </div>
        );
      })}
    </div>
  );
}

function NoticeRow({
  notice,
  chosen,
  open,
  markRead,
}: {
  notice: Notice;
  chosen: boolean;
  open: () => void;
  markRead: () => void;
}) {
  const unread = notice.readAt === null;
  return (
    <div
      className={`row ${chosen ? 'row-chosen' : ''}`}
      style={{ borderBottom: '1px solid var(--line)' }}
      data-notice={notice.id}
      data-unread={unread}
    >
      <span
        aria-label={unread ? '未读' : '已读'}
        role="img"
        style={{
          width: 8,
          height: 8,
          borderRadius: '50%',
          flex: 'none',
          alignSelf: 'center',
          background: unread ? 'var(--blue)' : 'transparent',
        }}
      />
      <div className="row-main">
        <a
          href={noticeAddress(notice) ?? '#'}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            open();
          }}
          style={{ color: 'var(--ink)', fontWeight: unread ? 600 : 400 }}
        >
          {notice.title}
        </a>
        {notice.body !== notice.title && (
          <div className="quiet small" style={{ whiteSpace: 'pre-line' }}>
            {notice.body}
          </div>
        )}
        <div className="quiet small">
          {NOTICE_KIND_WORDS[notice.kind]} · 送 {notice.to.text}
          {notice.unattended && <Mark tone="asking">该岗位无人，由您代收</Mark>}
        </div>
      </div>
      <div className="row-side">
        <span className="quiet num">{timeOfDay(notice.at)}</span>
        {unread && (
          <Button
            type="link"
            size="small"
            onClick={markRead}
            style={{ display: 'block', padding: 0, marginLeft: 'auto' }}
          >
            标为已读
          </Button>
        )}
      </div>
    </div>
  );
}
