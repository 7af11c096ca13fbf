import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Answer } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { Loaded, Nothing } from '../parts/answers.tsx';
import { DateField } from '../parts/date-field.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { Figures } from '../plans/state-counts.tsx';
import { dayOfInstant, longDate, timeOfDay, weekdayName, weekdayOf } from '../time/civil-days.ts';
import { NOTICE_KIND_WORDS, type NoticeKind } from '../wording/notice-words.ts';
import { pathText } from '../wording/path-text.ts';
import { rehearsalCsv } from './rehearsal-csv.ts';

export type Rehearsal = Answer<'GET /api/plans/{id}/rehearsal'>;
type Item = Rehearsal['items'][number];
type Assume = Rehearsal['assume'];
type By = 'day' | 'department';

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
/** Days, or departments, that are drawn at first; more at the press of a button. */
const GROUPS_AT_ONCE = 40;

/** Everything that the plan will send, before it does. */
export function RehearsalPage() {
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const date = (name: string) => {
    const value = search.get(name);
    return value !== null && DATE.test(value) ? value : undefined;
  };
  const from = date('from');
  const to = date('to');
  const assume: Assume = search.get('assume') === 'on-time' ? 'on-time' : 'silence';
  const by: By = search.get('by') === 'department' ? 'department' : 'day';
  const kinds = search.getAll('kind') as NoticeKind[];
  const departments = search.getAll('department');
  const plan = useRead('GET /api/plans/{id}', { params: { id } });
  const rehearsal = useRead(
    'GET /api/plans/{id}/rehearsal',
    { params: { id }, query: { assume, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } },
    { keep: true },
  );
  const set = (next: Record<string, string | string[] | null>) => {
    const params = new URLSearchParams(search);
    for (const [name, value] of Object.entries(next)) {
      params.delete(name);
      for (const one of value === null ? [] : [value].flat()) params.append(name, one);
    }
    setSearch(params, { replace: true, preventScrollReset: true });
  };
  return (
    <>
      <PageHead
        title="提醒预演"
        about={
          <>
            <Link to={`/plans/${id}`}>{plan.data?.title ?? '计划'}</Link>
            ：启用后会发出的提醒、月报通知、逾期上报和评估节点。这里只是推演，不会发出任何消息。
          </>
        }
      >
        {rehearsal.data !== undefined && (
          <Button icon={<DownloadOutlined />} onClick={() => save(rehearsal.data)}>
            导出 CSV
          </Button>
        )}
      </PageHead>
      <section className="panel">
        <div className="filters">
          <Segmented<By>
            value={by}
            onChange={(value) => set({ by: value === 'day' ? null : value })}
            options={[
              { value: 'day', label: '按日期' },
              { value: 'department', label: '按部门' },
            ]}
          />
          <Segmented<Assume>
            value={assume}
            onChange={(value) => set({ assume: value === 'silence' ? null : value })}
            options={[
              { value: 'silence', label: '假定无人办理' },
              { value: 'on-time', label: '假定按时完成' },
            ]}
          />
          <DateField
            value={from ?? rehearsal.data?.from ?? null}
            onChange={(value) => set({ from: value })}
            placeholder="启用日"
            style={{ width: 140 }}
          />
          <DateField
            value={to ?? rehearsal.data?.to ?? null}
            onChange={(value) => set({ to: value })}
            placeholder="到"
            style={{ width: 140 }}
          />
          <Select
            aria-label="按类别筛选"
            mode="multiple"
            maxTagCount="responsive"
            style={{ minWidth: 150, flex: '0 1 200px' }}
            placeholder="全部类别"
            value={kinds}
            onChange={(value) => set({ kind: value })}
            options={Object.entries(NOTICE_KIND_WORDS).map(([value, label]) => ({ value: value as NoticeKind, label }))}
          />
          <Select
            aria-label="按收件部门筛选"
            mode="multiple"
            maxTagCount="responsive"
            style={{ minWidth: 150, flex: '0 1 220px' }}
            placeholder="全部部门"
            value={departments}
            onChange={(value) => set({ department: value })}
            options={departmentOptions(rehearsal.data?.items ?? [])}
          />
        </div>
        <Loaded read={rehearsal} rows={12}>
          {(data) => <Sent key={`${by}/${assume}`} data={data} by={by} kinds={kinds} departments={departments} />}
        </Loaded>
      </section>
    </>
  );
}

