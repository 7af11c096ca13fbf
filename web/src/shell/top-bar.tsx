import { BellOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Badge, Button, Dropdown, Input, Tooltip, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { problemText } from '../api/api-problem.ts';
import { request } from '../api/request.ts';
import { useNarrow } from '../parts/use-narrow.ts';
import { useSession } from '../sign-in/session.tsx';
import { roleName } from '../wording/role-words.ts';
import { PlanSwitcher } from './plan-switcher.tsx';
import { useUnread } from './unread.ts';

export function TopBar() {
  const narrow = useNarrow();
  return (
    <header className="top">
      <PlanSwitcher />
      {!narrow && <div className="top-space" />}
      <Search />
      <Bell />
      <Me />
    </header>
  );
}

/** "/" puts the cursor here from anywhere; Enter opens the list of tasks with the words as its filter. */
function Search() {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const shown = pathname === '/tasks' ? (params.get('q') ?? '') : '';
  return <SearchBox key={shown} shown={shown} />;
}

function SearchBox({ shown }: { shown: string }) {
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const [text, setText] = useState(shown);
  const input = useRef<InputRef>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target as HTMLElement;
      if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/u.test(at.tagName)) return;
      event.preventDefault();
      input.current?.focus({ cursor: 'all' });
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  return (
    <Input
      ref={input}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => {
        const next = new URLSearchParams(pathname === '/tasks' ? params : undefined);
        if (text.trim() === '') next.delete('q');
        else next.set('q', text.trim());
        void navigate(`/tasks?${next.toString()}`);
      }}
      prefix={<SearchOutlined />}
      suffix={narrow ? null : <kbd className="quiet small">/</kbd>}
      placeholder={narrow ? '搜任务' : '搜索任务，按 / 开始'}
      aria-label="搜索任务"
      allowClear
      maxLength={200}
    />
  );
}

function Bell() {
  const unread = useUnread();
  const narrow = useNarrow();
  if (narrow) return null;
  return (
    <Tooltip title={unread === 0 ? '没有未读消息' : `${unread} 条未读消息`}>
      <Link to="/inbox" aria-label={`消息，${unread} 条未读`}>
        <Badge count={unread} size="small" overflowCount={99}>
          <Button type="text" icon={<BellOutlined style={{ fontSize: 18 }} />} tabIndex={-1} />
        </Badge>
      </Link>
    </Tooltip>
  );
}

function Me() {
  const { session } = useSession();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const leave = async () => {
    try {
      await request('DELETE /api/session', {});
    } catch (error) {
      message.error(problemText(error));
      return;
    }
    client.clear();
    await navigate('/login', { replace: true });
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'posts',
            type: 'group',
            label: (
              <div style={{ maxWidth: 240 }}>
                {session.posts.length === 0
                  ? '还没有岗位'
                  : session.posts.map((post) => (
                      <div key={`${post.department}/${post.role}`}>
                        {post.departmentName} · {roleName(post.role)}
                      </div>
                    ))}
              </div>
            ),
          },
          { type: 'divider' },
          { key: 'me', label: <Link to="/me">我的设置</Link> },
          { key: 'leave', label: '退出登录', onClick: () => void leave() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={`${session.user.name} 的菜单`}>
        {narrow ? null : session.user.name}
      </Button>
    </Dropdown>
  );
}
