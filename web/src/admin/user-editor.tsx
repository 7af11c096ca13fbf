import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';
import { useDepartmentOptions } from '../parts/department-select.tsx';
import { BUREAU, type Role } from '../sign-in/session.tsx';
import { ROLE_WORDS, ROLES } from '../wording/role-words.ts';
import type { User } from './users-tab.tsx';
import { FormDrawer } from '../parts/form-drawer.tsx';

interface Values {
  name: string;
  mail?: string;
  active?: boolean;
  posts: { department: string; role: Role }[];
}

/** Roles that are held for the bureau as a whole. */
const BUREAU_ROLES: Role[] = [
  'supervising-office',
  'deputy',
  'director',
  'director-office',
  'auditor',
  'administrator',
];

/** An account and its posts. A new one gets a one-time link instead of a password that two people know. */
export function UserEditor({
  user,
  close,
  invited,
}: {
  user: User | null;
  close: () => void;
  invited: (name: string, token: string) => void;
}) {
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const [refusal, setRefusal] = useState<string | null>(null);
  const options = [{ value: BUREAU, label: '全局' }, ...useDepartmentOptions()];
  const add = useWrite('POST /api/users', { renews: ['GET /api/users'] });
  const patch = useWrite('PATCH /api/users/{id}', { renews: ['GET /api/users', 'GET /api/session'] });

  const save = async ({ name, mail: given, active = true, posts = [] }: Values) => {
    setRefusal(null);
    const mail = given?.trim() ? given.trim() : null;
    try {
      if (user === null) {
        const { setupToken } = await add.mutateAsync({ body: { name: name.trim(), mail, posts } });
        close();
        if (setupToken !== null) invited(name.trim(), setupToken);
        return;
      }
      const body = { version: user.version, name: name.trim(), mail, active, posts };
      await patch.mutateAsync({ params: { id: user.id }, body });
      message.success('已保存');
      close();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.field === 'name') form.setFields([{ name: 'name', errors: [error.message] }]);
      else setRefusal(error.message);
    }
  };

  return (
    <FormDrawer
      title={user === null ? '新建账号' : user.name}
      size={520}
      close={close}
      send={() => form.submit()}
      sendLabel={user === null ? '建立并签发设置链接' : '保存'}
      busy={add.isPending || patch.isPending}
      refusal={refusal}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          name: user?.name ?? '',
          mail: user?.mail ?? '',
          active: user?.active ?? true,
          posts: user?.posts ?? [{}],
        }}
        onFinish={(values: Values) => void save(values)}
      >
        <Form.Item
          name="name"
          label="姓名（登录用）"
          rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="mail" label="邮箱（可不填）" rules={[{ type: 'email', message: '邮箱格式不对' }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.List name="posts">
          {(rows, { add: addRow, remove }) => (
            <Form.Item label="岗位" extra="局领导、局办公室、综合协调处和管理员的岗位设在“全局”">
              {rows.map((row) => (
                <div key={row.key} style={{ display: 'flex', gap: 8, marginBottom: 8 }}>
                  <Form.Item
                    name={[row.name, 'department']}
                    noStyle
                    rules={[{ required: true, message: '请选择部门' }]}
                  >
                    <Select
                      style={{ flex: 1 }}
                      placeholder="部门"
                      showSearch={{ optionFilterProp: 'label' }}
                      options={options}
                    />
                  </Form.Item>
                  <Form.Item name={[row.name, 'role']} noStyle rules={[{ required: true, message: '请选择岗位' }]}>
                    <Select
                      style={{ width: 160 }}
                      placeholder="岗位"
                      options={ROLES.map((role) => ({
                        value: role,
                        label: `${ROLE_WORDS[role]}${BUREAU_ROLES.includes(role) ? '（全局）' : ''}`,
                      }))}
                      popupMatchSelectWidth={false}
                    />
                  </Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label="移去这个岗位" onClick={() => remove(row.name)} />
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => addRow({})}>
                添加岗位
              </Button>
            </Form.Item>
          )}
        </Form.List>
        {user !== null && (
          <Form.Item name="active" label="在用" extra="停用后立即退出登录，历史保留" valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
    </FormDrawer>
  );
}
