import { Alert, Button, Form, Input, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiProblem, problemText } from '../api/api-problem.ts';
import { request } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { Door } from './door.tsx';

interface Chosen {
  name?: string;
  password: string;
}

/** A one-time link: the first administrator names themselves, an invited person chooses a password. */
export function SetupPage() {
  const { token = '' } = useParams();
  const navigate = useNavigate();
  const setup = useRead('GET /api/setup/{token}', { params: { token } });
  const [form] = Form.useForm<Chosen>();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = '设置账号 · 闭环';
  }, []);

  const finish = async ({ name, password }: Chosen) => {
    setBusy(true);
    setError(null);
    try {
      const done = await request('POST /api/setup/{token}', {
        params: { token },
        body: { password, ...(name === undefined ? {} : { name: name.trim() }) },
      });
      await request('POST /api/session', { body: { name: done.name, password } });
      await navigate('/', { replace: true });
    } catch (refused) {
      if (refused instanceof ApiProblem && (refused.field === 'name' || refused.field === 'password')) {
        form.setFields([{ name: refused.field, errors: [refused.message] }]);
      } else setError(problemText(refused));
    } finally {
      setBusy(false);
    }
  };

  if (setup.error !== null) {
    return (
      <Door>
        <Alert type="warning" showIcon title={problemText(setup.error)} style={{ marginBottom: 16 }} />
        <Link to="/login">去登录</Link>
      </Door>
    );
  }
  if (setup.data === undefined) {
    return (
      <Door>
        <Skeleton active />
      </Door>
    );
  }
  const first = setup.data.firstAdministrator;
  return (
    <Door>
      <p style={{ marginBottom: 16 }}>
        {first ? '首次启用：请建立系统管理员账号。' : `${setup.data.name ?? ''}，请为您的账号设置密码。`}
      </p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values: Chosen) => void finish(values)}>
        {error !== null && <Alert type="error" showIcon title={error} style={{ marginBottom: 16 }} role="alert" />}
        {first && (
          <Form.Item name="name" label="姓名（登录用）" rules={[{ required: true, message: '请输入姓名' }]}>
            <Input size="large" autoComplete="username" autoFocus maxLength={100} />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label="密码"
          extra="至少 8 位，可以是一句好记的话。"
          rules={[{ required: true, message: '请输入密码' }]}
        >
          <Input.Password size="large" autoComplete="new-password" autoFocus={!first} maxLength={256} />
        </Form.Item>
        <Form.Item
          name="again"
          label="再输一次密码"
          dependencies={['password']}
          rules={[
            { required: true, message: '请再输一次' },
            {
              validator: async (_rule, value: string) => {
                if (value !== undefined && value !== '' && value !== form.getFieldValue('password'))
                  throw new Error('两次输入不一致');
              },
            },
          ]}
        >
          <Input.Password size="large" autoComplete="new-password" maxLength={256} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          完成设置并登录
        </Button>
      </Form>
    </Door>
  );
}
