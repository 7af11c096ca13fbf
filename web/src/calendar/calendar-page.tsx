import { EditOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { Loaded } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { useSession } from '../sign-in/session.tsx';
import { dateTime } from '../time/civil-days.ts';
import { CalendarEditor } from './calendar-editor.tsx';
import { YearView } from './year-view.tsx';

const FIRST = 2000;
const LAST = 2099;

/** The working calendar, year by year: published or provisional, with its history. */
export function CalendarPage() {
  const { today, may } = useSession();
  const [search, setSearch] = useSearchParams();
  const asked = Number(search.get('year'));
  const year = Number.isInteger(asked) && asked >= FIRST && asked <= LAST ? asked : Number(today.slice(0, 4));
  const [editing, setEditing] = useState(false);
  const horizon = useRead('GET /api/calendar', {});
  const read = useRead('GET /api/calendar/{year}', { params: { year } }, { keep: true });
  const go = (to: number) => setSearch({ year: String(to) }, { replace: true });
  return (
    <>
      <PageHead title="工作日历" about="期限、提醒和法定时限都按这里的工作日计算；放假和调休依国务院办公厅每年的通知。">
        <Button.Group>
          <Button icon={<LeftOutlined />} aria-label="前一年" disabled={year <= FIRST} onClick={() => go(year - 1)} />
          <Button className="num">{year} 年</Button>
          <Button icon={<RightOutlined />} aria-label="后一年" disabled={year >= LAST} onClick={() => go(year + 1)} />
        </Button.Group>
        {may('calendar.edit') && (
          <Button
            type="primary"
            icon={<EditOutlined />}
            onClick={() => setEditing(true)}
            disabled={read.data?.year !== year}
          >
            {read.data?.published === true ? '更正' : '录入通知'}
          </Button>
        )}
      </PageHead>
      {horizon.data?.alarm === true && !may('calendar.edit') && (
        <Alert type="warning" showIcon title={horizon.data.message} style={{ marginBottom: 14 }} />
      )}
      <section className="panel">
        <Loaded read={read} rows={12}>
          {(data) => (
            <>
              <h2>
                <span className="nowrap">{data.year} 年</span>{' '}
                {data.published ? <Mark tone="done">已公布</Mark> : <Mark tone="asking">暂定</Mark>}
                <span className="quiet small">
                  {data.published
                    ? data.source
                    : '通知尚未公布，暂按周末和法定节日推算；录入后相关期限会重新计算，并记录原因。'}
                </span>
              </h2>
              <YearView year={data.year} off={data.off} working={data.working} today={today} />
              <div className="result-line">
                <span>
                  <span className="day day-off" style={{ padding: '0 8px' }}>
                    休
                  </span>{' '}
                  放假 {data.off.length} 天
                </span>
                <span>
                  <span className="day day-working" style={{ padding: '0 8px' }}>
                    班
                  </span>{' '}
                  周末调休上班 {data.working.length} 天
                </span>
              </div>
              {data.history.length > 0 && (
                <div className="panel-body">
                  <b>版本</b>
                  <ul style={{ margin: '4px 0 0', paddingLeft: 20 }}>
                    {data.history.map((each) => (
                      <li key={each.version}>
                        第 {each.version} 版：{each.source}
                        <span className="quiet small">
                          {each.enteredAt === null ? '（随系统提供）' : `（${dateTime(each.enteredAt)} 录入）`}
                        </span>
                      </li>
                    ))}
                  </ul>
                </div>
              )}
              {editing && <CalendarEditor year={data} close={() => setEditing(false)} />}
            </>
          )}
        </Loaded>
      </section>
    </>
  );
}
