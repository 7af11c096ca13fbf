import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useReadPages } from '../api/use-read.ts';
import { DateField } from '../parts/date-field.tsx';
import { DepartmentSelect } from '../parts/department-select.tsx';
import { EvidenceUpload } from '../parts/evidence-upload.tsx';
import { useSession } from '../sign-in/session.tsx';
import { addDays, dateTime } from '../time/civil-days.ts';
import type { Field } from './action-forms.ts';
import type { Task } from './task-types.ts';

const TEXT_MAX = 5000;

/** The inputs of one field of an action. */
export function ActionField({ field, task }: { field: Field; task: Task }) {
  const { today } = useSession();
  switch (field.kind) {
    case 'text':
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          extra={field.hint}
          rules={required(field.optional, field.label)}
        >
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={TEXT_MAX} showCount />
        </Form.Item>
      );
    case 'line':
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          extra={field.hint}
          rules={required(field.optional, field.label)}
        >
          <Input maxLength={100} />
        </Form.Item>
      );
    case 'date': {
      const bounds = field.when === 'past' ? { max: today } : { min: addDays(today, 1) };
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          extra={field.hint}
          rules={required(field.optional, field.label)}
        >
          <DateField {...bounds} />
        </Form.Item>
      );
    }
    case 'choice':
      return (
        <Form.Item name={field.name} label={field.label} rules={[{ required: true, message: `请选择${field.label}` }]}>
          <Radio.Group options={field.options} />
        </Form.Item>
      );
    case 'files':
      return (
        <Form.Item name={field.name} label={field.label} extra={field.hint}>
          <EvidenceUpload />
        </Form.Item>
      );
    case 'file':
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          rules={[{ required: true, message: '请选择文件并等上传完成' }]}
        >
          <EvidenceUpload one />
        </Form.Item>
      );
    case 'department':
      return (
        <Form.Item name={field.name} label={field.label} extra={field.hint}>
          <DepartmentSelect allowClear style={{ maxWidth: 320 }} />
        </Form.Item>
      );
    case 'breakdown':
      return <Milestones />;
    case 'indicators':
      return <Indicators task={task} />;
    case 'responsibilities':
      return <Responsibilities />;
    case 'sub-item':
      return <SubItem task={task} />;
    case 'fact':
      return <ChosenFact task={task} />;
  }
}

function required(optional: boolean | undefined, label: string) {
  return optional === true ? [] : [{ required: true, whitespace: true, message: `请填写${label}` }];
}

/** 节点: date and words, as many as the department has. */
function Milestones() {
  const { today } = useSession();
  return (
    <>
      <Form.Item name="measures" label="措施条数" initialValue={1} rules={[{ required: true, message: '请填写条数' }]}>
        <InputNumber min={1} max={200} precision={0} />
      </Form.Item>
      <Form.List name="milestones">
        {(rows, { add, remove }) => (
          <Form.Item label="节点">
            {rows.map((row) => (
              <div key={row.key} style={{ display: 'flex', gap: 8, alignItems: 'flex-start', marginBottom: 8 }}>
                <Form.Item name={[row.name, 'on']} noStyle rules={[{ required: true, message: '请选择节点日期' }]}>
                  <DateField min={today} style={{ width: 140, flex: 'none' }} placeholder="日期" />
                </Form.Item>
                <Form.Item
                  name={[row.name, 'text']}
                  noStyle
                  rules={[{ required: true, whitespace: true, message: '请写明节点内容' }]}
                >
                  <Input placeholder="到这一天要完成什么" maxLength={500} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label="删去这个节点" onClick={() => remove(row.name)} />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})} disabled={rows.length >= 100}>
              添加节点
            </Button>
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}

function Indicators({ task }: { task: Task }) {
  if (task.indicators.length === 0) return null;
  return (
    <Form.Item label="指标完成值" extra="没有数据的可以不填">
      {task.indicators.map((indicator, index) => (
        // The plan's indicators have no other name than their place in the sentence.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} style={{ display: 'flex', gap: 8, alignItems: 'center', marginBottom: 8 }}>
          <span style={{ flex: 1 }}>{indicator.raw}</span>
          <Form.Item name={['indicators', String(index + 1)]} noStyle>
            <InputNumber suffix={indicator.unit ?? ''} style={{ width: 140 }} />
          </Form.Item>
        </div>
      ))}
    </Form.Item>
  );
}

function Responsibilities() {
  return (
    <Form.List
      name="responsibilities"
      rules={[
        {
          validator: async (_rule, rows: { department?: string; part?: string }[] | undefined) => {
            if (rows === undefined || rows.length === 0) throw new Error('至少要有一个责任部门');
            if (!rows.some((row) => row.part === 'lead')) throw new Error('请指定牵头部门');
          },
        },
      ]}
    >
      {(rows, { add, remove }, { errors }) => (
        <Form.Item label="调整后的责任部门">
          {rows.map((row) => (
            <div key={row.key} style={{ display: 'flex', gap: 8, marginBottom: 8 }}>
              <Form.Item name={[row.name, 'department']} noStyle rules={[{ required: true, message: '请选择部门' }]}>
                <DepartmentSelect style={{ flex: 1 }} />
              </Form.Item>
              <Form.Item name={[row.name, 'part']} noStyle initialValue="support">
                <Select
                  style={{ width: 90 }}
                  options={[
                    { value: 'lead', label: '牵头' },
                    { value: 'support', label: '配合' },
                  ]}
                />
              </Form.Item>
              <Button icon={<DeleteOutlined />} aria-label="移去这个部门" onClick={() => remove(row.name)} />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ part: 'support' })}>
            添加部门
          </Button>
          <Form.ErrorList errors={errors} />
        </Form.Item>
      )}
    </Form.List>
  );
}

function SubItem({ task }: { task: Task }) {
  const form = Form.useFormInstance();
  const options = [
    ...task.textDeadlines.map((each) => ({ origin: 'text', text: each.raw, due: each.date })),
    ...task.indicators.map((each) => ({ origin: 'indicator', text: each.raw, due: null })),
  ];
  return (
    <>
      <Form.Item name="chosen" label="从正文中选" rules={[{ required: true, message: '请选择' }]}>
        <Select
          placeholder={options.length === 0 ? '正文中没有可用的时限或指标' : '正文中的时限或指标'}
          options={options.map((each, index) => ({
            value: index,
            label: `${each.origin === 'text' ? '时限' : '指标'}：${each.text}`,
          }))}
          onChange={(index: number) => {
            const chosen = options[index];
            form.setFieldsValue({ origin: chosen?.origin, text: chosen?.text, due: chosen?.due });
          }}
        />
      </Form.Item>
      <Form.Item name="origin" hidden>
        <Input />
      </Form.Item>
      <Form.Item name="text" label="子项内容" rules={required(false, '子项内容')}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="due" label="时限">
        <DateField />
      </Form.Item>
      <Form.Item name="soft" label="原则上（只提醒，不算逾期）" valuePropName="checked" initialValue={false}>
        <Switch />
      </Form.Item>
    </>
  );
}

/** Which recorded fact is corrected, chosen from the task's own history. */
function ChosenFact({ task }: { task: Task }) {
  const history = useReadPages('GET /api/tasks/{id}/timeline', { params: { id: task.id }, query: { limit: 100 } });
  const entries = history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Form.Item name="seq" label="更正哪条记录" rules={[{ required: true, message: '请选择记录' }]}>
      <Select
        loading={history.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        options={entries.map((entry) => ({ value: entry.seq, label: `${dateTime(entry.at)} ${entry.text}` }))}
      />
    </Form.Item>
  );
}
