import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Popconfirm, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { ApiProblem, problemText } from '../api/api-problem.ts';
import { address } from '../api/request.ts';
import { upload } from '../api/upload.ts';
import { useRead } from '../api/use-read.ts';
import { newKey, useWrite } from '../api/use-write.ts';
import { Loaded } from '../parts/answers.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Mark } from '../parts/state-mark.tsx';
import { useSession } from '../sign-in/session.tsx';
import { dateTime, longDate } from '../time/civil-days.ts';
import { ApproveOnPaper } from './approve-on-paper.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { SheetLineRow } from './sheet-line.tsx';
import './sheet-page.css';
import { monthName, SHEET_PHASE_WORDS, SHEET_READS, type SheetEntry, type SheetPage } from './sheet-words.ts';
import { Confirming } from '../parts/confirming.tsx';

/** One department's sheet of one month. A sheet that another person saved meanwhile is read anew, never overwritten. */
export function SheetMonthPage() {
  const { id = '', month = '' } = useParams();
  const sheet = useRead('GET /api/sheets/{id}/months/{month}', { params: { id, month } });
  return (
    <Loaded read={sheet} rows={14}>
      {(data) => <Sheet key={`${data.id}/${data.month}/${data.phase}`} sheet={data} />}
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
  const [version, setVersion] = useState(sheet.version);
  const [touched, setTouched] = useState(false);
  // A newer draft is shown unless words stand here that were not saved: then saving them says that it is stale.
  if (!touched && sheet.version > version) {
    setVersion(sheet.version);
    setEntries(startEntries(sheet));
  }
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [returning, setReturning] = useState(false);
  const [importing, setImporting] = useState(false);
  const [entering, setEntering] = useState(false);
  const { holds } = useSession();
  const onPaper = !holds(['head'], sheet.department.id) && holds(['director-office']);
  const params = { id: sheet.id, month: sheet.month };
  const saveDraft = useWrite('PUT /api/sheets/{id}/months/{month}/draft');
  const submit = useWrite('POST /api/sheets/{id}/months/{month}/submit', { renews: SHEET_READS });
  const withdraw = useWrite('POST /api/sheets/{id}/months/{month}/withdraw', { renews: SHEET_READS });
  const approve = useWrite('POST /api/sheets/{id}/months/{month}/approve', { renews: SHEET_READS });
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
    const saved = await saveDraft.mutateAsync({ params, body: { version, rows } });
    setVersion(saved.version);
    setTouched(false);
    return saved.version;
  };
  const save = () =>
    attempt(async () => {
      await store();
      message.success('草稿已保存');
      await client.invalidateQueries({ queryKey: ['GET /api/sheets/{id}/months/{month}'] });
    });
  const send = () =>
    attempt(async () => {
      // Words carried over from last month are in the draft only once they are saved.
      await submit.mutateAsync({ params, body: { version: await store() } });
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
      const path = address('POST /api/sheets/{id}/months/{month}/xlsx', { params, query: { version } });
      await upload(path, file, newKey(), () => undefined);
      setTouched(false);
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
                onClick={() => {
                  setTouched(false);
                  setProblem(null);
                  void client.invalidateQueries({ queryKey: ['GET /api/sheets/{id}/months/{month}'] });
                }}
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
      <Confirming shown={confirming} />
      <section className="panel" style={{ overflow: 'clip' }}>
        {sheet.lines.length === 0 && <p className="panel-body quiet">这个月没有要填的任务。</p>}
        {sheet.lines.map((line) => (
          <SheetLineRow
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
              onClick={() =>
                onPaper ? setEntering(true) : void give(approve.mutateAsync({ params, body: null }), '已审核')
              }
            >
              {onPaper ? '代录：审核通过' : '审核通过'}
            </Button>
          )}
        </div>
      </section>
      {returning && <ReturnDialog params={params} onPaper={onPaper} close={() => setReturning(false)} />}
      {entering && <ApproveOnPaper params={params} close={() => setEntering(false)} />}
    </>
  );
}
