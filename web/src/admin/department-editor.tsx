import { App, Button, Form, Input, Popconfirm, Select, Space, Switch, Tag } from 'antd';
import { useState } from 'react';
import { ApiProblem, problemText } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';
import { KIND_WORDS } from '../review/review-words.ts';
import type { Department } from './departments-tab.tsx';
import { FormDrawer } from '../parts/form-drawer.tsx';

interface Values {
  name: string;
  kind: Department['kind'];
  mail?: string;
  documentNumber?: string;
  members?: string[];
  active?: boolean;
}

const RENEWS = ['GET /api/departments', 'GET /api/departments/{id}', 'GET /api/tasks'] as const;

/** A department's name, kind, members and aliases; renamed or merged by a paper, its history stays under the old name. */
export function DepartmentEditor({
  department,
  all,
  close,
}: {
  department: Department | null;
  all: Department[];
  close: () => void;
}) {
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const [refusal, setRefusal] = useState<string | null>(null);
  const add = useWrite('POST /api/departments', { renews: RENEWS });
  const patch = useWrite('PATCH /api/departments/{id}', { renews: RENEWS });
  const setMembers = useWrite('PUT /api/departments/{id}/members', { renews: RENEWS });
  const kind = Form.useWatch('kind', form) ?? department?.kind ?? 'department';
  const name = Form.useWatch('name', form) ?? department?.name;
  const others = all.filter((each) => each.active && each.id !== 'bureau' && each.id !== department?.id);

  const save = async (values: Values) => {
    setRefusal(null);
    try {
      const { members = [], documentNumber, active = true, mail: given, ...rest } = values;
      const mail = given?.trim() ? given.trim() : null;
      let saved: Department;
      if (department === null) saved = await add.mutateAsync({ body: { ...rest, mail } });
      else {
        const body = {
          version: department.version,
          ...rest,
          mail,
          active,
          ...(documentNumber ? { documentNumber } : {}),
        };
        saved = await patch.mutateAsync({ params: { id: department.id }, body });
      }
      const before = department?.members ?? [];
      const changed = members.length !== before.length || members.some((id) => !before.includes(id));
      if (values.kind === 'group' && changed) {
        await setMembers.mutateAsync({ params: { id: saved.id }, body: { version: saved.version, members } });
      }
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
      title={department === null ? '新建部门或群组' : department.name}
      size={520}
      close={close}
      send={() => form.submit()}
      sendLabel={'保存'}
      busy={add.isPending || patch.isPending || setMembers.isPending}
      refusal={refusal}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          name: department?.name ?? '',
          kind: department?.kind ?? 'department',
          mail: department?.mail ?? '',
          members: department?.members ?? [],
          active: department?.active ?? true,
        }}
        onFinish={(values: Values) => void save(values)}
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
          <Input maxLength={100} />
        </Form.Item>
        {department !== null && name !== department.name && (
          <Form.Item name="documentNumber" label="更名依据（文号）" extra="更名前的记录仍用原名显示">
            <Input maxLength={100} />
          </Form.Item>
        )}
        <Form.Item name="kind" label="类型">
          <Select options={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        {kind === 'group' && (
          <Form.Item name="members" label="成员" extra="计划写“各处室”等群组的，每个成员各自承担、各自报告">
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              options={others
                .filter((each) => each.kind !== 'group')
                .map((each) => ({ value: each.id, label: each.name }))}
            />
          </Form.Item>
        )}
        <Form.Item name="mail" label="部门邮箱（可不填）" rules={[{ type: 'email', message: '邮箱格式不对' }]}>
          <Input maxLength={200} />
        </Form.Item>
        {department !== null && (
          <Form.Item name="active" label="在用" valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
      {department !== null && <Aliases department={department} />}
      {department !== null && department.active && <Merge department={department} others={others} close={close} />}
    </FormDrawer>
  );
}

function Aliases({ department }: { department: Department }) {
  const { message } = App.useApp();
  const [alias, setAlias] = useState('');
  const add = useWrite('POST /api/departments/{id}/aliases', { renews: RENEWS });
  const remove = useWrite('DELETE /api/departments/{id}/aliases/{alias}', { renews: RENEWS });
  const params = { id: department.id };
  const store = () =>
    add
      .mutateAsync({ params, body: { alias: alias.trim() } })
      .then(() => setAlias(''))
      .catch((error: unknown) => message.error(problemText(error)));
  return (
    <Form layout="vertical" component="div">
      <Form.Item label="别名" extra="计划中用别名写的，读取时自动对应到这个部门">
        <div style={{ marginBottom: 6 }}>
          {department.aliases.map((each) => (
            <Tag
              key={each}
              closable
              onClose={(event) => {
                event.preventDefault();
                remove
                  .mutateAsync({ params: { ...params, alias: each } })
                  .catch((error: unknown) => message.error(problemText(error)));
              }}
            >
              {each}
            </Tag>
          ))}
          {department.aliases.length === 0 && <span className="quiet">没有别名</span>}
        </div>
        <Space.Compact>
          <Input
            aria-label="新的别名"
            value={alias}
            onChange={(event) => setAlias(event.target.value)}
            onPressEnter={() => alias.trim() !== '' && void store()}
            maxLength={100}
          />
          <Button onClick={() => void store()} disabled={alias.trim() === ''} loading={add.isPending}>
            添加
          </Button>
        </Space.Compact>
      </Form.Item>
    </Form>
  );
}

function Merge({ department, others, close }: { department: Department; others: Department[]; close: () => void }) {
  const { message } = App.useApp();
  const [into, setInto] = useState<string | null>(null);
  const [documentNumber, setDocumentNumber] = useState('');
  const merge = useWrite('POST /api/departments/{id}/merge', { renews: RENEWS });
  return (
    <Form layout="vertical" component="div">
      <Form.Item label="并入另一部门" extra="未了结的任务移给对方，历史留在原名下；不能恢复">
        <Select
          aria-label="并入哪个部门"
          style={{ width: '100%', marginBottom: 8 }}
          placeholder="并入哪个部门"
          showSearch={{ optionFilterProp: 'label' }}
          value={into}
          onChange={setInto}
          options={others.filter((each) => each.kind !== 'group').map((each) => ({ value: each.id, label: each.name }))}
        />
        <Space.Compact style={{ width: '100%' }}>
          <Input
            aria-label="合并依据的文号"
            placeholder="文号"
            value={documentNumber}
            onChange={(event) => setDocumentNumber(event.target.value)}
            maxLength={100}
          />
          <Popconfirm
            title={`确定把${department.name}并入${others.find((each) => each.id === into)?.name ?? ''}？`}
            okText="并入"
            okButtonProps={{ danger: true }}
            cancelText="不并入"
            disabled={into === null || documentNumber.trim() === ''}
            onConfirm={() =>
              merge
                .mutateAsync({
                  params: { id: department.id },
                  body: { version: department.version, into: into ?? '', documentNumber: documentNumber.trim() },
                })
                .then(() => {
                  message.success('已并入');
                  close();
                })
                .catch((error: unknown) => message.error(problemText(error)))
            }
          >
            <Button danger disabled={into === null || documentNumber.trim() === ''} loading={merge.isPending}>
              并入
            </Button>
          </Popconfirm>
        </Space.Compact>
      </Form.Item>
    </Form>
  );
}
