import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { address } from '../api/request.ts';
import { DueDate } from '../parts/due-date.tsx';
import { FileLinks } from '../parts/file-links.tsx';
import { Mark, PhaseMark } from '../parts/state-mark.tsx';
import { dateTime, longDate } from '../time/civil-days.ts';
import { roleName } from '../wording/role-words.ts';
import { PERIOD_INTAKE_WORDS, periodName } from '../wording/task-words.ts';
import type { Period, Task } from './task-types.ts';

const SUBMISSION_WORDS = {
  drafted: { label: '待部门审核', tone: 'asking' },
  approved: { label: '待核查', tone: 'asking' },
  verified: { label: '核查通过', tone: 'done' },
  returned: { label: '已退回', tone: 'wrong' },
} as const;

/** The task's periods: one for most, a row of tabs for what recurs; the one that matters now is open. */
export function Periods({ task }: { task: Task }) {
  const current = task.periods.find((period) => period.phase !== 'closed') ?? task.periods.at(-1);
  if (current === undefined) return null;
  return (
    <section className="panel" aria-label="办理情况">
      <h2>办理情况{task.periods.length > 1 && <span className="quiet small">共 {task.periods.length} 期</span>}</h2>
      <div className="panel-body">
        {task.periods.length === 1 ? (
          <PeriodView task={task.id} period={current} />
        ) : (
          <Tabs
            size="small"
            defaultActiveKey={current.id}
            items={task.periods.map((period) => ({
              key: period.id,
              label: (
                <>
                  {periodName(period.id)}
                  {period.phase === 'closed' ? ' ✓' : ''}
                </>
              ),
              children: <PeriodView task={task.id} period={period} />,
            }))}
          />
        )}
      </div>
    </section>
  );
}

function PeriodView({ task, period }: { task: string; period: Period }) {
  return (
    <dl className="facts">
      <Fact name="状态">
        <PhaseMark phase={period.phase} /> <Passed period={period} />{' '}
        {period.intake !== 'timed' && <span className="quiet small">{PERIOD_INTAKE_WORDS[period.intake]}</span>}
      </Fact>
      {period.from !== null && period.to !== null && (
        <Fact name="期间">
          {longDate(period.from)}至{longDate(period.to)}
        </Fact>
      )}
      <Fact name="期限">
        <DueDate
          due={period.due}
          originalDue={period.originalDue}
          provisional={period.provisional}
          soft={period.soft}
          finished={period.phase === 'closed'}
        />
        {period.soft && <span className="quiet small">（原则上）</span>}
      </Fact>
      {period.originalDue !== null && period.originalDue !== period.due && (
        <Fact name="原定期限">{longDate(period.originalDue)}</Fact>
      )}
      {period.entryBy !== null && period.phase === 'awaiting-entry' && (
        <Fact name="补录截止">{longDate(period.entryBy)}</Fact>
      )}
      {period.overdue.map((at) => (
        <Fact key={at} name={period.soft ? '原则性时限' : '逾期'}>
          <span className={period.soft ? 'soon' : 'late'}>
            {period.soft ? `${dateTime(at)} 起未达` : `自 ${dateTime(at)} 起`}
          </span>
        </Fact>
      ))}
      {period.extension !== null && (
        <Fact name="延期申请">
          {period.extension.department.name}申请延至{longDate(period.extension.to)}，待
          {roleName(period.extension.level)}
          决定（{dateTime(period.extension.decideBy)}前）
          {period.extension.text !== null && <p className="said">{period.extension.text}</p>}
          <a
            className="small"
            href={address('GET /api/tasks/{id}/papers/extension/{period}.docx', {
              params: { id: task, period: period.id },
            })}
            download
          >
            延期申请表（Word）
          </a>
        </Fact>
      )}
      {period.newDate !== null && (
        <Fact name="新期限申请">
          {period.newDate.department.name}申请{longDate(period.newDate.to)}，待分管局领导决定
          {period.newDate.text !== null && <p className="said">{period.newDate.text}</p>}
        </Fact>
      )}
      {period.extensions.map((extension) => (
        <Fact key={extension.decidedAt} name="已批延期">
          {longDate(extension.from)} → {longDate(extension.to)}（{roleName(extension.level)}，
          {dateTime(extension.decidedAt)}）
        </Fact>
      ))}
      {period.adjustments.map((adjustment) => (
        <Fact key={adjustment.at} name="期限调整">
          {adjustment.from === null ? '' : `${longDate(adjustment.from)} → `}
          {longDate(adjustment.to)}（{adjustment.documentNumber}）
        </Fact>
      ))}
      {period.submissions.map((submission) => (
        <Fact key={`${submission.department.id}/${submission.submittedAt}`} name="办结申请">
          <Mark tone={SUBMISSION_WORDS[submission.phase].tone}>{SUBMISSION_WORDS[submission.phase].label}</Mark>{' '}
          {submission.department.name} {submission.submittedBy.name} {dateTime(submission.submittedAt)}，完成日期
          {longDate(submission.completedOn)}
          {submission.verifyBy !== null && submission.phase === 'approved' && (
            <span className={submission.verifyOverdueAt === null ? 'quiet' : 'late'}>
              {' '}
              核查时限 {dateTime(submission.verifyBy)}
              {submission.verifyOverdueAt === null ? '' : '（已超时）'}
            </span>
          )}
          {submission.text !== null && <p className="said">{submission.text}</p>}
          <FileLinks files={submission.evidence} />
        </Fact>
      ))}
      {period.completedOn !== null && <Fact name="完成日期">{longDate(period.completedOn)}</Fact>}
      {period.closedAt !== null && <Fact name="销号">{dateTime(period.closedAt)}</Fact>}
    </dl>
  );
}

/** A date that passed: 原则上 is no lateness, and a lateness stays named after its end. */
function Passed({ period }: { period: Period }) {
  if (period.overdue.length === 0) return null;
  return <Mark tone={period.soft ? 'asking' : 'wrong'}>{period.soft ? '未达原则性时限' : '曾逾期'}</Mark>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
