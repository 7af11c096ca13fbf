import { ClockCircleOutlined } from '@ant-design/icons';
import { useSession } from '../sign-in/session.tsx';
import { longDate } from '../time/civil-days.ts';

/** What everybody must know before reading on. */
export function Banners() {
  const { session, today } = useSession();
  return (
    <>
      {session.clockShifted && (
        <div className="banner" role="status">
          <ClockCircleOutlined /> 演示时钟：系统现在按 {longDate(today)} 计时，与真实日期不同，数据仅供演示。
        </div>
      )}
    </>
  );
}
