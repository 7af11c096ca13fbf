import {
  AppstoreOutlined,
  BellOutlined,
  CalendarOutlined,
  DoubleLeftOutlined,
  DoubleRightOutlined,
  FileTextOutlined,
  FormOutlined,
  MenuOutlined,
  MonitorOutlined,
  ProfileOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Badge, Button, Drawer, Menu } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { useSession } from '../sign-in/session.tsx';
import { useUnread } from './unread.ts';

interface Place {
  to: string;
  label: string;
  icon: ReactNode;
}

const FOLDED = 'bihuan:side-folded';

function usePlaces(): Place[] {
  const { may } = useSession();
  return [
    { to: '/', label: '工作台', icon: <AppstoreOutlined /> },
    { to: '/tasks', label: '任务', icon: <ProfileOutlined /> },
    { to: '/plans', label: '行动计划', icon: <FileTextOutlined /> },
    { to: '/sheets', label: '月报', icon: <FormOutlined /> },
    { to: '/inbox', label: '消息', icon: <BellOutlined /> },
    { to: '/calendar', label: '工作日历', icon: <CalendarOutlined /> },
    ...(may('operations.read') ? [{ to: '/operations', label: '运行状况', icon: <MonitorOutlined /> }] : []),
    ...(may('people.administer') ? [{ to: '/admin', label: '部门与人员', icon: <TeamOutlined /> }] : []),
  ];
}

function currentPlace(pathname: string, places: Place[]): string[] {
  const found = places.find(({ to }) =>
    to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`),
  );
  return found === undefined ? [] : [found.to];
}

function PlacesMenu({ folded = false, onChosen }: { folded?: boolean; onChosen?: () => void }) {
  const places = usePlaces();
  const { pathname } = useLocation();
  return (
    <Menu
      mode="inline"
      inlineCollapsed={folded}
      selectedKeys={currentPlace(pathname, places)}
      items={places.map(({ to, label, icon }) => ({
        key: to,
        icon,
        title: label,
        label: (
          <Link to={to} onClick={() => onChosen?.()}>
            {label}
          </Link>
        ),
      }))}
    />
  );
}

export function SideBar() {
  const [folded, setFolded] = useState(() => localStorage.getItem(FOLDED) === '1');
  const fold = () => {
    localStorage.setItem(FOLDED, folded ? '0' : '1');
    setFolded(!folded);
  };
  return (
    <aside className="side" style={{ width: folded ? 64 : 192 }}>
      <Link to="/" className="side-mark" aria-label="闭环 工作台">
        <img src="/mark.svg" alt="" />
        {!folded && '闭环'}
      </Link>
      <nav aria-label="主导航">
        <PlacesMenu folded={folded} />
      </nav>
      <div className="side-foot">
        <Button
          type="text"
          block
          icon={folded ? <DoubleRightOutlined /> : <DoubleLeftOutlined />}
          onClick={fold}
          aria-label={folded ? '展开导航' : '收起导航'}
        >
          {folded ? null : '收起'}
        </Button>
      </div>
    </aside>
  );
}

/** On a phone: the four places of a day's work, and the rest behind one button. */
export function BottomBar() {
  const [open, setOpen] = useState(false);
  const unread = useUnread();
  return (
    <nav className="bottom" aria-label="主导航">
      <NavLink to="/" end>
        <AppstoreOutlined />
        工作台
      </NavLink>
      <NavLink to="/tasks">
        <ProfileOutlined />
        任务
      </NavLink>
      <NavLink to="/plans">
        <FileTextOutlined />
        计划
      </NavLink>
      <NavLink to="/inbox">
        <Badge count={unread} size="small">
          <BellOutlined />
        </Badge>
        消息
      </NavLink>
      <button type="button" onClick={() => setOpen(true)}>
        <MenuOutlined />
        更多
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" title="全部页面" size="large">
        <PlacesMenu onChosen={() => setOpen(false)} />
      </Drawer>
    </nav>
  );
}
