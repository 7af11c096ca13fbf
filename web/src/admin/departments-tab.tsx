import { PlusOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useState } from 'react';
import type { Answer } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { Loaded } from '../parts/answers.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { KIND_WORDS } from '../review/review-words.ts';
import { DepartmentEditor } from './department-editor.tsx';

export type Department = Answer<'GET /api/departments'>['items'][number];

export function DepartmentsTab() {
  const departments = useRead('GET /api/departments', {});
  const [open, setOpen] = useState<Department | 'new' | null>(null);
  return (
    <section className="panel">
      <div className="filters">
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          新建
        </Button>
        <span className="quiet" style={{ alignSelf: 'center' }}>
          没有人员的部门也可以承担任务，其消息由综合协调处代收并标明。
        </span>
      </div>
      <Loaded read={departments}>
        {({ items }) => {
          const names = new Map(items.map((each) => [each.id, each.name]));
          return (
            <>
              <Table<Department>
                size="small"
                rowKey="id"
                dataSource={items.filter((each) => each.id !== 'bureau')}
                pagination={false}
                scroll={{ x: 640 }}
                columns={[
                  {
                    title: '名称',
                    dataIndex: 'name',
                    render: (name: string, row) => (
                      <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpen(row)}>
                        {name}
                      </Button>
                    ),
                  },
                  {
                    title: '类型',
                    dataIndex: 'kind',
                    width: 80,
                    render: (kind: Department['kind']) => KIND_WORDS[kind],
                  },
                  { title: '别名', dataIndex: 'aliases', render: (aliases: string[]) => aliases.join('、') },
                  {
                    title: '成员',
                    dataIndex: 'members',
                    render: (members: string[], row) =>
                      row.kind === 'group' && members.length === 0 ? (
                        <Mark tone="asking">没有成员</Mark>
                      ) : (
                        members.map((id) => names.get(id) ?? id).join('、')
                      ),
                  },
                  {
                    title: '状态',
                    key: 'active',
                    width: 120,
                    render: (_value, row) =>
                      row.active ? (
                        <Mark tone="done">在用</Mark>
                      ) : (
                        <Mark tone="quiet">
                          {row.mergedInto === null ? '已停用' : `并入${names.get(row.mergedInto) ?? ''}`}
                        </Mark>
                      ),
                  },
                ]}
              />
              {open !== null && (
                <DepartmentEditor
                  department={open === 'new' ? null : (items.find((each) => each.id === open.id) ?? open)}
                  all={items}
                  close={() => setOpen(null)}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
