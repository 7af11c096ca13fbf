import { Button, Result } from 'antd';
import { Link } from 'react-router';

export function MissingPage() {
  return (
    <Result
      status="404"
      title="没有这个页面"
      subTitle="网址可能抄错了，或者内容已移走。"
      extra={
        <Link to="/">
          <Button type="primary">回工作台</Button>
        </Link>
      }
    />
  );
}
