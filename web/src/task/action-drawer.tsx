import { Alert, App, Form } from 'antd';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { type Input as ApiInput, type Reads } from '../api/request.ts';
import { useWrite } from '../api/use-write.ts';
import { useSession } from '../sign-in/session.tsx';
import { periodName } from '../wording/task-words.ts';
import { actionBody, startValues, type Values } from './action-body.ts';
import { PaperFields } from '../parts/paper-fields.tsx';
import { ActionField } from './action-fields.tsx';
import { formOf } from './action-forms.ts';
import { actionKey, departmentName } from './action-names.ts';
import type { Action, Task } from './task-types.ts';
import { FormDrawer } from '../parts/form-drawer.tsx';
import { Confirming } from '../parts/confirming.tsx';

export const TASK_READS: Reads[] = [
  'GET /api/tasks/{id}',
  'GET /api/tasks/{id}/timeline',
  'GET /api/tasks',
  'GET /api/plans/{id}/overview',
  'GET /api/inbox',
  'GET /api/inbox/count',
];

/** Words that were typed and not sent, by task and action, as long as the page is open: a slip of the mouse costs nothing. */
const drafts = new Map<string, Values>();

export function ActionDrawer({ task, action, close }: { task: Task; action: Action; close: () => void }) {
  const form = formOf(action);
  const { today } = useSession();
  const { message } = App.useApp();
  const [fields] = Form.useForm<Values>();
  const [refusal, setRefusal] = useState<ApiProblem | null>(null);
  const draftKey = `${task.id} ${actionKey(action)}`;
  // The thirty commands share one shape of answer; each body is checked by the API against its own schema.
  const operation = `POST /api/tasks/{id}/commands/${action.name}` as 'POST /api/tasks/{id}/commands/claim';
  const write = useWrite(operation, { renews: TASK_READS });

  const send = async (values: Values) => {
    setRefusal(null);
    try {
      const body = actionBody(action, values) as unknown as { department: string };
      await write.mutateAsync({ params: { id: task.id }, body } as ApiInput<typeof operation>);
      drafts.delete(draftKey);
      message.success(form.done);
      close();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const field = error.field?.split('.')[0];
      const known = field !== undefined && form.fields.some((each) => 'name' in each && each.name === field);
      if (error.status === 422 && known) fields.setFields([{ name: field, errors: [error.message] }]);
      else setRefusal(error);
    }
  };

  return (
    <FormDrawer
      title={form.label}
      size={form.fields.length > 0 || action.onPaper ? 560 : 420}
      close={close}
      send={() => fields.submit()}
      sendLabel={form.submit}
      busy={write.isPending}
      danger={form.danger === true}
    >
      <About task={task} action={action} />
      <p style={{ margin: '0 0 16px' }}>{form.intro}</p>
      {refusal !== null && <Refusal refusal={refusal} />}
      <Confirming shown={write.confirming} />
      <Form
        form={fields}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError
        disabled={write.isPending}
        initialValues={drafts.get(draftKey) ?? startValues(action, task, today)}
        onValuesChange={(_changed, all: Values) => drafts.set(draftKey, all)}
        onFinish={(values: Values) => void send(values)}
      >
        {form.fields.map((field) => (
          <ActionField key={'name' in field ? field.name : field.kind} field={field} task={task} />
        ))}
        {action.onPaper && <PaperFields />}
      </Form>
    </FormDrawer>
  );
}

function About({ task, action }: { task: Task; action: Action }) {
  const item = task.subItems.find((each) => each.id === action.item);
  const parts = [
    action.department === null ? null : departmentName(task, action.department),
    action.period === null || task.periods.length < 2 ? null : periodName(action.period),
    item?.text ?? null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return <p style={{ fontWeight: 600, marginBottom: 6 }}>{parts.join(' · ')}</p>;
}

/** What refused the action, and what to do about it. */
function Refusal({ refusal }: { refusal: ApiProblem }) {
  const advice =
    refusal.status === 409
      ? '页面已更新为最新状态，请核对后再办理。'
      : refusal.status === 503 || refusal.status === 0
        ? '结果还不清楚。请稍后再按一次按钮：会用同一个编号再问，不会重复办理。'
        : null;
  return (
    <Alert
      type={refusal.status === 409 || refusal.status === 403 ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={refusal.message}
      description={advice}
      style={{ marginBottom: 16 }}
    />
  );
}
