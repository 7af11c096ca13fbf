import { CalendarOutlined, FileSearchOutlined, ProfileOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import type { Answer } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { Loaded } from '../parts/answers.tsx';
import { countdownText, DueDate } from '../parts/due-date.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark, TONE_ICONS } from '../parts/state-mark.tsx';
import { useSession } from '../sign-in/session.tsx';
import { tasksAddress } from '../tasks/task-filter-url.ts';
import { addDays, longDate, shortDate } from '../time/civil-days.ts';
import { pathText } from '../wording/path-text.ts';
import {
  DEADLINE_KIND_WORDS,
  LATENESS_WORDS,
  TASK_STATE_WORDS,
  TASK_STATES,
  type DeadlineKind,
  type Lateness,
  type TaskState,
  type Tone,
} from '../wording/task-words.ts';
import { DepartmentsPanel } from './departments-panel.tsx';
import { monthsOfPlan } from './months-of-plan.ts';
import './overview-page.css';
import { Figures } from './state-counts.tsx';
import { WithdrawPlan } from './withdraw-plan.tsx';

type Overview = Answer<'GET /api/plans/{id}/overview'>;
type Section = Overview['sections'][number];
type Item = Section['items'][number];

/** The charts are the largest part of the pages and come last. */
const DueChart = lazy(async () => ({ default: (await import('./due-chart.tsx')).DueChart }));

const SOON_DAYS = 30;
const EVALUATION_WORDS: Record<string, string> = { 'mid-term': '中期评估', final: '终期评估' };

/** The whole plan on one page. */
export function OverviewPage() {
  const { id = '' } = useParams();
  const overview = useRead('GET /api/plans/{id}/overview', { params: { id } }, { every: 2 * 60_000 });
  return (
    <Loaded read={overview} rows={14}>
      {(data) =>
        data.plan.status === 'draft' ? <Navigate to={`/plans/${id}/review`} replace /> : <View data={data} />
      }
    </Loaded>
  );
}

function View({ data }: { data: Overview }) {
  const { plan } = data;
  const { may } = useSession();
  return (
    <>
      <PageHead
        title={plan.title}
        windowTitle="计划总览"
        about={[
          plan.documentNumber,
          plan.issuedOn === null ? null : `${longDate(plan.issuedOn)}印发`,
          plan.goLive === null ? null : `${longDate(plan.goLive)}启用`,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      >
        <Link to={tasksAddress({ plan: plan.id })}>
          <Button icon={<ProfileOutlined />}>任务列表</Button>
        </Link>
        <Link to={`/plans/${plan.id}/rehearsal`}>
          <Button icon={<CalendarOutlined />}>提醒预演</Button>
        </Link>
        <Link to={`/plans/${plan.id}/review`}>
          <Button icon={<FileSearchOutlined />}>原文对照</Button>
        </Link>
        {may('plans.publish') && plan.status === 'published' && <WithdrawPlan plan={plan.id} title={plan.title} />}
      </PageHead>
      <Counts data={data} />
      <DuePanel data={data} />
      <div className="columns" style={{ marginTop: 14 }}>
        <div>
          {data.sections.map((section) => (
            <SectionPanel key={section.section} section={section} />
          ))}
        </div>
        <aside>
          <ComingPanel data={data} />
          {data.evaluations.length > 0 && <EvaluationsPanel data={data} />}
          {plan.goals.length > 0 && (
            <section className="panel">
              <h2>主要目标</h2>
              <div className="panel-body">
                {plan.goals.map((goal) => (
                  <p key={goal}>{goal}</p>
                ))}
              </div>
            </section>
          )}
        </aside>
      </div>
      <div style={{ height: 14 }} />
      <DepartmentsPanel plan={data.plan.id} rows={data.departments} />
    </>
  );
}

function Counts({ data }: { data: Overview }) {
  const plan = data.plan.id;
  const counts = new Map(data.byState.map(({ state, tasks }) => [state, tasks]));
  return (
    <Figures
      items={[
        { label: '任务', value: data.total.tasks, to: tasksAddress({ plan }) },
        { label: '逾期', value: data.total.late, tone: 'wrong', to: tasksAddress({ plan, lateness: ['late'] }) },
        {
          label: `${SOON_DAYS}日内到期`,
          value: data.total.dueSoon,
          tone: 'asking',
          to: tasksAddress({ plan, dueFrom: data.today, dueTo: addDays(data.today, SOON_DAYS), sort: 'due' }),
        },
        ...TASK_STATES.filter((state) => (counts.get(state) ?? 0) > 0).map((state) => ({
          label: TASK_STATE_WORDS[state].label,
          value: counts.get(state) ?? 0,
          to: tasksAddress({ plan, state: [state] }),
          tone: TASK_STATE_WORDS[state].tone,
        })),
      ]}
    />
  );
}

function DuePanel({ data }: { data: Overview }) {
  const navigate = useNavigate();
  const plan = data.plan.id;
  const months = useMemo(() => monthsOfPlan(data.sections.flatMap((section) => section.items)), [data]);
  const choose = useCallback(
    (month: string) => {
      const end = addDays(`${month.slice(0, 7)}-01`, 31).slice(0, 7);
      const dueTo = addDays(`${end}-01`, -1);
      void navigate(tasksAddress({ plan, dueFrom: `${month}-01`, dueTo, sort: 'due' }));
    },
    [navigate, plan],
  );
  if (months.length < 2) return null;
  return (
    <section className="panel" style={{ marginTop: 14 }}>
      <h2>
        各月到期 <span className="quiet small">按每项任务的下一期限；点柱形看清单</span>
      </h2>
      <div className="panel-body">
        <Suspense fallback={<div style={{ height: 200 }} />}>
          <DueChart months={months} choose={choose} />
        </Suspense>
      </div>
    </section>
  );
}

function SectionPanel({ section }: { section: Section }) {
  return (
    <section className="panel">
      <h2>
        {section.section === '' ? '其他' : section.section}
        <span className="quiet small num" style={{ fontWeight: 400 }}>
          {section.tasks} 项，办结 {section.closed}
          {section.late > 0 && <span className="late">，逾期 {section.late}</span>}
        </span>
      </h2>
      <div className="task-grid">
        {section.items.map((item) => (
          <Cell key={item.id} item={item} />
        ))}
      </div>
    </section>
  );
}

function toneOf(item: Item): Tone {
  if (item.lateness === 'late') return 'wrong';
  return TASK_STATE_WORDS[item.state as TaskState]?.tone ?? 'quiet';
}

function Cell({ item }: { item: Item }) {
  const { today } = useSession();
  const tone = toneOf(item);
  const state = TASK_STATE_WORDS[item.state as TaskState]?.label ?? item.state;
  const late = item.lateness === 'none' ? '' : LATENESS_WORDS[item.lateness as Lateness];
  const open = item.state !== 'closed' && item.due !== null && item.daysLeft !== null;
  const entering = item.state === 'awaiting-entry' || item.state === 'entry-review';
  return (
    <Tooltip title={item.text} mouseEnterDelay={0.5}>
      <Link to={`/tasks/${item.id}`} className={`task-cell task-cell-${tone}`}>
        <span className="task-cell-top">
          <span className="quiet">{pathText(item.path.slice(-2))}</span>
          <span className={tone === 'wrong' ? 'late nowrap' : 'nowrap'}>
            {TONE_ICONS[tone]} {late !== '' ? late : state}
          </span>
        </span>
        <span className="clamp-2">{item.text}</span>
        <span className="quiet small one-line">{item.leads.map((lead) => lead.name).join('、')}</span>
        <span className="small num one-line">
          {item.due === null ? (
            <span className="quiet">{DEADLINE_KIND_WORDS[item.deadlineKind as DeadlineKind] ?? ''}</span>
          ) : (
            <>
              {shortDate(item.due, today)}
              {open && !entering && (
                <span className={(item.daysLeft ?? 0) < 0 ? 'late' : (item.daysLeft ?? 99) <= 7 ? 'soon' : 'quiet'}>
                  {' '}
                  {item.lateness === 'soft-missed' ? '' : countdownText(item.due, today)}
                </span>
              )}
              {item.provisional && <span className="soon"> 暂定</span>}
            </>
          )}
        </span>
      </Link>
    </Tooltip>
  );
}

function ComingPanel({ data }: { data: Overview }) {
  const until = addDays(data.today, SOON_DAYS);
  const coming = data.sections
    .flatMap((section) => section.items)
    .filter((item) => item.due !== null && item.daysLeft !== null && item.due >= data.today && item.due <= until)
    .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
  return (
    <section className="panel">
      <h2>{SOON_DAYS} 日内到期</h2>
      {coming.length === 0 ? (
        <p className="panel-body quiet">没有任务在 {SOON_DAYS} 日内到期。</p>
      ) : (
        <ul className="rows">
          {coming.slice(0, 12).map((item) => (
            <li key={item.id}>
              <Link className="row" to={`/tasks/${item.id}`}>
                <span className="row-main">
                  <span className="clamp-2">{item.text}</span>
                  <span className="quiet small">{item.leads.map((lead) => lead.name).join('、')}</span>
                </span>
                <span className="row-side">
                  <DueDate due={item.due} provisional={item.provisional} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function EvaluationsPanel({ data }: { data: Overview }) {
  return (
    <section className="panel">
      <h2>评估节点</h2>
      <ul className="rows">
        {data.evaluations.map((evaluation) => (
          <li key={evaluation.id} className="row">
            <span className="row-main">{EVALUATION_WORDS[evaluation.kind] ?? evaluation.kind}</span>
            <span className="row-side">
              {evaluation.deliveredOn === null ? (
                <DueDate due={evaluation.dueOn} />
              ) : (
                <Mark tone="done">{longDate(evaluation.deliveredOn)}报送</Mark>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
