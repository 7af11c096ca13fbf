import { useQueryClient } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { ApiProblem } from '../api/api-problem.ts';
import { SESSION_ENDED } from '../api/query-client.ts';
import { readKey, useRead } from '../api/use-read.ts';
import { Failure } from '../parts/answers.tsx';
import { SessionProvider } from '../sign-in/session.tsx';
import { Banners } from './banners.tsx';
import { BottomBar, SideBar } from './navigation.tsx';
import { TopBar } from './top-bar.tsx';
import { useInboxStream } from './unread.ts';

/** The frame around every page of a signed-in person. */
export function Shell() {
  const session = useRead('GET /api/session', {}, { every: 5 * 60_000 });
  const location = useLocation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const here = `${location.pathname}${location.search}`;
  useEffect(() => {
    const ended = () => {
      // Who was never signed in has no session that could have ended.
      const had = client.getQueryData(readKey('GET /api/session', {})) !== undefined;
      client.clear();
      void navigate(`/login?${had ? 'ended&' : ''}to=${encodeURIComponent(here)}`, { replace: true });
    };
    window.addEventListener(SESSION_ENDED, ended);
    return () => window.removeEventListener(SESSION_ENDED, ended);
  }, [client, navigate, here]);

  if (session.data === undefined) {
    if (session.error instanceof ApiProblem && session.error.status === 401) {
      return <Navigate to={`/login?to=${encodeURIComponent(here)}`} replace />;
    }
    return (
      <div style={{ padding: 24, maxWidth: 720, margin: '0 auto' }}>
        {session.error !== null ? (
          <Failure error={session.error} retry={() => void session.refetch()} />
        ) : (
          <Skeleton active />
        )}
      </div>
    );
  }
  return (
    <SessionProvider session={session.data} fetchedAt={session.dataUpdatedAt}>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  useInboxStream();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        跳到正文
      </a>
      <SideBar />
      <div className="main">
        <TopBar />
        <Banners />
        <main className="content" id="content" tabIndex={-1} style={{ outline: 'none' }}>
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <ScrollRestoration getKey={(location) => `${location.pathname}${location.search}`} />
    </div>
  );
}
