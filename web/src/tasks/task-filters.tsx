import { AppstoreOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, DatePicker, Segmented, Select, Tag } from 'antd';
import dayjs from 'dayjs';
import { DepartmentSelect } from '../parts/department-select.tsx';
import { roleName } from '../wording/role-words.ts';
import {
  LATENESS,
  LATENESS_WORDS,
  PENDING_DECISIONS,
  PENDING_WORDS,
  TASK_STATES,
  TASK_STATE_WORDS,
} from '../wording/task-words.ts';
import { isFiltered, NO_FILTER, type TaskFilter, type View } from './task-filter-url.ts';

export function TaskFilters({
  filter,
  change,
}: {
  filter: TaskFilter;
  change: (next: { [K in keyof TaskFilter]?: TaskFilter[K] | undefined }) => void;
}) {
  return (
    <div className="filters">
      <DepartmentSelect
        aria-label="按部门筛选"
        allowClear
        style={{ minWidth: 150 }}
        value={filter.department ?? null}
        onChange={(department) => change({ department: department ?? undefined })}
        placeholder="全部部门"
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label="按状态筛选"
        mode="multiple"
        maxTagCount="responsive"
        style={{ minWidth: 150, maxWidth: 280, flex: '0 1 190px' }}
        value={filter.state}
        onChange={(state) => change({ state })}
        placeholder="全部状态"
        popupMatchSelectWidth={false}
        options={TASK_STATES.map((state) => ({ value: state, label: TASK_STATE_WORDS[state].label }))}
      />
      <Select
        aria-label="按是否逾期筛选"
        mode="multiple"
        maxTagCount="responsive"
        style={{ minWidth: 130, flex: '0 1 150px' }}
        value={filter.lateness}
        onChange={(lateness) => change({ lateness })}
        placeholder="是否逾期"
        popupMatchSelectWidth={false}
        options={LATENESS.map((one) => ({ value: one, label: LATENESS_WORDS[one] }))}
      />
      <Select
        aria-label="按待决定事项筛选"
        mode="multiple"
        maxTagCount="responsive"
        style={{ minWidth: 130, flex: '0 1 150px' }}
        value={filter.pending}
        onChange={(pending) => change({ pending, ...(pending.includes('extension') ? {} : { level: undefined }) })}
        placeholder="待决定"
        popupMatchSelectWidth={false}
        options={PENDING_DECISIONS.map((one) => ({ value: one, label: PENDING_WORDS[one] }))}
      />
      <DatePicker.RangePicker
        aria-label="按期限筛选"
        style={{ flex: '0 1 250px', minWidth: 0 }}
        placeholder={['期限从', '到']}
        allowEmpty={[true, true]}
        value={[filter.dueFrom ? dayjs(filter.dueFrom) : null, filter.dueTo ? dayjs(filter.dueTo) : null]}
        onChange={(range) =>
          change({ dueFrom: range?.[0]?.format('YYYY-MM-DD'), dueTo: range?.[1]?.format('YYYY-MM-DD') })
        }
      />
      {filter.unclaimedBy !== undefined && (
        <Tag closable onClose={() => change({ unclaimedBy: undefined })} style={{ alignSelf: 'center' }}>
          本部门尚未认领
        </Tag>
      )}
      {filter.level !== undefined && (
        <Tag closable onClose={() => change({ level: undefined })} style={{ alignSelf: 'center' }}>
          由{roleName(filter.level)}决定
        </Tag>
      )}
      {isFiltered(filter) && (
        <Button type="link" onClick={() => change(NO_FILTER)}>
          清除筛选
        </Button>
      )}
      <Segmented<View>
        style={{ marginLeft: 'auto' }}
        value={filter.view}
        onChange={(view) => change({ view })}
        options={[
          { value: 'table', icon: <UnorderedListOutlined />, label: '列表' },
          { value: 'board', icon: <AppstoreOutlined />, label: '看板' },
        ]}
      />
    </div>
  );
}
