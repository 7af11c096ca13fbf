import { Form, Input } from 'antd';
import { useSession } from '../sign-in/session.tsx';
import { DateField } from './date-field.tsx';
import { EvidenceUpload } from './evidence-upload.tsx';

/** 代录批示: who decided and who enters it are kept apart. */
export function PaperFields() {
  const { today } = useSession();
  return (
    <fieldset style={{ border: '1px solid var(--line-2)', borderRadius: 6, padding: '10px 14px 0' }}>
      <legend style={{ padding: '0 6px', fontWeight: 600 }}>代录书面批示</legend>
      <p className="quiet small" style={{ marginBottom: 10 }}>
        您不是决定人，只能代录已有的书面批示；批示人与代录人会分别记录。
      </p>
      <Form.Item
        name="decidedBy"
        label="批示人"
        rules={[{ required: true, whitespace: true, message: '请填写批示人职务' }]}
      >
        <Input placeholder="如：分管局领导" maxLength={100} />
      </Form.Item>
      <Form.Item name="decidedOn" label="批示日期" rules={[{ required: true, message: '请选择批示日期' }]}>
        <DateField max={today} />
      </Form.Item>
      <Form.Item name="scan" label="批示扫描件" rules={[{ required: true, message: '请上传扫描件并等上传完成' }]}>
        <EvidenceUpload one />
      </Form.Item>
    </fieldset>
  );
}

export interface PaperValues {
  decidedBy: string;
  decidedOn: string;
  scan: string[];
}

/** The part of a command's body that says on whose paper it stands. */
export function paperOf({ decidedBy, decidedOn, scan }: PaperValues) {
  return { decidedBy, decidedOn, file: scan[0] ?? '' };
}
