import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, InputNumber, Modal, Popconfirm, Radio, Spin, Switch, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiProblem, problemText } from '../api/api-problem.ts';
import { address, type Reads } from '../api/request.ts';
import { upload } from '../api/upload.ts';
import { useRead } from '../api/use-read.ts';
import { newKey, useWrite } from '../api/use-write.ts';
import { Loaded } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { DueDate } from '../parts/due-date.tsx';
import { Mark, ReportMark } from '../parts/state-mark.tsx';
import { dateTime, longDate } from '../time/civil-days.ts';
import { REPORT_STATUS_WORDS, type ReportStatus } from '../wording/task-words.ts';
import './sheet-page.css';
import { monthName, SHEET_PHASE_WORDS, type SheetEntry, type SheetLine, type SheetPage } from './sheet-words.ts';

const RENEWS: Reads[] = [
  'GET /api/sheets',
  'GET /api/sheets/{id}/months/{month}',
  'GET /api/tasks',
  'GET /api/tasks/{id}',
];
const LONGEST = 5000;

/** One department's sheet of one month. A sheet that another person saved meanwhile is read anew, never overwritten. */
export function SheetMonthPage() {
  const { id = '', month = '' } = useParams();
  const sheet = useRead('GET /api/sheets/{id}/months/{month}', { params: { id, month } });
  return (
    <Loaded read={sheet} rows={14}>
      {(data) => <Sheet key={`${data.version}/${data.phase}`} sheet={data} />}
    </Loaded>
  );
}

function startEntries(sheet: SheetPage): Map<string, SheetEntry> {
  return new Map(sheet.lines.flatMap((line) => (line.entry === null ? [] : [[line.task, line.entry] as const])));
}