function save(data: Rehearsal): void {
  const address = URL.createObjectURL(new Blob([rehearsalCsv(data)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `提醒预演-${data.from}-${data.to}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

function DayMark({ day }: { day: string }) {
  const calendar = useRead('GET /api/calendar', {});
  const year = calendar.data?.years.find((each) => each.year === Number(day.slice(0, 4)));
  if (year?.working.includes(day) === true) return <Mark tone="asking">调休上班</Mark>;
  if (year?.off.includes(day) === true) return <Mark tone="quiet">节假日</Mark>;
  if (weekdayOf(day) % 6 === 0) return <Mark tone="quiet">休息日</Mark>;
  return null;
}

function departmentOptions(items: Item[]): { value: string; label: string }[] {
  return [...new Set(items.map((item) => item.department))].map((name) => ({ value: name, label: name }));
}

function Sent({
  data,
  by,
  kinds,
  departments,
}: {
  data: Rehearsal;
  by: By;
  kinds: NoticeKind[];
  departments: string[];
}) {
  const [groupsShown, setGroupsShown] = useState(GROUPS_AT_ONCE);
  const items = useMemo(
    () =>
      data.items.filter(
        (item) =>
          (kinds.length === 0 || kinds.includes(item.kind)) &&
          (departments.length === 0 || departments.includes(item.department)),
      ),
    [data, kinds, departments],
  );
  const counts = new Map<NoticeKind, number>();
  for (const item of items) counts.set(item.kind, (counts.get(item.kind) ?? 0) + 1);
  const groups = grouped(items, (item) => (by === 'day' ? dayOfInstant(item.at) : item.department));
  if (items.length === 0) return <Nothing title="这段时间没有要发出的消息" />;
  return (
    <>
      <div className="panel-body">
        <Figures
          items={[
            { label: '共发出', value: items.length },
            ...[...counts].map(([kind, value]) => ({ label: NOTICE_KIND_WORDS[kind], value })),
          ]}
        />
      </div>
      {groups.slice(0, groupsShown).map(([group, own]) => (
        <div key={group}>
          <div className="day-head">
            {by === 'day' ? (
              <>
                {longDate(group)} <span className="quiet">{weekdayName(group)}</span>
                <DayMark day={group} />
              </>
            ) : (
              group
            )}
            <span className="quiet num" style={{ marginLeft: 'auto' }}>
              {own.length} 条
            </span>
          </div>
          <ul className="rows">
            {own.map((item) => (
              <li key={`${item.at}/${item.entity}/${item.kind}/${item.to}/${item.detail}`} className="row">
                <span className="quiet num nowrap">
                  {by === 'day' ? timeOfDay(item.at) : `${dayOfInstant(item.at)} ${timeOfDay(item.at)}`}
                </span>
                <span className="row-main">
                  <span className="mark">{NOTICE_KIND_WORDS[item.kind]}</span> {item.detail}
                  {item.task !== null && (
                    <span className="quiet small one-line">
                      {pathText(item.path)} {item.task}
                    </span>
                  )}
                </span>
                <span className="row-side" style={{ maxWidth: '40%' }}>
                  {item.to}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.length > groupsShown && (
        <div style={{ padding: 14, textAlign: 'center' }}>
          <Button onClick={() => setGroupsShown(groupsShown + GROUPS_AT_ONCE)}>
            继续显示（还有 {groups.length - groupsShown} {by === 'day' ? '天' : '个部门'}）
          </Button>
        </div>
      )}
    </>
  );
}

function grouped(items: Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups];
}
