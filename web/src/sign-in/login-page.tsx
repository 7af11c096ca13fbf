import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { problemText } from '../api/api-problem.ts';
import { queryClient } from '../api/query-client.ts';
import { request } from '../api/request.ts';
import { readKey } from '../api/use-read.ts';
import { Door } from './door.tsx';

/** Only addresses of our own pages: a link must not lead a person who signs in to another site. */
function ownAddress(to: string | null): string {
  return to !== null && to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/';
}

export function LoginPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<{ name: string; password: string }>();
  useEffect(() => {
    document.title = '登录 · 闭环';
  }, []);

  const signIn = async (values: { name: string; password: string }) => {
    setBusy(true);
    setError(null);
    try {
      const session = await request('POST /api/session', {
        body: { name: values.name.trim(), password: values.password },
      });
      // Nothing that another person has seen on this computer stays.
      queryClient.clear();
      queryClient.setQueryData(readKey('GET /api/session', {}), session);
      await navigate(ownAddress(search.get('to')), { replace: true });
    } catch (refused) {
      setError(problemText(refused));
      form.setFieldValue('password', '');
      form.focusField('password');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Door>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void signIn(values)}>
        {search.get('ended') !== null && error === null && (
          <Alert
            type="info"
            showIcon
            title="登录已过期，请重新登录；之后会回到刚才的页面。"
            style={{ marginBottom: 16 }}
          />
        )}
        {error !== null && <Alert type="error" showIcon title={error} style={{ marginBottom: 16 }} role="alert" />}
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请输入姓名' }]}>
          <Input size="large" autoComplete="username" autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
          <Input.Password size="large" autoComplete="current-password" maxLength={256} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          登录
        </Button>
        <p className="quiet small" style={{ marginTop: 16 }}>
          忘记密码或没有账号，请联系本单位的系统管理员，由其发给一次性设置链接。
        </p>
      </Form>
    </Door>
  );
}
