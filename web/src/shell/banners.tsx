import { CalendarOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { useSession } from '../sign-in/session.tsx';
import { longDate } from '../time/civil-days.ts';

/** What everybody must know before reading on, and what administrators must not forget. */
export function Banners() {
  const { session, today, may } = useSession();
  const calendar = useRead('GET /api/calendar', {}, { enabled: may('calendar.edit') });
  return (
    <>
      {session.clockShifted && (
        <div className="banner" role="status">
          <ClockCircleOutlined /> 演示时钟：系统现在按 {longDate(today)} 计时，与真实日期不同，数据仅供演示。
        </div>
      )}
      {calendar.data?.alarm === true && (
        <div className="banner" role="status">
          <CalendarOutlined /> {calendar.data.message} <Link to="/calendar">去录入</Link>
        </div>
      )}
    </>
  );
}
