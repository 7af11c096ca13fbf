import { Alert, App, Button, Checkbox, Form, Input, Radio, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import type { Answer } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { Loaded } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { NOTICE_KIND_WORDS, NOTICE_KINDS } from '../wording/notice-words.ts';

type Preferences = Answer<'GET /api/me/preferences'>;

export function MePage() {
  const preferences = useRead('GET /api/me/preferences', {});
  return (
    <>
      <PageHead title="我的设置" />
      <div className="columns">
        <section className="panel">
          <h2>邮件</h2>
          <div className="panel-body">
            <p className="quiet" style={{ marginBottom: 12 }}>
              站内消息总会送到。这里只决定哪些另外发邮件；没有登记邮箱的，请联系管理员。
            </p>
            <Loaded read={preferences}>{(data) => <Mail preferences={data} />}</Loaded>
          </div>
        </section>
        <section className="panel">
          <h2>修改密码</h2>
          <div className="panel-body">
            <Password />
          </div>
        </section>
      </div>
    </>
  );
}

function Mail({ preferences }: { preferences: Preferences }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Preferences>();
  const [refusal, setRefusal] = useState<string | null>(null);
  const write = useWrite('PUT /api/me/preferences', { renews: ['GET /api/me/preferences'] });
  const save = async (values: Preferences) => {
    setRefusal(null);
    try {
      await write.mutateAsync({
        body: { ...values, quietFrom: values.quietFrom ?? null, quietUntil: values.quietUntil ?? null },
      });
      message.success('已保存');
    } catch (error) {
      if (error instanceof ApiProblem) setRefusal(error.message);
      else throw error;
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={preferences}
      onFinish={(values: Preferences) => void save(values)}
    >
      {refusal !== null && <Alert type="error" showIcon title={refusal} style={{ marginBottom: 12 }} />}
      <Form.Item name="mode" label="方式">
        <Radio.Group
          options={[
            { value: 'digest', label: '每天汇总一封' },
            { value: 'single', label: '逐条发送' },
            { value: 'off', label: '不发邮件' },
          ]}
        />
      </Form.Item>
      <Form.Item name="kinds" label="哪些消息">
        <Checkbox.Group
          options={NOTICE_KINDS.map((kind) => ({ value: kind, label: NOTICE_KIND_WORDS[kind] }))}
          style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(110px, 1fr))' }}
        />
      </Form.Item>
      <Form.Item label="免打扰时段" extra="这段时间不发邮件，之后补发；起止都不填则不设。">
        <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <Form.Item name="quietFrom" noStyle>
            <TimeField />
          </Form.Item>
          至
          <Form.Item name="quietUntil" noStyle>
            <TimeField />
          </Form.Item>
        </div>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={write.isPending}>
        保存
      </Button>
    </Form>
  );
}

function TimeField({ value, onChange }: { value?: string | null; onChange?: (time: string | null) => void }) {
  return (
    <TimePicker
      format="HH:mm"
      minuteStep={15}
      needConfirm={false}
      value={value == null ? null : dayjs(`2000-01-01T${value}`)}
      onChange={(time) => onChange?.(time === null ? null : time.format('HH:mm'))}
    />
  );
}

function Password() {
  const { message } = App.useApp();
  const [form] = Form.useForm<{ current: string; password: string; again: string }>();
  const write = useWrite('PUT /api/me/password');
  const save = async ({ current, password }: { current: string; password: string }) => {
    try {
      await write.mutateAsync({ body: { current, password } });
      form.resetFields();
      message.success('密码已修改，其他地方的登录已退出');
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      form.setFields([{ name: error.field === 'password' ? 'password' : 'current', errors: [error.message] }]);
    }
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void save(values)}>
      <Form.Item name="current" label="现用密码" rules={[{ required: true, message: '请输入现用密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="password"
        label="新密码"
        rules={[
          { required: true, message: '请输入新密码' },
          { min: 8, message: '至少 8 位' },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="again"
        label="再输一次"
        dependencies={['password']}
        rules={[
          {
            validator: async (_rule, value: string | undefined) => {
              if (value !== form.getFieldValue('password')) throw new Error('两次输入不一致');
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Button htmlType="submit" loading={write.isPending}>
        修改密码
      </Button>
    </Form>
  );
}
