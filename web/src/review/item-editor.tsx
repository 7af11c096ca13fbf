import { Alert, App, Checkbox, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';
import type { Plan, PlanItem } from './review-words.ts';
import { FormDrawer } from '../parts/form-drawer.tsx';

interface Values {
  text: string;
  heading: string;
  departments: string[];
  lead: string[];
  openEnded: boolean;
  deadline: string;
  confirmedDeadlines?: number[];
}

/** Corrections of one task, or a task that the reader missed (`item` null). What was changed meanwhile by another is told, not overwritten. */
export function ItemEditor({ item, plan, close }: { item: PlanItem | null; plan: Plan; close: () => void }) {
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const [refusal, setRefusal] = useState<ApiProblem | null>(null);
  const departments = Form.useWatch('departments', form) ?? item?.departments ?? [];
  const renews = ['GET /api/plans/{id}'] as const;
  const patch = useWrite('PATCH /api/plans/{id}/items/{item}', { renews });
  const add = useWrite('POST /api/plans/{id}/items', { renews });
  const names = [...new Set(plan.departments.map(({ name }) => name))].map((name) => ({ value: name, label: name }));
  const busy = patch.isPending || add.isPending;

  const save = async (values: Values) => {
    setRefusal(null);
    try {
      if (item === null) await add.mutateAsync({ params: { id: plan.id }, body: values });
      else {
        const body = { version: item.version, ...changesOf(item, values) };
        await patch.mutateAsync({ params: { id: plan.id, item: item.id }, body });
      }
      message.success(item === null ? '已增加' : '已更正');
      close();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const field = error.field as keyof Values | null;
      if (field !== null && field in values) form.setFields([{ name: field, errors: [error.message] }]);
      else setRefusal(error);
    }
  };

  return (
    <FormDrawer
      title={item === null ? '增加一项任务' : '更正任务'}
      close={close}
      send={() => form.submit()}
      sendLabel="保存"
      busy={busy}
      refusal={
        refusal !== null && (
          <Alert
            type={refusal.code === 'stale' ? 'warning' : 'error'}
            showIcon
            role="alert"
            title={refusal.message}
            description={
              refusal.code === 'stale'
                ? '列表已更新为他人修改后的内容。请抄下您的改动，关闭后重新打开再改。'
                : undefined
            }
            style={{ marginBottom: 14 }}
          />
        )
      }
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={(values: Values) => void save(values)}
        initialValues={{
          text: item?.text ?? '',
          heading: item?.heading ?? '',
          departments: item?.departments ?? [],
          lead: item?.leadBasis === 'stated' ? item.lead : [],
          openEnded: item?.openEnded ?? false,
          deadline: item?.deadline.raw ?? '',
          confirmedDeadlines: item?.confirmedDeadlines ?? [],
        }}
      >
        <Form.Item name="heading" label="标题">
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item
          name="text"
          label="任务文字"
          rules={[{ required: true, whitespace: true, message: '请填写任务文字' }]}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20000} />
        </Form.Item>
        <Form.Item
          name="departments"
          label="责任部门"
          extra="按原文的名称和顺序；可直接输入新名称后回车"
          rules={[{ required: true, message: '至少一个责任部门' }]}
        >
          <Select mode="tags" options={names} tokenSeparators={['、', '，', ',', '；']} />
        </Form.Item>
        <Form.Item name="lead" label="牵头部门" extra="不选则按列第一位推定">
          <Select mode="multiple" options={departments.map((name) => ({ value: name, label: name }))} />
        </Form.Item>
        <Form.Item
          name="deadline"
          label="时限"
          extra="按计划的写法：2025年一季度、2026年6月底前、每年、每季度、长期坚持、已建立……"
        >
          <Input maxLength={200} />
        </Form.Item>
        {item !== null && item.textDeadlines.length > 0 && (
          <Form.Item name="confirmedDeadlines" label="文中时限设为子项（到期前提醒）">
            <Checkbox.Group
              options={item.textDeadlines.map((each, index) => ({
                value: index,
                label: `${each.raw}${each.date === null ? '（没有可用的日期）' : ` → ${each.date}`}`,
                disabled: each.date === null,
              }))}
            />
          </Form.Item>
        )}
        <Form.Item name="openEnded" label="名单以“等”结尾，还有未列出的部门" valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}

/** Only what was changed: an untouched deadline is not read again, so a repair that was right stays. */
function changesOf(item: PlanItem, values: Values): Partial<Values> {
  const changed: Partial<Values> = {};
  if (values.text !== item.text) changed.text = values.text;
  if (values.heading !== item.heading) changed.heading = values.heading;
  if (!same(values.departments, item.departments)) changed.departments = values.departments;
  if (!same(values.lead, item.leadBasis === 'stated' ? item.lead : [])) changed.lead = values.lead;
  if (values.openEnded !== item.openEnded) changed.openEnded = values.openEnded;
  if (values.deadline !== item.deadline.raw) changed.deadline = values.deadline;
  // The field is not drawn, and its value absent, where the sentence names no deadline.
  const { confirmedDeadlines = item.confirmedDeadlines } = values;
  if (!same([...confirmedDeadlines].sort(), [...item.confirmedDeadlines].sort())) {
    changed.confirmedDeadlines = confirmedDeadlines;
  }
  return changed;
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
