import { Alert, Spin } from 'antd';

/** 正在确认: no answer came, and the same write is being asked for again. */
export function Confirming({ shown }: { shown: boolean }) {
  if (!shown) return null;
  return (
    <Alert
      type="info"
      showIcon
      icon={<Spin size="small" />}
      title="正在确认"
      description="服务器还没有给出结果，正在用同一个编号再问，不会重复办理。请不要关闭页面。"
      style={{ marginBottom: 14 }}
    />
  );
}
