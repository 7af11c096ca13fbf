import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem } from '../api/api-problem.ts';
import { useRead } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { useDepartmentOptions } from '../parts/department-select.tsx';
import { FormDrawer } from '../parts/form-drawer.tsx';

interface Values {
  plan?: string;
  text: string;
  heading?: string;
  departments: string[];
  lead?: string[];
  deadline: string;
  basis: string;
}

/** 领导交办: a task that stands in no plan's text, or that is added to a running one. */
export function AddTask({ plan }: { plan: string | null }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        新增交办
      </Button>
      {open && <AddTaskDrawer plan={plan} close={() => setOpen(false)} />}
    </>
  );
}

function AddTaskDrawer({ plan, close }: { plan: string | null; close: () => void }) {
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<string | null>(null);
  const plans = useRead('GET /api/plans', {});
  const departments = useDepartmentOptions();
  const chosen = Form.useWatch('departments', form) ?? [];
  const write = useWrite('POST /api/tasks', { renews: ['GET /api/tasks', 'GET /api/plans/{id}/overview'] });

  const save = async ({ plan: to, heading, lead, ...rest }: Values) => {
    setRefusal(null);
    try {
      const added = await write.mutateAsync({
        body: {
          ...rest,
          ...(to === undefined ? {} : { plan: to }),
          ...(heading?.trim() ? { heading: heading.trim() } : {}),
          ...(lead === undefined || lead.length === 0 ? {} : { lead }),
        },
      });
      message.success('已交办');
      close();
      await navigate(`/tasks/${added.id}`);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const field = error.field as keyof Values | null;
      if (field !== null && field in rest) form.setFields([{ name: field, errors: [error.message] }]);
      else setRefusal(error.message);
    }
  };

  return (
    <FormDrawer
      title={'新增交办任务'}
      size={560}
      close={close}
      send={() => form.submit()}
      sendLabel={'交办'}
      busy={write.isPending}
      refusal={refusal}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={plan === null ? {} : { plan }}
        onFinish={(values: Values) => void save(values)}
      >
        <Form.Item
          name="text"
          label="任务内容"
          rules={[{ required: true, whitespace: true, message: '请填写任务内容' }]}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />
        </Form.Item>
        <Form.Item
          name="basis"
          label="交办依据"
          extra="会议、批示或文号"
          rules={[{ required: true, whitespace: true, message: '请填写交办依据' }]}
        >
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="departments" label="责任部门" rules={[{ required: true, message: '请选择责任部门' }]}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={departments} />
        </Form.Item>
        <Form.Item name="lead" label="牵头部门" extra="不选则按第一个推定">
          <Select mode="multiple" options={departments.filter((each) => chosen.includes(each.value))} />
        </Form.Item>
        <Form.Item
          name="deadline"
          label="时限"
          extra="如：2027年3月底前、每季度、长期坚持"
          rules={[{ required: true, whitespace: true, message: '请填写时限' }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="plan" label="归入计划">
          <Select
            allowClear
            placeholder="不归入任何计划"
            options={(plans.data?.items ?? [])
              .filter((each) => each.status === 'published')
              .map((each) => ({ value: each.id, label: each.title }))}
          />
        </Form.Item>
        <Form.Item name="heading" label="标题">
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
