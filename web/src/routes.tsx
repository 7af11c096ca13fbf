import { Skeleton } from 'antd';
import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { BrokenPage } from './shell/broken-page.tsx';
import { Shell } from './shell/shell.tsx';
import { LoginPage } from './sign-in/login-page.tsx';
import { SetupPage } from './sign-in/setup-page.tsx';

/** Each page is a chunk of its own, fetched when it is first opened. */
function page(load: () => Promise<ComponentType>) {
  return { lazy: async () => ({ Component: await load() }), hydrateFallbackElement: <Waiting /> };
}

function Waiting() {
  return (
    <div style={{ padding: 24 }}>
      <Skeleton active />
    </div>
  );
}

export const router = createBrowserRouter([
  { path: '/login', element: <LoginPage /> },
  { path: '/setup/:token', element: <SetupPage /> },
  {
    path: '/',
    element: <Shell />,
    errorElement: <BrokenPage />,
    children: [
      {
        errorElement: <BrokenPage />,
        children: [
          { index: true, ...page(async () => (await import('./workbench/workbench-page.tsx')).WorkbenchPage) },
          { path: 'tasks', ...page(async () => (await import('./tasks/tasks-page.tsx')).TasksPage) },
          { path: 'tasks/:id', ...page(async () => (await import('./task/task-page.tsx')).TaskPage) },
          { path: 'plans', ...page(async () => (await import('./plans/plans-page.tsx')).PlansPage) },
          { path: 'plans/new', ...page(async () => (await import('./plans/upload-page.tsx')).UploadPage) },
          { path: 'plans/:id', ...page(async () => (await import('./plans/overview-page.tsx')).OverviewPage) },
          { path: 'plans/:id/review', ...page(async () => (await import('./review/review-page.tsx')).ReviewPage) },
          {
            path: 'plans/:id/rehearsal',
            ...page(async () => (await import('./rehearsal/rehearsal-page.tsx')).RehearsalPage),
          },
          { path: 'inbox', ...page(async () => (await import('./inbox/inbox-page.tsx')).InboxPage) },
          { path: 'sheets', ...page(async () => (await import('./sheets/sheets-page.tsx')).SheetsPage) },
          { path: 'sheets/:id/:month', ...page(async () => (await import('./sheets/sheet-page.tsx')).SheetMonthPage) },
          { path: 'calendar', ...page(async () => (await import('./calendar/calendar-page.tsx')).CalendarPage) },
          {
            path: 'operations',
            ...page(async () => (await import('./operations/operations-page.tsx')).OperationsPage),
          },
          { path: 'admin', ...page(async () => (await import('./admin/admin-page.tsx')).AdminPage) },
          { path: 'me', ...page(async () => (await import('./me/me-page.tsx')).MePage) },
          { path: '*', ...page(async () => (await import('./shell/missing-page.tsx')).MissingPage) },
        ],
      },
    ],
  },
]);
