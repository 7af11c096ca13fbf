import { Segmented } from 'antd';
import { useState } from 'react';
import { useReadPages } from '../api/use-read.ts';
import { NextPage, Unloaded } from '../parts/answers.tsx';
import { FileLinks } from '../parts/file-links.tsx';
import { dateTime } from '../time/civil-days.ts';
import type { TimelineEntry } from './task-types.ts';

type Kind = 'all' | 'work' | 'decisions' | 'deadlines' | 'reminders';

const KINDS: { value: Kind; label: string }[] = [
  { value: 'all', label: '全部' },
  { value: 'work', label: '办理' },
  { value: 'decisions', label: '审核与决定' },
  { value: 'deadlines', label: '期限' },
  { value: 'reminders', label: '提醒与督办' },
];

function kindOf(type: string): Kind {
  if (/Rungs|Order|Overdue|Supervision/u.test(type)) return 'reminders';
  if (/Extension|Deadline|NewDate|Calendar|Period|EntryWindow/u.test(type)) return 'deadlines';
  if (/Approved|Rejected|Verified|Returned|Decided|Changed|Corrected|Revised|Confirmed/u.test(type)) return 'decisions';
  return 'work';
}

/** Everything that happened to the task, newest first, as the ledger has it. */
export function Timeline({ task }: { task: string }) {
  const [kind, setKind] = useState<Kind>('all');
  const history = useReadPages('GET /api/tasks/{id}/timeline', { params: { id: task }, query: { limit: 50 } });
  const entries = history.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = kind === 'all' ? entries : entries.filter((entry) => kindOf(entry.type) === kind);
  return (
    <section className="panel" aria-label="历程">
      <h2 style={{ flexWrap: 'wrap' }}>
        历程
        <Segmented<Kind>
          size="small"
          style={{ marginLeft: 'auto', maxWidth: '100%', overflowX: 'auto' }}
          value={kind}
          onChange={setKind}
          options={KINDS}
        />
      </h2>
      <div className="panel-body">
        <Unloaded list={history} />
        {history.data !== undefined && shown.length === 0 && <p className="quiet">没有这一类记录。</p>}
        <ol className="timeline">
          {shown.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
        <NextPage list={history}>更早的记录</NextPage>
      </div>
    </section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  return (
    <li className={`timeline-${kindOf(entry.type)}`}>
      <div className="quiet small num">
        {dateTime(entry.at)}
        {entry.by !== null && ` · ${entry.by.name}`}
      </div>
      <div>{entry.text}</div>
      {entry.details.map((detail) => (
        <p key={detail} className="said">
          {detail}
        </p>
      ))}
      <FileLinks files={entry.files} />
    </li>
  );
}
