import { address } from '../api/request.ts';
import { DueDate } from '../parts/due-date.tsx';
import { FileLinks } from '../parts/file-links.tsx';
import { Mark, ReportMark } from '../parts/state-mark.tsx';
import { dateTime, longDate } from '../time/civil-days.ts';
import { periodName } from '../wording/task-words.ts';
import type { Task } from './task-types.ts';

/** Who is responsible, and what each has said last. */
export function ResponsibilitiesPanel({ task }: { task: Task }) {
  return (
    <section className="panel">
      <h2>责任部门</h2>
      <ul className="rows">
        {task.responsibilities.map((each) => (
          <li key={each.department.id} className="row" style={{ display: 'block' }}>
            <div style={{ display: 'flex', gap: 6, flexWrap: 'wrap', alignItems: 'center' }}>
              <b>{each.department.name}</b>
              <span className="quiet small">
                {each.part === 'lead' ? (task.leadBasis === 'assumed' ? '牵头（推定）' : '牵头') : '配合'}
                {each.via !== null && ` · ${each.via.name}`}
                {!each.closes && each.part === 'lead' ? '' : each.closes ? ' · 负责办结' : ''}
              </span>
              {each.disputedAt !== null ? (
                <Mark tone="asking">异议待裁定</Mark>
              ) : each.claimedAt === null ? (
                <Mark tone="asking">待认领</Mark>
              ) : (
                <Mark tone="done">已认领</Mark>
              )}
            </div>
            {each.breakdown !== null && (
              <p className="small">
                分解为 {each.breakdown.measures} 项措施
                {each.breakdown.text !== null && <span className="said">{each.breakdown.text}</span>}
              </p>
            )}
            {each.lastReport !== null && (
              <p className="small">
                <ReportMark status={each.lastReport.status} />{' '}
                <span className="quiet num">{dateTime(each.lastReport.at)}</span>
                {each.lastReport.text !== null && <span className="said">{each.lastReport.text}</span>}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const ORIGIN_WORDS = { text: '正文时限', indicator: '指标', milestone: '节点' } as const;

export function SubItemsPanel({ task }: { task: Task }) {
  if (task.subItems.length === 0) return null;
  return (
    <section className="panel">
      <h2>节点和子项</h2>
      <ul className="rows">
        {task.subItems.map((item) => (
          <li key={item.id} className="row">
            <div className="row-main">
              <div>{item.text}</div>
              <span className="quiet small">
                {ORIGIN_WORDS[item.origin]}
                {item.department === null ? '' : ` · ${item.department.name}`}
              </span>
            </div>
            <div className="row-side">
              {item.doneOn === null ? (
                <DueDate due={item.due} soft={item.soft} />
              ) : (
                <Mark tone="done">{longDate(item.doneOn)}完成</Mark>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function OrdersPanel({ task }: { task: Task }) {
  if (task.orders.length === 0) return null;
  return (
    <section className="panel">
      <h2>督办单</h2>
      <ul className="rows">
        {task.orders.map((order) => (
          <li key={order.id} className="row">
            <div className="row-main">
              <div>
                {task.periods.length > 1 ? `${periodName(order.period)} · ` : ''}
                起草于 {dateTime(order.draftedAt)}
              </div>
              <span className="quiet small">
                {order.signedAt === null ? '待签发' : `签发于 ${dateTime(order.signedAt)}`}
                {order.repliedAt !== null && ` · 回复于 ${dateTime(order.repliedAt)}`}
              </span>{' '}
              <a
                className="small"
                href={address('GET /api/tasks/{id}/papers/order/{order}.docx', {
                  params: { id: task.id, order: order.id },
                })}
                download
              >
                督办通知书（Word）
              </a>
            </div>
            <div className="row-side">
              {order.closedAt !== null ? (
                <Mark tone="done">已办结</Mark>
              ) : order.replyOverdueAt !== null && order.repliedAt === null ? (
                <Mark tone="wrong">回复超时</Mark>
              ) : order.replyBy !== null && order.repliedAt === null ? (
                <span className="soon">{dateTime(order.replyBy)} 前回复</span>
              ) : (
                <Mark tone="asking">办理中</Mark>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function EvidencePanel({ task }: { task: Task }) {
  return (
    <section className="panel">
      <h2>佐证材料{task.evidence.length > 0 && <span className="quiet small">{task.evidence.length} 份</span>}</h2>
      {task.evidence.length === 0 ? (
        <p className="panel-body quiet">还没有佐证材料。</p>
      ) : (
        <ul className="rows">
          {task.evidence.map((each) => (
            <li key={`${each.file.id}/${each.at}`} className="row" style={{ display: 'block' }}>
              <FileLinks files={[each.file]} />
              <div className="quiet small">
                {each.department.name} · {each.by.name} · {dateTime(each.at)}
                {each.on !== null && ` · 材料日期${longDate(each.on)}`}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function NextPanel({ task }: { task: Task }) {
  if (task.nextDue.length === 0) return null;
  return (
    <section className="panel">
      <h2>接下来系统会做的</h2>
      <ul className="rows">
        {task.nextDue.slice(0, 6).map((each) => (
          <li key={`${each.at}/${each.text}`} className="row small">
            <span className="quiet num nowrap">{dateTime(each.at)}</span>
            <span className="row-main">{each.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
