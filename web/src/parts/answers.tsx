import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Skeleton } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiProblem, problemText } from '../api/api-problem.ts';

/** What a page shows where there is nothing: why, and what one can do about it. */
export function Nothing({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      {icon ?? <InboxOutlined />}
      <p>{title}</p>
      {children}
    </div>
  );
}

/** A refusal or failure in place, with the way on. */
export function Failure({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const missing = error instanceof ApiProblem && error.status === 404;
  return (
    <Alert
      type={missing ? 'warning' : 'error'}
      showIcon
      title={missing ? '没有找到' : '没有取到内容'}
      description={problemText(error)}
      action={
        missing ? (
          <Link to="/">
            <Button size="small">回工作台</Button>
          </Link>
        ) : (
          retry !== undefined && (
            <Button size="small" onClick={retry}>
              重试
            </Button>
          )
        )
      }
    />
  );
}

/** Skeleton, failure or content of one read; content stays while it is renewed. */
export function Loaded<T>({
  read,
  rows = 6,
  children,
}: {
  read: UseQueryResult<T, ApiProblem>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (read.data !== undefined) return <>{children(read.data)}</>;
  if (read.error !== null) {
    return (
      <div style={{ padding: 16 }}>
        <Failure error={read.error} retry={() => void read.refetch()} />
      </div>
    );
  }
  return (
    <div style={{ padding: 16 }}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

interface PagedList {
  data: unknown;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Skeleton or failure of a list that is read page after page; nothing once its first page is there. */
export function Unloaded({ list, rows = 6 }: { list: PagedList; rows?: number }) {
  if (list.data !== undefined) return null;
  return (
    <div style={{ padding: 16 }}>
      {list.error === null ? (
        <Skeleton active title={false} paragraph={{ rows }} />
      ) : (
        <Failure error={list.error} retry={() => void list.refetch()} />
      )}
    </div>
  );
}

export function NextPage({ list, children }: { list: PagedList; children: ReactNode }) {
  if (!list.hasNextPage) return null;
  return (
    <div style={{ padding: 14, textAlign: 'center' }}>
      <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {children}
      </Button>
    </div>
  );
}