function Sheet({ sheet }: { sheet: SheetPage }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [entries, setEntries] = useState(() => startEntries(sheet));
  const [touched, setTouched] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [returning, setReturning] = useState(false);
  const [importing, setImporting] = useState(false);
  const params = { id: sheet.id, month: sheet.month };
  const saveDraft = useWrite('PUT /api/sheets/{id}/months/{month}/draft');
  const submit = useWrite('POST /api/sheets/{id}/months/{month}/submit', { renews: RENEWS });
  const withdraw = useWrite('POST /api/sheets/{id}/months/{month}/withdraw', { renews: RENEWS });
  const approve = useWrite('POST /api/sheets/{id}/months/{month}/approve', { renews: RENEWS });
  const actions: readonly string[] = sheet.actions;
  const editable = sheet.phase === 'requested' && actions.includes('fill');
  const confirming = submit.confirming || approve.confirming || withdraw.confirming;
  const name = `${sheet.department.name ?? ''}${monthName(sheet.month)}月报`;

  useEffect(() => {
    if (!touched) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [touched]);

  const attempt = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error);
      else throw error;
    }
  };
  const store = async (): Promise<number> => {
    const rows = sheet.lines.flatMap((line) => entries.get(line.task) ?? []);
    const { version } = await saveDraft.mutateAsync({ params, body: { version: sheet.version, rows } });
    setTouched(false);
    return version;
  };
  const save = () =>
    attempt(async () => {
      await store();
      message.success('草稿已保存');
      await client.invalidateQueries({ queryKey: ['GET /api/sheets/{id}/months/{month}'] });
    });
  const send = () =>
    attempt(async () => {
      const version = touched || sheet.version === 0 || entries.size > 0 ? await store() : sheet.version;
      await submit.mutateAsync({ params, body: { version } });
      message.success('月报已提交，待部门负责人审核；审核前可以撤回');
    });
  const give = (work: Promise<unknown>, done: string) =>
    attempt(async () => {
      await work;
      message.success(done);
    });
  const change = (task: string, entry: SheetEntry) => {
    setTouched(true);
    setEntries(new Map(entries).set(task, entry));
  };
  const read = async (file: File) => {
    setImporting(true);
    setProblem(null);
    try {
      const path = address('POST /api/sheets/{id}/months/{month}/xlsx', { params, query: { version: sheet.version } });
      await upload(path, file, newKey(), () => undefined);
      message.success('已读入，请核对后提交');
      await client.invalidateQueries({ queryKey: ['GET /api/sheets/{id}/months/{month}'] });
    } catch (error) {
      if (error instanceof ApiProblem) setProblem(error);
      else message.error(problemText(error));
    } finally {
      setImporting(false);
    }
  };

  return (
    <>
      <PageHead
        title={name}
        about={
          <>
            <Mark tone={SHEET_PHASE_WORDS[sheet.phase].tone}>{SHEET_PHASE_WORDS[sheet.phase].label}</Mark>{' '}
            {sheet.plan.title} · {longDate(sheet.dueOn)}前报送
            {sheet.savedAt !== null &&
              ` · 草稿存于 ${dateTime(sheet.savedAt)}${sheet.savedBy === null ? '' : `（${sheet.savedBy.name ?? ''}）`}`}
          </>
        }
      >
        <Button
          icon={<DownloadOutlined />}
          href={address('GET /api/sheets/{id}/months/{month}/month.xlsx', { params })}
          download
        >
          下载 Excel
        </Button>
        {editable && (
          <Upload
            accept=".xlsx"
            showUploadList={false}
            beforeUpload={(file) => {
              void read(file);
              return false;
            }}
          >
            <Button icon={<UploadOutlined />} loading={importing}>
              上传填好的 Excel
            </Button>
          </Upload>
        )}
      </PageHead>
      {sheet.returned !== null && sheet.phase === 'requested' && (
        <Alert
          type="warning"
          showIcon
          title={`${sheet.returned.by.name ?? ''}于 ${dateTime(sheet.returned.at)} 退回`}
          description={sheet.returned.text}
          style={{ marginBottom: 12 }}
        />
      )}
      {problem !== null && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={problem.message}
          description={
            problem.code === 'stale' ? (
              <Button
                size="small"
                onClick={() => void client.invalidateQueries({ queryKey: ['GET /api/sheets/{id}/months/{month}'] })}
              >
                读取最新草稿（放弃本页未存的改动）
              </Button>
            ) : problem.faults.length > 0 ? (
              <ul style={{ margin: 0, paddingLeft: 18 }}>
                {problem.faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            ) : undefined
          }
          style={{ marginBottom: 12 }}
        />
      )}
      {confirming && (
        <Alert
          type="info"
          showIcon
          icon={<Spin size="small" />}
          title="正在确认结果，不会重复提交"
          style={{ marginBottom: 12 }}
        />
      )}
      <section className="panel" style={{ overflow: 'clip' }}>
        {sheet.lines.length === 0 && <p className="panel-body quiet">这个月没有要填的任务。</p>}
        {sheet.lines.map((line) => (
          <Line
            key={line.task}
            line={line}
            entry={entries.get(line.task) ?? null}
            editable={editable}
            change={(entry) => change(line.task, entry)}
          />
        ))}
        <div className="sheet-bar">
          <span className="quiet small">
            {editable
              ? `已填 ${[...entries.values()].filter((entry) => entry.text.trim() !== '').length} / ${sheet.lines.length} 项${touched ? '，有未保存的改动' : ''}`
              : sheet.submittedAt !== null && `${sheet.submittedBy?.name ?? ''} ${dateTime(sheet.submittedAt)} 提交`}
          </span>
          <span style={{ flex: 1 }} />
          {editable && (
            <Button onClick={() => void save()} loading={saveDraft.isPending} disabled={!touched}>
              保存草稿
            </Button>
          )}
          {actions.includes('submit') && sheet.phase === 'requested' && (
            <Popconfirm title="提交给部门负责人审核？" okText="提交" cancelText="再看看" onConfirm={() => void send()}>
              <Button type="primary" loading={submit.isPending}>
                提交
              </Button>
            </Popconfirm>
          )}
          {actions.includes('withdraw') && (
            <Button loading={withdraw.isPending} onClick={() => void give(withdraw.mutateAsync({ params }), '已撤回')}>
              撤回
            </Button>
          )}
          {actions.includes('return') && (
            <Button danger onClick={() => setReturning(true)}>
              退回
            </Button>
          )}
          {actions.includes('approve') && (
            <Button
              type="primary"
              loading={approve.isPending}
              onClick={() => void give(approve.mutateAsync({ params, body: null }), '已审核')}
            >
              审核通过
            </Button>
          )}
        </div>
      </section>
      {returning && <ReturnDialog params={params} close={() => setReturning(false)} />}
    </>
  );
}

