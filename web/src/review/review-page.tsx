import { CheckOutlined, PlusOutlined, SendOutlined } from '@ant-design/icons';
import { Alert, App, Button, Popconfirm, Switch, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { problemText } from '../api/api-problem.ts';
import { useRead } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { Loaded, Nothing } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { PLAN_STATUS_WORDS } from '../plans/plan-words.ts';
import { useSession } from '../sign-in/session.tsx';
import { longDate } from '../time/civil-days.ts';
import { DepartmentMapping } from './department-mapping.tsx';
import { DifferenceView } from './difference-view.tsx';
import { ItemCard } from './item-card.tsx';
import { ItemEditor } from './item-editor.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import './review-page.css';
import { isOpenItem, type Plan } from './review-words.ts';
import { SourceText } from './source-text.tsx';

export function ReviewPage() {
  const { id = '' } = useParams();
  const plan = useRead('GET /api/plans/{id}', { params: { id } });
  return (
    <Loaded read={plan} rows={16}>
      {(data) => <Review plan={data} />}
    </Loaded>
  );
}

function Review({ plan }: { plan: Plan }) {
  const { may } = useSession();
  const [publishing, setPublishing] = useState(false);
  const [search, setSearch] = useSearchParams();
  const base = search.get('with');
  const tab = search.get('tab') ?? 'tasks';
  const draft = plan.status === 'draft';
  const unknown = plan.departments.filter((name) => name.basis === 'proposed').length;
  const open = plan.items.filter(isOpenItem).length;
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true, preventScrollReset: true });
  };
  return (
    <>
      <PageHead
        title={plan.title}
        windowTitle="核对计划"
        about={
          <>
            <Mark tone={PLAN_STATUS_WORDS[plan.status].tone}>{PLAN_STATUS_WORDS[plan.status].label}</Mark>{' '}
            {[
              plan.documentNumber,
              plan.issuedOn === null ? '印发日期没有读出' : `${longDate(plan.issuedOn)}印发`,
              plan.sourceFilename,
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </>
        }
      >
        <Link to={`/plans/${plan.id}/rehearsal`}>
          <Button>提醒预演</Button>
        </Link>
        {draft && may('plans.publish') && (
          <Button type="primary" icon={<SendOutlined />} onClick={() => setPublishing(true)}>
            发布……
          </Button>
        )}
        {!draft && (
          <Link to={`/plans/${plan.id}`}>
            <Button>计划总览</Button>
          </Link>
        )}
      </PageHead>
      <p style={{ marginBottom: 10 }}>
        读出 <b>{plan.counts.tasks}</b> 项任务、<b>{plan.counts.names}</b> 个部门名称、
        <b>{plan.counts.responsibilities}</b> 项责任
        {plan.evaluations.map((each) => `，${each.kind === 'mid-term' ? '中期' : '终期'}评估 ${longDate(each.dueOn)}`)}
        {draft && (
          <>
            ；待确认任务 <b className={open > 0 ? 'soon' : ''}>{open}</b> 项、部门名称{' '}
            <b className={unknown > 0 ? 'soon' : ''}>{unknown}</b> 个
          </>
        )}
        。
      </p>
      <Tabs
        activeKey={tab}
        onChange={(key) => set('tab', key === 'tasks' ? null : key)}
        items={[
          {
            key: 'tasks',
            label: `任务（${plan.items.filter((item) => item.state === 'kept').length}）`,
            children: <Tasks plan={plan} editable={draft && may('plans.import')} />,
          },
          {
            key: 'names',
            label: unknown > 0 && draft ? `部门对应（${unknown} 待确认）` : '部门对应',
            children: (
              <section className="panel">
                <DepartmentMapping plan={plan} editable={draft && may('plans.import')} />
              </section>
            ),
          },
          {
            key: 'difference',
            label: '与原计划的差异',
            children: (
              <section className="panel">
                <DifferenceView plan={plan.id} base={base} setBase={(value) => set('with', value)} />
              </section>
            ),
          },
        ]}
      />
      {publishing && <PublishDialog plan={plan} revises={base} close={() => setPublishing(false)} />}
    </>
  );
}

function Tasks({ plan, editable }: { plan: Plan; editable: boolean }) {
  const source = useRead('GET /api/plans/{id}/source', { params: { id: plan.id } });
  const [search, setSearch] = useSearchParams();
  const onlyOpen = search.get('open') === '1';
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const { message } = App.useApp();
  const confirmAll = useWrite('POST /api/plans/{id}/confirm', { renews: ['GET /api/plans/{id}'] });
  const open = plan.items.filter(isOpenItem);
  const shown = onlyOpen ? open : plan.items;
  const fromSource = (item: string) => {
    setChosen(item);
    document.querySelector(`#item-${CSS.escape(item)}`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };
  return (
    <div className="review">
      <section className="panel source">
        <h2>原文</h2>
        <Loaded read={source}>
          {({ text }) => <SourceText text={text} plan={plan} chosen={chosen} choose={fromSource} />}
        </Loaded>
      </section>
      <div>
        <div className="item-top" style={{ marginBottom: 10 }}>
          <label style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
            <Switch
              size="small"
              checked={onlyOpen}
              onChange={(only) => {
                const next = new URLSearchParams(search);
                if (only) next.set('open', '1');
                else next.delete('open');
                setSearch(next, { replace: true, preventScrollReset: true });
              }}
            />
            只看待确认（{open.length}）
          </label>
          {editable && (
            <span style={{ marginLeft: 'auto', display: 'flex', gap: 8 }}>
              <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                增加一项
              </Button>
              <Popconfirm
                title={`确认全部 ${open.length} 项照现状无误？`}
                description="修复和推定之处都按现在的内容确认。"
                okText="全部确认"
                cancelText="再看看"
                onConfirm={() =>
                  confirmAll
                    .mutateAsync({ params: { id: plan.id }, body: { items: open.map((item) => item.id) } })
                    .then(({ confirmed }) => message.success(`已确认 ${confirmed} 项`))
                    .catch((error: unknown) => message.error(problemText(error)))
                }
              >
                <Button
                  size="small"
                  icon={<CheckOutlined />}
                  disabled={open.length === 0}
                  loading={confirmAll.isPending}
                >
                  全部确认
                </Button>
              </Popconfirm>
            </span>
          )}
        </div>
        {plan.issuedOn === null && (
          <Alert
            type="warning"
            showIcon
            title="没有读出印发日期，时限中省略的年份按文中其他日期推定，请逐项核对。"
            style={{ marginBottom: 10 }}
          />
        )}
        {shown.length === 0 && (
          <section className="panel">
            <Nothing icon={<CheckOutlined />} title={onlyOpen ? '没有待确认的任务了' : '没有任务'} />
          </section>
        )}
        {shown.map((item) => (
          <ItemCard
            key={item.id}
            item={item}
            plan={plan}
            chosen={item.id === chosen}
            choose={setChosen}
            editable={editable}
          />
        ))}
      </div>
      {adding && <ItemEditor item={null} plan={plan} close={() => setAdding(false)} />}
    </div>
  );
}
