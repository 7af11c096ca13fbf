import { App, Form, Input, Modal } from 'antd';
import { problemText } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';
import { PaperFields, paperOf, type PaperValues } from '../parts/paper-fields.tsx';
import { SHEET_READS } from './sheet-words.ts';

type Values = PaperValues & { text: string };

/** Back to the coordinator, with what is to be put right. */
export function ReturnDialog({
  params,
  onPaper,
  close,
}: {
  params: { id: string; month: string };
  onPaper: boolean;
  close: () => void;
}) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const write = useWrite('POST /api/sheets/{id}/months/{month}/return', { renews: SHEET_READS });
  const send = (values: Values) =>
    write
      .mutateAsync({ params, body: { text: values.text.trim(), ...(onPaper ? { paper: paperOf(values) } : {}) } })
      .then(() => {
        message.success('已退回');
        close();
      })
      .catch((error: unknown) => message.error(problemText(error)));
  return (
    <Modal
      open
      title="退回月报"
      okText="退回"
      okButtonProps={{ danger: true, loading: write.isPending }}
      cancelText="取消"
      onCancel={close}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" onFinish={(values: Values) => void send(values)}>
        <Form.Item
          name="text"
          label="退回理由"
          extra="写清哪一项需要怎样修改"
          rules={[{ required: true, whitespace: true, message: '请填写退回理由' }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} />
        </Form.Item>
        {onPaper && <PaperFields />}
      </Form>
    </Modal>
  );
}