function Line({
  line,
  entry,
  editable,
  change,
}: {
  line: SheetLine;
  entry: SheetEntry | null;
  editable: boolean;
  change: (entry: SheetEntry) => void;
}) {
  const shown: SheetEntry = entry ?? { task: line.task, status: 'normal', text: '', noProgress: false, indicators: [] };
  const value = (id: string) => shown.indicators.find((each) => each.id === id)?.value ?? null;
  return (
    <article className="sheet-line">
      <div>
        <div className="quiet small">
          {line.number} {line.due !== null && <DueDate due={line.due} finished />}
          {line.due !== null && ' 到期'}
        </div>
        <Link to={`/tasks/${line.task}`} style={{ color: 'inherit' }}>
          {line.text}
        </Link>
        {line.last !== null && (
          <div className="quiet small" style={{ marginTop: 4 }}>
            上次（{line.last.month === null ? longDate(line.last.on) : monthName(line.last.month)}）：
            {line.last.noProgress ? '无新进展，' : ''}
            {line.last.text}
          </div>
        )}
      </div>
      <div className="sheet-entry">
        {editable ? (
          <>
            <div className="sheet-entry-top">
              <Radio.Group
                size="small"
                optionType="button"
                aria-label={`${line.number} 进度`}
                value={shown.status}
                onChange={(event) => change({ ...shown, status: event.target.value as ReportStatus })}
                options={Object.entries(REPORT_STATUS_WORDS).map(([status, words]) => ({
                  value: status,
                  label: words.label,
                }))}
              />
              <label style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
                <Switch
                  size="small"
                  checked={shown.noProgress}
                  onChange={(noProgress) => change({ ...shown, noProgress })}
                />
                无新进展
              </label>
              {line.basis === 'carried-over' && entry === line.entry && <Mark tone="asking">沿用上次文字</Mark>}
            </div>
            <Input.TextArea
              aria-label={`${line.number} ${shown.noProgress ? '原因' : '本月进展'}`}
              value={shown.text}
              maxLength={LONGEST}
              autoSize={{ minRows: 2, maxRows: 10 }}
              placeholder={shown.noProgress ? '写明没有新进展的原因' : '本月做了什么，到什么程度'}
              onChange={(event) => change({ ...shown, text: event.target.value })}
            />
            {line.indicators.map((indicator) => (
              <label key={indicator.id} className="small" style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                <span style={{ flex: 1 }}>{indicator.raw}</span>
                <InputNumber
                  size="small"
                  suffix={indicator.unit}
                  value={value(indicator.id)}
                  onChange={(number) =>
                    change({
                      ...shown,
                      indicators: [
                        ...shown.indicators.filter((each) => each.id !== indicator.id),
                        ...(number === null ? [] : [{ id: indicator.id, value: number }]),
                      ],
                    })
                  }
                />
              </label>
            ))}
          </>
        ) : entry === null ? (
          <span className="quiet">没有填</span>
        ) : (
          <>
            <span>
              <ReportMark status={entry.status} /> {entry.noProgress && <Mark tone="quiet">无新进展</Mark>}
            </span>
            <span style={{ whiteSpace: 'pre-wrap' }}>{entry.text}</span>
          </>
        )}
      </div>
    </article>
  );
}

function ReturnDialog({ params, close }: { params: { id: string; month: string }; close: () => void }) {
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const write = useWrite('POST /api/sheets/{id}/months/{month}/return', { renews: RENEWS });
  return (
    <Modal
      open
      title="退回月报"
      okText="退回"
      okButtonProps={{ danger: true, disabled: text.trim() === '', loading: write.isPending }}
      cancelText="取消"
      onCancel={close}
      onOk={() =>
        write
          .mutateAsync({ params, body: { text: text.trim() } })
          .then(() => {
            message.success('已退回');
            close();
          })
          .catch((error: unknown) => message.error(problemText(error)))
      }
    >
      <Input.TextArea
        aria-label="退回理由"
        placeholder="写清哪一项需要怎样修改"
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoSize={{ minRows: 3 }}
        maxLength={2000}
      />
    </Modal>
  );
}
