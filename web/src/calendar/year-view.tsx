import { addDays, weekdayOf } from '../time/civil-days.ts';
import './calendar-page.css';

const HEADS = ['一', '二', '三', '四', '五', '六', '日'];

/** Twelve months with what the State Council's notice changes: 休 and 班. With `toggle` the days can be pressed. */
export function YearView({
  year,
  off,
  working,
  today,
  toggle,
}: {
  year: number;
  off: readonly string[];
  working: readonly string[];
  today: string;
  toggle?: (date: string) => void;
}) {
  const free = new Set(off);
  const worked = new Set(working);
  return (
    <div className="months">
      {Array.from({ length: 12 }, (_unused, index) => (
        <section className="month" key={index + 1} aria-label={`${year}年${index + 1}月`}>
          <h3>{index + 1}月</h3>
          <div className="month-days">
            {HEADS.map((head) => (
              <abbr key={head}>{head}</abbr>
            ))}
            {daysOf(year, index + 1).map((date, place) =>
              date === null ? (
                // Empty places before the first of the month have no other identity.
                // oxlint-disable-next-line react/no-array-index-key
                <span key={`empty-${place}`} />
              ) : (
                <Day
                  key={date}
                  date={date}
                  kind={
                    free.has(date)
                      ? 'off'
                      : worked.has(date)
                        ? 'working'
                        : weekdayOf(date) % 6 === 0
                          ? 'weekend'
                          : 'plain'
                  }
                  today={date === today}
                  {...(toggle === undefined ? {} : { toggle })}
                />
              ),
            )}
          </div>
        </section>
      ))}
    </div>
  );
}

type Kind = 'off' | 'working' | 'weekend' | 'plain';
const KIND_WORDS: Record<Kind, string> = { off: '放假', working: '调休上班', weekend: '周末', plain: '工作日' };

function Day({
  date,
  kind,
  today,
  toggle,
}: {
  date: string;
  kind: Kind;
  today: boolean;
  toggle?: (date: string) => void;
}) {
  const className = `day day-${kind} ${today ? 'day-today' : ''}`;
  const shown = (
    <>
      {Number(date.slice(8))}
      {kind === 'off' && <i>休</i>}
      {kind === 'working' && <i>班</i>}
    </>
  );
  const label = `${date} ${KIND_WORDS[kind]}`;
  if (toggle === undefined) {
    return (
      <span className={className} title={label}>
        {shown}
      </span>
    );
  }
  return (
    <button type="button" className={className} aria-label={label} title={label} onClick={() => toggle(date)}>
      {shown}
    </button>
  );
}

function daysOf(year: number, month: number): (string | null)[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const days: (string | null)[] = Array.from({ length: (weekdayOf(first) + 6) % 7 }, () => null);
  for (let date = first; date.startsWith(first.slice(0, 7)); date = addDays(date, 1)) days.push(date);
  return days;
}
