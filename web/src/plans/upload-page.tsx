import { FileTextOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Progress, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem, problemText } from '../api/api-problem.ts';
import { upload } from '../api/upload.ts';
import { newKey } from '../api/use-write.ts';
import { PageHead } from '../parts/page-head.tsx';

const KINDS = ['.docx', '.pdf', '.html', '.htm', '.xlsx', '.txt'];
const MAX_BYTES = 50 * 1024 * 1024;

interface Imported {
  id: string;
  status: 'draft' | 'published' | 'withdrawn';
  created: boolean;
}

/** What to do about a file that was refused, by the refusal's code. */
const ADVICE: Record<string, string> = {
  'legacy-office': '请用 Word 或 WPS 打开，另存为 .docx（或 .xlsx）后再上传。',
  'unsupported-type': '可上传 Word（.docx）、PDF、网页（.html）、Excel（.xlsx）或纯文本（.txt）。',
  'no-task-found': '请确认上传的是计划正文，而不是封面或解读。表格写法的计划请连同表头一起上传。',
  encrypted: '请去掉文件的打开密码后再上传。',
  'no-text': '文件里只有图片（可能是扫描件），请上传有文字的电子稿。',
};

export function UploadPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [progress, setProgress] = useState<{ name: string; percent: number } | null>(null);
  const [refusal, setRefusal] = useState<{ name: string; error: unknown } | null>(null);
  const attempt = useRef<{ file: string; key: string } | null>(null);

  const send = async (file: File) => {
    setRefusal(null);
    const lower = file.name.toLowerCase();
    if (/\.(doc|xls|wps|et)$/u.test(lower)) {
      setRefusal({
        name: file.name,
        error: new ApiProblem(415, 'legacy-office', '这是旧版办公文档，系统读不了。', null, null),
      });
      return;
    }
    if (file.size > MAX_BYTES) {
      setRefusal({ name: file.name, error: new ApiProblem(413, 'too-large', '文件超过 50 MB。', null, null) });
      return;
    }
    const same = `${file.name}/${file.size}/${file.lastModified}`;
    if (attempt.current?.file !== same) attempt.current = { file: same, key: newKey() };
    setProgress({ name: file.name, percent: 0 });
    try {
      const plan = await upload<Imported>('/api/plans', file, attempt.current.key, (percent) =>
        setProgress({ name: file.name, percent }),
      );
      void client.invalidateQueries({ queryKey: ['GET /api/plans'] });
      if (!plan.created) message.info('这份文件以前上传过，已打开原来的计划。');
      await navigate(plan.status === 'draft' ? `/plans/${plan.id}/review` : `/plans/${plan.id}`);
    } catch (error) {
      if (error instanceof ApiProblem && error.status !== 0) attempt.current = null;
      setRefusal({ name: file.name, error });
    } finally {
      setProgress(null);
    }
  };

  const code = refusal?.error instanceof ApiProblem ? refusal.error.code : '';
  return (
    <>
      <PageHead title="上传行动计划" about="上传后先成为草稿，逐项核对、确认后才发布；上传本身不会通知任何部门。" />
      <section className="panel panel-body" style={{ maxWidth: 760 }}>
        {refusal !== null && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={`“${refusal.name}”没有读成：${problemText(refusal.error)}`}
            description={ADVICE[code]}
            style={{ marginBottom: 14 }}
          />
        )}
        <Upload.Dragger
          accept={KINDS.join(',')}
          showUploadList={false}
          disabled={progress !== null}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <div style={{ padding: '28px 12px' }}>
            {progress === null ? (
              <>
                <InboxOutlined style={{ fontSize: 36, color: '#1d5486' }} />
                <p style={{ fontSize: 16, marginTop: 10 }}>把计划文件拖到这里，或点击选择</p>
                <p className="quiet">Word（.docx）、PDF、网页（.html）、Excel（.xlsx）、纯文本（.txt），不超过 50 MB</p>
              </>
            ) : (
              <div role="status">
                <FileTextOutlined style={{ fontSize: 32, color: '#1d5486' }} />
                <p style={{ margin: '10px 0' }}>
                  {progress.percent < 100 ? `正在上传 ${progress.name}` : `正在读取 ${progress.name} 中的任务……`}
                </p>
                <Progress percent={progress.percent} status="active" style={{ maxWidth: 360 }} />
              </div>
            )}
          </div>
        </Upload.Dragger>
      </section>
      <section className="panel panel-body" style={{ maxWidth: 760 }}>
        <b>系统会读出什么</b>
        <ul style={{ margin: '6px 0 0', paddingLeft: 20 }} className="quiet">
          <li>每项任务的编号、文字、责任部门（牵头、配合）和时限；</li>
          <li>正文中的时限、指标，以及中期、终期评估日期；</li>
          <li>读不准、修复过或推定的地方，会标在原文旁边，等您确认。</li>
        </ul>
      </section>
    </>
  );
}
