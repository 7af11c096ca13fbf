import { App, Form, Modal } from 'antd';
import { problemText } from '../api/api-problem.ts';
import { useWrite } from '../api/use-write.ts';
import { PaperFields, paperOf, type PaperValues } from '../parts/paper-fields.tsx';
import { SHEET_READS } from './sheet-words.ts';

/** The director's office enters a head's approval that was given on paper (代录批示). */
export function ApproveOnPaper({ params, close }: { params: { id: string; month: string }; close: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<PaperValues>();
  const write = useWrite('POST /api/sheets/{id}/months/{month}/approve', { renews: SHEET_READS });
  const send = (values: PaperValues) =>
    write
      .mutateAsync({ params, body: { paper: paperOf(values) } })
      .then(() => {
        message.success('已代录');
        close();
      })
      .catch((error: unknown) => message.error(problemText(error)));
  return (
    <Modal
      open
      title="代录：审核通过"
      okText="代录"
      okButtonProps={{ loading: write.isPending }}
      cancelText="取消"
      onCancel={close}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" onFinish={(values: PaperValues) => void send(values)}>
        <PaperFields />
      </Form>
    </Modal>
  );
}
