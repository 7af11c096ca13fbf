import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { PageHead } from '../parts/page-head.tsx';
import { DepartmentsTab } from './departments-tab.tsx';
import { UsersTab } from './users-tab.tsx';

export function AdminPage() {
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <PageHead title="部门与人员" />
      <Tabs
        activeKey={search.get('tab') ?? 'departments'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        items={[
          { key: 'departments', label: '部门和群组', children: <DepartmentsTab /> },
          { key: 'users', label: '人员和岗位', children: <UsersTab /> },
        ]}
      />
    </>
  );
}
