import { Alert, App, Button, Drawer, Input, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { request, type Answer } from '../api/request.ts';
import { useWrite } from '../api/use-write.ts';
import { useSession } from '../sign-in/session.tsx';
import { dateTime, weekdayOf } from '../time/civil-days.ts';
import { YearView } from './year-view.tsx';

type Year = Answer<'GET /api/calendar/{year}'>;
type Preview = Answer<'POST /api/calendar/{year}/preview'>;
type Way = 'paste' | 'dates';

/** A year's notice, pasted or marked day by day; what it moves is shown before anything is stored. */
export function CalendarEditor({ year, close }: { year: Year; close: () => void }) {
  const { today } = useSession();
  const { message } = App.useApp();
  const [way, setWay] = useState<Way>('paste');
  const [noticeText, setNoticeText] = useState('');
  const [off, setOff] = useState<string[]>(year.off);
  const [working, setWorking] = useState<string[]>(year.working);
  const [source, setSource] = useState(year.published ? year.source : '');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<ApiProblem | null>(null);
  const write = useWrite('PUT /api/calendar/{year}', { renews: ['GET /api/calendar', 'GET /api/calendar/{year}'] });
  const params = { year: year.year };
  const body = { version: year.version, ...(way === 'paste' ? { noticeText } : { off, working, source }) };
  const filled = way === 'paste' ? noticeText.trim() !== '' : source.trim() !== '';

  const attempt = async (work: () => Promise<void>) => {
    setRefusal(null);
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiProblem) setRefusal(error);
      else throw error;
    }
  };
  const look = () =>
    attempt(async () => {
      setAsking(true);
      try {
        setPreview(await request('POST /api/calendar/{year}/preview', { params, body }));
      } finally {
        setAsking(false);
      }
    });
  const save = () =>
    attempt(async () => {
      const stored = await write.mutateAsync({ params, body });
      message.success(
        stored.changed ? `已保存为第 ${stored.version} 版，${stored.told} 项正在重新计算` : '与现有版本相同，没有变化',
      );
      close();
    });
  /** Plain → off, weekend → worked, marked → plain again. */
  const toggle = (date: string) => {
    setPreview(null);
    const weekend = weekdayOf(date) % 6 === 0;
    if (off.includes(date)) {
      setOff(off.filter((each) => each !== date));
      if (weekend) setWorking([...working, date].sort());
    } else if (working.includes(date)) setWorking(working.filter((each) => each !== date));
    else setOff([...off, date].sort());
  };

  return (
    <Drawer
      open
      onClose={close}
      size={way === 'dates' ? 1000 : 640}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      title={`${year.year} 年放假安排`}
      footer={
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button onClick={close}>取消</Button>
          <Button
            onClick={() => void look()}
            loading={asking}
            disabled={!filled}
            type={preview === null ? 'primary' : 'default'}
          >
            先看影响
          </Button>
          <Button
            type="primary"
            onClick={() => void save()}
            loading={write.isPending}
            disabled={preview === null || !filled}
          >
            保存
          </Button>
        </div>
      }
    >
      <Segmented<Way>
        value={way}
        onChange={(value) => {
          setWay(value);
          setPreview(null);
        }}
        options={[
          { value: 'paste', label: '粘贴通知原文' },
          { value: 'dates', label: '逐日标记' },
        ]}
        style={{ marginBottom: 12 }}
      />
      {refusal !== null && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={refusal.message}
          style={{ marginBottom: 12, whiteSpace: 'pre-line' }}
        />
      )}
      {way === 'paste' ? (
        <Input.TextArea
          aria-label="通知原文"
          value={noticeText}
          onChange={(event) => {
            setNoticeText(event.target.value);
            setPreview(null);
          }}
          autoSize={{ minRows: 8, maxRows: 16 }}
          placeholder={`把国务院办公厅关于${year.year}年部分节假日安排的通知全文粘贴到这里`}
          maxLength={50_000}
        />
      ) : (
        <>
          <Input
            aria-label="依据"
            value={source}
            onChange={(event) => {
              setSource(event.target.value);
              setPreview(null);
            }}
            placeholder="依据：通知名称和文号"
            maxLength={500}
          />
          <p className="quiet small" style={{ marginTop: 8 }}>
            点日期标为放假；放假的周末再点一次改为调休上班，再点还原。
          </p>
          <YearView year={year.year} off={off} working={working} today={today} toggle={toggle} />
        </>
      )}
      {asking && <Spin style={{ marginTop: 16 }} />}
      {preview !== null && <Moved preview={preview} />}
    </Drawer>
  );
}

const KIND_WORDS: Record<string, string> = { task: '一项任务', sheet: '月报', evaluation: '评估节点' };

function Moved({ preview }: { preview: Preview }) {
  return (
    <section className="panel" style={{ marginTop: 16 }}>
      <h2>保存后的影响</h2>
      <div className="panel-body">
        <p>
          放假 {preview.year.off.length} 天，调休上班 {preview.year.working.length} 天：
          {preview.year.working.length > 0 ? preview.year.working.join('、') : '无'}
        </p>
        {preview.warnings.map((warning) => (
          <p key={warning} className="soon">
            {warning}
          </p>
        ))}
        <p style={{ marginTop: 6 }}>
          {preview.entities === 0
            ? '没有期限会移动。'
            : `有 ${preview.entities} 项的期限或提醒会移动${preview.truncated ? '（只列出前 200 项）' : ''}：`}
        </p>
        <ul style={{ paddingLeft: 18, margin: '4px 0 0' }}>
          {preview.moved.slice(0, 40).map((each) => (
            <li key={each.entity}>
              {each.text ?? KIND_WORDS[each.kind] ?? each.entity}
              <span className="quiet small">
                {' '}
                {each.items
                  .slice(0, 3)
                  .map(
                    (item) =>
                      `${item.from === null ? '—' : dateTime(item.from)} → ${item.to === null ? '取消' : dateTime(item.to)}`,
                  )
                  .join('；')}
                {each.items.length > 3 && ` 等 ${each.items.length} 处`}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
