import { Tooltip } from 'antd';
import { useSession } from '../sign-in/session.tsx';
import { daysBetween, longDate, shortDate, weekdayName } from '../time/civil-days.ts';

/** 剩余N天 / 今天到期 / 逾期N天, from a due date and today. */
export function countdownText(due: string, today: string): string {
  const days = daysBetween(today, due);
  if (days === 0) return '今天到期';
  return days > 0 ? `剩余${days}天` : `逾期${-days}天`;
}

/** A due date with its countdown; `finished` ones show the date alone. */
export function DueDate({
  due,
  originalDue,
  provisional = false,
  finished = false,
  soft = false,
}: {
  due: string | null;
  originalDue?: string | null;
  provisional?: boolean;
  finished?: boolean;
  soft?: boolean;
}) {
  const { today } = useSession();
  if (due === null) return <span className="quiet">—</span>;
  const days = daysBetween(today, due);
  const moved = originalDue != null && originalDue !== due;
  const tone = days < 0 ? (soft ? 'soon' : 'late') : days <= 7 ? 'soon' : 'quiet';
  return (
    <span className="num">
      <Tooltip title={`${longDate(due)} ${weekdayName(due)}${moved ? `；原定${longDate(originalDue)}` : ''}`}>
        <span className="nowrap">
          {shortDate(due, today)}
          {moved && <span className="quiet small">（已调整）</span>}
        </span>
      </Tooltip>
      {provisional && (
        <Tooltip title="涉及的年份放假安排尚未公布，日期暂按周末和法定节日推算，公布后会重新计算">
          <span className="mark mark-asking" style={{ marginLeft: 6 }}>
            暂定
          </span>
        </Tooltip>
      )}
      {!finished && (
        <>
          <br />
          <span className={`${tone} small nowrap`}>
            {days < 0 && soft ? '未达原则性时限' : countdownText(due, today)}
          </span>
        </>
      )}
    </span>
  );
}
