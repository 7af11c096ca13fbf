import { Table } from 'antd';
import type { Answer } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { Loaded } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { Fact } from '../task/periods.tsx';
import '../task/task-page.css';
import { dateTime } from '../time/civil-days.ts';
import { roleName } from '../wording/role-words.ts';

type Operations = Answer<'GET /api/operations'>;
type Troubles = Answer<'GET /api/operations/troubles'>;

const KIND_WORDS: Record<string, string> = { task: '任务', sheet: '月报', evaluation: '评估' };

/** How the installation is doing, each figure with what it means and when to worry. */
export function OperationsPage() {
  const operations = useRead('GET /api/operations', {}, { every: 15_000 });
  const troubles = useRead('GET /api/operations/troubles', {}, { every: 30_000 });
  return (
    <>
      <PageHead title="运行状况" about="每 15 秒更新一次。" />
      <div className="columns">
        <section className="panel">
          <h2>现在</h2>
          <Loaded read={operations}>{(data) => <Now data={data} />}</Loaded>
        </section>
        <section className="panel">
          <h2>无人读过的消息</h2>
          <Loaded read={troubles}>{(data) => <Unread rows={data.unread} />}</Loaded>
        </section>
      </div>
      <div style={{ height: 14 }} />
      <section className="panel">
        <h2>待处理的故障</h2>
        <Loaded read={troubles}>{(data) => <TroubleList data={data} />}</Loaded>
      </section>
    </>
  );
}

function Now({ data }: { data: Operations }) {
  const { temporal, outbox, notifications, calendar, ledger } = data;
  return (
    <dl className="facts panel-body">
      <Fact name="工作流引擎">
        {temporal.error === undefined ? <Mark tone="done">正常</Mark> : <Mark tone="wrong">连不上</Mark>}{' '}
        <span className="quiet small">
          {temporal.address}
          {temporal.version === null ? '' : ` · Temporal ${temporal.version}`}
        </span>
        {temporal.error !== undefined && <p className="late">{temporal.error}</p>}
      </Fact>
      <Fact name="运行中">
        {temporal.open === null
          ? '数不到'
          : Object.entries(temporal.open)
              .map(([kind, count]) => `${KIND_WORDS[kind] ?? kind} ${String(count)}`)
              .join('，')}
        <div className="quiet small">引擎里正在运行的流程数；应与未办结的任务、月报和评估数一致。</div>
      </Fact>
      <Fact name="待送出">
        <span className={outbox.depth > 100 ? 'late num' : 'num'}>{outbox.depth}</span>
        <div className="quiet small">已入账、还没有交给引擎的指令；平时为 0，引擎恢复后会自行补送。</div>
      </Fact>
      <Fact name="邮件">
        等待 <span className="num">{notifications.waiting}</span>，失败{' '}
        <span className={notifications.failed > 0 ? 'late num' : 'num'}>{notifications.failed}</span>
        <div className="quiet small">失败的邮件不影响站内消息；原因见下。</div>
      </Fact>
      <Fact name="日历">
        {calendar.publishedThrough === null ? '尚未录入' : `录入至 ${calendar.publishedThrough} 年`}
        <div className="quiet small">其后的期限为暂定；新一年的通知一般在十月下旬至十二月中旬公布。</div>
      </Fact>
      <Fact name="账本">
        <span className="num">{ledger.events}</span> 条
        <div className="quiet small">只增不改的办理记录，逐条链接校验。</div>
      </Fact>
    </dl>
  );
}

function Unread({ rows }: { rows: Troubles['unread'] }) {
  if (rows.length === 0) return <p className="panel-body quiet">没有。</p>;
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={`${row.department}/${row.role}`} className="row">
          <span className="row-main">
            {row.departmentName ?? row.department} · {roleName(row.role)}
            {row.unattended && (
              <>
                {' '}
                <Mark tone="wrong">岗位无人</Mark>
              </>
            )}
            <span className="quiet small" style={{ display: 'block' }}>
              最早 {dateTime(row.oldestAt)}
            </span>
          </span>
          <span className="row-side num">{row.count} 条</span>
        </li>
      ))}
    </ul>
  );
}

const ALARM_WORDS: Record<string, string> = {
  'state-mismatch': '任务状态与账本不一致（已按账本重建）',
  'calendar-horizon': '工作日历将到期，须录入新一年的通知',
  'workflow-failed': '流程异常终止',
  'chain-broken': '账本校验不符',
};

function TroubleList({ data }: { data: Troubles }) {
  const rows = [
    ...data.alarms.map((alarm) => ({
      key: alarm.id,
      kind: ALARM_WORDS[alarm.kind] ?? alarm.kind,
      about: alarm.entityId ?? '',
      detail: `首次 ${dateTime(alarm.raisedAt)}，共 ${alarm.times} 次`,
    })),
    ...data.stuck.map((order) => ({
      key: `${order.entityId}/${order.op}`,
      kind: order.op === 'start' ? '流程没有启动' : '通知没有送达流程',
      about: order.entityId,
      detail: `已试 ${order.attempts} 次${order.lastError === null ? '' : `：${order.lastError}`}`,
    })),
    ...data.failedMails.map((mail, index) => ({
      key: `mail/${String(index)}`,
      kind: '邮件发送失败',
      about: mail.userName ?? '',
      detail: `已试 ${mail.attempts} 次${mail.lastError === null ? '' : `：${mail.lastError}`}`,
    })),
  ];
  if (rows.length === 0) return <p className="panel-body quiet">没有待处理的故障。</p>;
  return (
    <Table
      size="small"
      dataSource={rows}
      pagination={false}
      scroll={{ x: 560 }}
      columns={[
        { title: '故障', dataIndex: 'kind' },
        { title: '对象', dataIndex: 'about' },
        { title: '情况', dataIndex: 'detail' },
      ]}
    />
  );
}
