import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemText } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';

/** Taking back a plan that was published by mistake hurts: the ground is asked for, and its effect is said first. */
export function WithdrawPlan({ plan, title }: { plan: string; title: string }) {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ ground: string; documentNumber?: string }>();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const write = useWrite('POST /api/plans/{id}/withdraw', {
    renews: ['GET /api/plans', 'GET /api/plans/{id}', 'GET /api/plans/{id}/overview', 'GET /api/tasks'],
  });
  const send = async ({ ground, documentNumber }: { ground: string; documentNumber?: string }) => {
    try {
      const { tasks } = await write.mutateAsync({
        params: { id: plan },
        body: { ground, ...(documentNumber ? { documentNumber } : {}) },
      });
      message.success(`计划已撤回，${tasks} 项任务随之撤回`);
      setOpen(false);
      await navigate('/plans');
    } catch (error) {
      message.error(problemText(error));
    }
  };
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        撤回计划
      </Button>
      <Modal
        open={open}
        title="撤回计划"
        okText="撤回计划"
        okButtonProps={{ danger: true, loading: write.isPending }}
        cancelText="不撤回"
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <p style={{ marginBottom: 12 }}>
          《{title}》中未办结的任务会全部撤回，不再提醒；历史保留。此操作不能恢复，同一份文件可以重新上传发布。
        </p>
        <Form form={form} layout="vertical" onFinish={(values) => void send(values)}>
          <Form.Item
            name="ground"
            label="撤回理由"
            rules={[{ required: true, whitespace: true, message: '请填写理由' }]}
          >
            <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} />
          </Form.Item>
          <Form.Item name="documentNumber" label="文号（有则填）">
            <Input maxLength={100} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
