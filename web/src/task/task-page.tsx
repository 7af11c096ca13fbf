import { Alert } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { Loaded } from '../parts/answers.tsx';
import { LatenessMark, StateMark } from '../parts/state-mark.tsx';
import { longDate } from '../time/civil-days.ts';
import { pathText } from '../wording/path-text.ts';
import { roleName } from '../wording/role-words.ts';
import { DEADLINE_KIND_WORDS } from '../wording/task-words.ts';
import { ActionBar } from './action-bar.tsx';
import { Fact, Periods } from './periods.tsx';
import { EvidencePanel, NextPanel, OrdersPanel, ResponsibilitiesPanel, SubItemsPanel } from './side-panels.tsx';
import './task-page.css';
import type { Task } from './task-types.ts';
import { Timeline } from './timeline.tsx';

export function TaskPage() {
  const { id = '' } = useParams();
  const task = useRead('GET /api/tasks/{id}', { params: { id } }, { every: 60_000 });
  return (
    <Loaded read={task} rows={14}>
      {(data) => <TaskView task={data} />}
    </Loaded>
  );
}

function TaskView({ task }: { task: Task }) {
  const title = `${pathText(task.path)} ${task.text.slice(0, 20)}`;
  useEffect(() => {
    document.title = `${title} · 闭环`;
  }, [title]);
  return (
    <>
      <nav className="quiet small" aria-label="所在位置" style={{ marginBottom: 8 }}>
        <Link to={`/plans/${task.plan.id}`}>{task.plan.title ?? '领导交办'}</Link>
        {task.section !== null && ` › ${task.section}`}
        {task.heading !== null && task.heading !== task.section && ` › ${task.heading}`}
      </nav>
      <div className="columns">
        <div>
          <section className="panel">
            <div className="task-head">
              <div className="marks">
                <span className="quiet num">{pathText(task.path)}</span>
                <StateMark state={task.state} />
                <LatenessMark lateness={task.lateness} />
              </div>
              <h1>{task.text}</h1>
              <dl className="facts">
                <Fact name="牵头">
                  {names(task, 'lead')}
                  {task.leadBasis === 'assumed' && task.responsibilities.length > 1 && (
                    <span className="quiet small">（原文未写明，按列第一位推定）</span>
                  )}
                </Fact>
                {task.responsibilities.some((each) => each.part === 'support') && (
                  <Fact name="配合">{names(task, 'support')}</Fact>
                )}
                <Fact name="时限">
                  {task.deadline.raw === null || task.deadline.raw === ''
                    ? DEADLINE_KIND_WORDS[task.deadline.kind]
                    : `${task.deadline.raw}（${DEADLINE_KIND_WORDS[task.deadline.kind]}）`}
                </Fact>
                <Fact name="核查">
                  {task.verifier.department.id === 'bureau'
                    ? roleName(task.verifier.role)
                    : `${task.verifier.department.name} ${roleName(task.verifier.role)}`}
                </Fact>
                {task.claimBy !== null && task.state === 'unclaimed' && (
                  <Fact name="认领时限">
                    {task.claimBy.length === 10 ? longDate(task.claimBy) : task.claimBy.slice(0, 10)}
                  </Fact>
                )}
                {task.indicators.length > 0 && (
                  <Fact name="指标">{task.indicators.map((indicator) => indicator.raw).join('；')}</Fact>
                )}
                {task.basis !== null && task.basis !== '' && <Fact name="交办依据">{task.basis}</Fact>}
              </dl>
            </div>
            <ActionBar task={task} />
          </section>
          {task.phase === 'suspended' && (
            <Alert type="warning" showIcon title="任务已中止：不计时、不提醒，恢复后继续。" style={{ marginTop: 14 }} />
          )}
          <div style={{ height: 14 }} />
          <Periods task={task} />
          <SubItemsPanel task={task} />
          <OrdersPanel task={task} />
          <Timeline task={task.id} />
        </div>
        <aside>
          <ResponsibilitiesPanel task={task} />
          <EvidencePanel task={task} />
          <NextPanel task={task} />
        </aside>
      </div>
    </>
  );
}

function names(task: Task, part: 'lead' | 'support'): string {
  return task.responsibilities
    .filter((each) => each.part === part)
    .map((each) => each.department.name)
    .join('、');
}
