import { Button, Result } from 'antd';
import { useEffect } from 'react';
import { useRouteError } from 'react-router';

const RELOADED = 'bihuan:reloaded-at';

/** A page that failed while it was drawn or fetched. After an update the old pages are gone: one reload fetches the new ones. */
export function BrokenPage() {
  const error = useRouteError();
  const stale = error instanceof TypeError && /import|module/iu.test(error.message);
  useEffect(() => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (!stale || Date.now() - last < 60_000) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  }, [stale]);
  return (
    <Result
      status="warning"
      title="这个页面没有正常显示"
      subTitle="已填写的内容可能没有保存。请刷新页面；若仍不行，请把当前网址和时间告诉管理员。"
      extra={[
        <Button key="reload" type="primary" onClick={() => location.reload()}>
          刷新页面
        </Button>,
        <Button key="home" href="/">
          回工作台
        </Button>,
      ]}
    />
  );
}
