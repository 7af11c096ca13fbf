import { PlusOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { Link } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { Loaded, Nothing } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { useSession } from '../sign-in/session.tsx';
import { dayOfInstant, longDate } from '../time/civil-days.ts';
import { PLAN_STATUS_WORDS } from './plan-words.ts';

export function PlansPage() {
  const plans = useRead('GET /api/plans', {});
  const { may } = useSession();
  return (
    <>
      <PageHead title="行动计划">
        {may('plans.import') && (
          <Link to="/plans/new">
            <Button type="primary" icon={<PlusOutlined />}>
              上传计划
            </Button>
          </Link>
        )}
      </PageHead>
      <section className="panel">
        <Loaded read={plans}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title="还没有行动计划">
                <p className="quiet">上传印发的计划文件，系统读出任务、责任部门和时限，核对后发布。</p>
              </Nothing>
            ) : (
              <ul className="rows">
                {items.map((plan) => (
                  <li key={plan.id}>
                    <Link
                      className="row"
                      to={plan.status === 'draft' ? `/plans/${plan.id}/review` : `/plans/${plan.id}`}
                    >
                      <div className="row-main">
                        <div>
                          <b>{plan.title}</b>{' '}
                          <Mark tone={PLAN_STATUS_WORDS[plan.status].tone}>{PLAN_STATUS_WORDS[plan.status].label}</Mark>
                        </div>
                        <div className="quiet small">
                          {[
                            plan.documentNumber,
                            plan.issuedOn === null ? null : `${longDate(plan.issuedOn)}印发`,
                            plan.goLive === null ? null : `${longDate(plan.goLive)}启用`,
                            plan.status === 'draft' ? `${longDate(dayOfInstant(plan.importedAt))}上传` : null,
                          ]
                            .filter((part) => part !== null)
                            .join(' · ')}
                        </div>
                      </div>
                      <div className="row-side" style={{ minWidth: 120 }}>
                        {plan.status === 'published' ? (
                          <>
                            <Progress
                              percent={plan.tasks === 0 ? 0 : Math.round((plan.closed / plan.tasks) * 100)}
                              size="small"
                              showInfo={false}
                            />
                            <span className="num">
                              办结 {plan.closed}/{plan.tasks}
                            </span>
                            {plan.late > 0 && <span className="late num"> · 逾期 {plan.late}</span>}
                          </>
                        ) : (
                          <span className="num">{plan.tasks > 0 ? `${plan.tasks} 项` : '核对并发布'}</span>
                        )}
                      </div>
                    </Link>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </>
  );
}
