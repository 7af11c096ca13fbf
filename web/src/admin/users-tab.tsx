import { LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Table, Typography } from 'antd';
import { useState } from 'react';
import { problemText } from '../api/api-problem.ts';
import type { Answer } from '../api/request.ts';
import { useRead, useReadPages } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { NextPage } from '../parts/answers.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { roleName } from '../wording/role-words.ts';
import { UserEditor } from './user-editor.tsx';

export type User = Answer<'GET /api/users'>['items'][number];

export function UsersTab() {
  const users = useReadPages('GET /api/users', { query: { limit: 200 } });
  const departments = useRead('GET /api/departments', {});
  const [open, setOpen] = useState<User | 'new' | null>(null);
  const { message, modal } = App.useApp();
  const link = useWrite('POST /api/users/{id}/setup-link', { renews: ['GET /api/users'] });
  const names = new Map((departments.data?.items ?? []).map((each) => [each.id, each.name]));
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  const show = (name: string, token: string) => {
    const address = `${location.origin}/setup/${token}`;
    modal.info({
      title: `${name} 的设置链接`,
      width: 560,
      content: (
        <>
          <p>请当面或用可靠的方式交给本人。7 天内有效，只能用一次，只显示这一次。</p>
          <Typography.Paragraph copyable={{ text: address }} code style={{ marginTop: 8 }}>
            {address}
          </Typography.Paragraph>
        </>
      ),
    });
  };
  const issue = (user: User) =>
    link
      .mutateAsync({ params: { id: user.id } })
      .then(({ setupToken }) => show(user.name, setupToken))
      .catch((error: unknown) => message.error(problemText(error)));
  return (
    <section className="panel">
      <div className="filters">
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          新建账号
        </Button>
      </div>
      <Table<User>
        size="small"
        rowKey="id"
        loading={users.isPending}
        dataSource={items}
        pagination={false}
        scroll={{ x: 680 }}
        columns={[
          {
            title: '姓名',
            dataIndex: 'name',
            render: (name: string, row) => (
              <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpen(row)}>
                {name}
              </Button>
            ),
          },
          {
            title: '岗位',
            dataIndex: 'posts',
            render: (posts: User['posts']) =>
              posts.length === 0 ? (
                <Mark tone="asking">没有岗位</Mark>
              ) : (
                posts.map((post) => (
                  <div key={`${post.department}/${post.role}`}>
                    {names.get(post.department) ?? (post.department === 'bureau' ? '全局' : post.department)} ·{' '}
                    {roleName(post.role)}
                  </div>
                ))
              ),
          },
          { title: '邮箱', dataIndex: 'mail', render: (mail: string | null) => mail ?? '' },
          {
            title: '状态',
            key: 'active',
            width: 120,
            render: (_value, row) =>
              !row.active ? (
                <Mark tone="quiet">已停用</Mark>
              ) : row.hasPassword ? (
                <Mark tone="done">在用</Mark>
              ) : (
                <Mark tone="asking">未设密码</Mark>
              ),
          },
          {
            title: '',
            key: 'link',
            width: 132,
            render: (_value, row) =>
              row.active && (
                <Popconfirm
                  title="签发新的设置链接？"
                  description="以前签发而没有用的链接随之作废。"
                  okText="签发"
                  cancelText="取消"
                  onConfirm={() => void issue(row)}
                >
                  <Button size="small" icon={<LinkOutlined />}>
                    设置链接
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      <NextPage list={users}>加载更多</NextPage>
      {open !== null && <UserEditor user={open === 'new' ? null : open} close={() => setOpen(null)} invited={show} />}
    </section>
  );
}
