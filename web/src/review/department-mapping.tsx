import { App, Select, Table } from 'antd';
import { problemText } from '../api/api-problem.ts';
import { useRead } from '../api/use-read.ts';
import { useWrite } from '../api/use-write.ts';
import { Mark } from '../parts/state-mark.tsx';
import { BASIS_WORDS, KIND_WORDS, type Plan, type PlanName } from './review-words.ts';

const NEW = 'new:';

/** Who each name of the plan stands for: a department that exists, or a new one. Nothing is guessed in silence. */
export function DepartmentMapping({ plan, editable }: { plan: Plan; editable: boolean }) {
  const { message } = App.useApp();
  const known = useRead('GET /api/departments', {});
  const write = useWrite('PUT /api/plans/{id}/departments', { renews: ['GET /api/plans/{id}'] });
  const existing = (known.data?.items ?? []).filter((each) => each.active && each.id !== 'bureau');
  const options = [
    {
      label: '按原名新建',
      options: (['department', 'group', 'task-force'] as const).map((kind) => ({
        value: `${NEW}${kind}`,
        label: `新建${KIND_WORDS[kind]}`,
      })),
    },
    {
      label: '对应已有部门',
      options: existing.map((each) => ({
        value: each.id,
        label: each.kind === 'department' ? each.name : `${each.name}（${KIND_WORDS[each.kind]}）`,
      })),
    },
  ];
  const choose = (row: PlanName, value: string) => {
    const choice = value.startsWith(NEW)
      ? { name: row.name, departmentId: null, kind: value.slice(NEW.length) as PlanName['kind'] }
      : { name: row.name, departmentId: value };
    write
      .mutateAsync({ params: { id: plan.id }, body: { departments: [choice] } })
      .catch((error: unknown) => message.error(problemText(error)));
  };
  return (
    <Table<PlanName>
      size="small"
      rowKey="name"
      dataSource={plan.departments}
      pagination={false}
      scroll={{ x: 520 }}
      columns={[
        { title: '原文名称', dataIndex: 'name', width: 150 },
        {
          title: '依据',
          dataIndex: 'basis',
          width: 96,
          render: (basis: PlanName['basis']) => (
            <Mark tone={basis === 'proposed' ? 'asking' : 'done'}>{BASIS_WORDS[basis]}</Mark>
          ),
        },
        {
          title: '对应',
          key: 'to',
          render: (_value, row) => (
            <>
              {editable ? (
                <Select
                  aria-label={`${row.name} 对应的部门`}
                  style={{ width: '100%', minWidth: 170 }}
                  disabled={write.isPending}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={row.departmentId ?? `${NEW}${row.kind}`}
                  onChange={(value: string) => choose(row, value)}
                  options={options}
                />
              ) : (
                (row.departmentName ?? `${KIND_WORDS[row.kind]}（按原名新建）`)
              )}
              {row.kind === 'group' && (
                <div className="quiet small">
                  {row.members.length === 0
                    ? '群组还没有成员：发布后请管理员设定成员，否则没有部门收到任务'
                    : `成员：${row.members.join('、')}`}
                </div>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
