import { DatePicker, Switch } from 'antd';
import dayjs from 'dayjs';
import { Link, useSearchParams } from 'react-router';
import { useRead, useReadPages } from '../api/use-read.ts';
import { Nothing, NextPage, Unloaded } from '../parts/answers.tsx';
import { DueDate } from '../parts/due-date.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { Figures } from '../plans/state-counts.tsx';
import { useSession } from '../sign-in/session.tsx';
import { dateTime } from '../time/civil-days.ts';
import { monthName, SHEET_PHASE_WORDS, type SheetItem } from './sheet-words.ts';

const MONTH = /^\d{4}-\d{2}$/u;

/** Monthly sheets: mine to fill, and who is missing for who watches over all. */
export function SheetsPage() {
  const [search, setSearch] = useSearchParams();
  const { ownDepartments } = useSession();
  const asked = search.get('month');
  const month = asked !== null && MONTH.test(asked) ? asked : undefined;
  const mine = search.get('mine') === '1';
  const phase = search.getAll('phase') as SheetItem['phase'][];
  const query = {
    limit: 100,
    ...(month === undefined ? {} : { month }),
    ...(mine ? { mine } : {}),
    ...(phase.length === 0 ? {} : { phase }),
    ...(search.get('late') === '1' ? { late: true } : {}),
  };
  const list = useReadPages('GET /api/sheets', { query }, { keep: true });
  const whole = useRead(
    'GET /api/sheets',
    { query: { limit: 1, ...(month === undefined ? {} : { month }), ...(mine ? { mine } : {}) } },
    { keep: true },
  );
  const counts = whole.data?.counts;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const address = (next: Record<string, string>) => {
    const params = new URLSearchParams(next);
    if (month !== undefined) params.set('month', month);
    if (mine) params.set('mine', '1');
    return `/sheets?${params.toString()}`;
  };
  const set = (name: string, value: string | null) => {
    const params = new URLSearchParams(search);
    if (value === null) params.delete(name);
    else params.set(name, value);
    setSearch(params, { replace: true });
  };
  return (
    <>
      <PageHead title="月报" about="每个部门每月一份，列出本部门全部在办任务；由部门负责人一次审核。" />
      {counts !== undefined && (
        <Figures
          items={[
            { label: '待填报', value: counts.requested, tone: 'asking', to: address({ phase: 'requested' }) },
            { label: '待审核', value: counts.submitted, tone: 'asking', to: address({ phase: 'submitted' }) },
            { label: '已审核', value: counts.approved, tone: 'done', to: address({ phase: 'approved' }) },
            { label: '逾期未报', value: counts.missing, tone: 'wrong', to: address({ phase: 'requested', late: '1' }) },
            { label: '曾逾期', value: counts.late, to: address({ late: '1' }) },
          ]}
        />
      )}
      <section className="panel" style={{ marginTop: 14 }}>
        <div className="filters">
          <DatePicker
            picker="month"
            aria-label="按月份筛选"
            placeholder="全部月份"
            value={month === undefined ? null : dayjs(`${month}-01`)}
            onChange={(value) => set('month', value === null ? null : value.format('YYYY-MM'))}
          />
          {ownDepartments.length > 0 && (
            <label style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
              <Switch size="small" checked={mine} onChange={(only) => set('mine', only ? '1' : null)} />
              只看本部门
            </label>
          )}
          {(phase.length > 0 || search.get('late') !== null) && (
            <Link to={address({})} style={{ alignSelf: 'center' }}>
              清除筛选
            </Link>
          )}
        </div>
        <Unloaded list={list} />
        {list.data !== undefined && items.length === 0 && (
          <Nothing title="没有月报">
            <p className="quiet">每月 20 日起的第一个工作日 9 时发出填报通知，25 日前（遇休息日提前）报送。</p>
          </Nothing>
        )}
        <ul className="rows">
          {items.map((sheet) => (
            <li key={`${sheet.id}/${sheet.month}`}>
              <Link className="row" to={`/sheets/${sheet.id}/${sheet.month}`}>
                <div className="row-main">
                  <div>
                    <b>
                      {sheet.department.name} {monthName(sheet.month)}
                    </b>{' '}
                    <Mark tone={SHEET_PHASE_WORDS[sheet.phase].tone}>{SHEET_PHASE_WORDS[sheet.phase].label}</Mark>{' '}
                    {sheet.overdueAt !== null && (
                      <Mark tone="wrong">{sheet.phase === 'requested' ? '逾期未报' : '曾逾期'}</Mark>
                    )}
                  </div>
                  <div className="quiet small one-line">
                    应填 {sheet.owed} 项 · {sheet.plan.title}
                  </div>
                </div>
                <div className="row-side">
                  {sheet.approvedAt !== null ? (
                    <span className="quiet num">{dateTime(sheet.approvedAt)} 审核</span>
                  ) : sheet.submittedAt !== null ? (
                    <span className="quiet num">{dateTime(sheet.submittedAt)} 提交</span>
                  ) : (
                    <DueDate due={sheet.dueOn} finished={sheet.phase === 'not-owed'} />
                  )}
                </div>
              </Link>
            </li>
          ))}
        </ul>
        <NextPage list={list}>加载更多</NextPage>
      </section>
    </>
  );
}
