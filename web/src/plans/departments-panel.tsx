import { Table } from 'antd';
import { Link } from 'react-router';
import { address, type Answer } from '../api/request.ts';
import { DueDate } from '../parts/due-date.tsx';
import { useNarrow } from '../parts/use-narrow.ts';
import { tasksAddress } from '../tasks/task-filter-url.ts';

type Department = Answer<'GET /api/plans/{id}/overview'>['departments'][number];

/** What each department owes, has done and is late with; every figure opens its list. */
export function DepartmentsPanel({ plan, rows }: { plan: string; rows: Department[] }) {
  const narrow = useNarrow();
  const by = (pick: (row: Department) => number) => (a: Department, b: Department) => pick(a) - pick(b);
  return (
    <section className="panel">
      <h2>各部门</h2>
      {narrow ? (
        <ul className="rows">
          {rows.map((row) => (
            <li key={row.id}>
              <Link className="row" to={tasksAddress({ plan, department: row.id })}>
                <span className="row-main">
                  <b>{row.name}</b>
                  <span className="quiet small" style={{ display: 'block' }}>
                    承担 {row.tasks}（牵头 {row.leads}），办结 {row.closed}
                    {row.late > 0 && <span className="late">，逾期 {row.late}</span>}
                  </span>
                </span>
                <span className="row-side">
                  <DueDate due={row.nextDue} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table<Department>
          size="small"
          rowKey="id"
          dataSource={rows}
          pagination={false}
          showSorterTooltip={false}
          columns={[
            {
              title: '部门',
              dataIndex: 'name',
              render: (name: string, row) => <Link to={tasksAddress({ plan, department: row.id })}>{name}</Link>,
            },
            { title: '承担', dataIndex: 'tasks', align: 'right', sorter: by((row) => row.tasks), className: 'num' },
            { title: '其中牵头', dataIndex: 'leads', align: 'right', sorter: by((row) => row.leads), className: 'num' },
            { title: '办结', dataIndex: 'closed', align: 'right', sorter: by((row) => row.closed), className: 'num' },
            {
              title: '逾期',
              dataIndex: 'late',
              align: 'right',
              sorter: by((row) => row.late),
              className: 'num',
              render: (late: number, row) =>
                late === 0 ? (
                  0
                ) : (
                  <Link className="late" to={tasksAddress({ plan, department: row.id, lateness: ['late'] })}>
                    {late}
                  </Link>
                ),
            },
            {
              title: '30日内到期',
              dataIndex: 'dueSoon',
              align: 'right',
              sorter: by((row) => row.dueSoon),
              className: 'num',
            },
            { title: '下一期限', dataIndex: 'nextDue', render: (due: string | null) => <DueDate due={due} /> },
            {
              title: '交办单',
              key: 'handover',
              render: (_value, row) => (
                <a
                  href={address('GET /api/plans/{id}/papers/handover/{department}.docx', {
                    params: { id: plan, department: row.id },
                  })}
                  download
                >
                  Word
                </a>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
