import { Select, Tag } from 'antd';
import type { Answer } from '../api/request.ts';
import { useRead } from '../api/use-read.ts';
import { Loaded, Nothing } from '../parts/answers.tsx';
import { changeRows } from './change-rows.ts';

export type Difference = Answer<'GET /api/plans/{id}/difference'>;

/** A revised plan beside the one that runs: a person sees this before anything changes. */
export function DifferenceView({
  plan,
  base,
  setBase,
}: {
  plan: string;
  base: string | null;
  setBase: (plan: string | null) => void;
}) {
  const plans = useRead('GET /api/plans', {});
  const running = (plans.data?.items ?? []).filter((each) => each.status === 'published' && each.id !== plan);
  return (
    <div className="panel-body">
      <Select
        aria-label="与哪份计划比较"
        style={{ width: '100%', maxWidth: 520, marginBottom: 12 }}
        placeholder="选择要比较的已发布计划"
        value={base}
        onChange={setBase}
        options={running.map((each) => ({ value: each.id, label: each.title }))}
      />
      {base === null ? (
        <Nothing title="选择原计划后，这里列出新增、删去、合并、改期和改部门的任务" />
      ) : (
        <Compared plan={plan} base={base} />
      )}
    </div>
  );
}

function Compared({ plan, base }: { plan: string; base: string }) {
  const read = useRead('GET /api/plans/{id}/difference', { params: { id: plan }, query: { with: base } });
  return <Loaded read={read}>{(difference) => <Changes difference={difference} />}</Loaded>;
}

function Changes({ difference }: { difference: Difference }) {
  const rows = changeRows(difference);
  return (
    <>
      <p style={{ marginBottom: 8 }}>
        新增 {difference.added.length} 项，删去 {difference.dropped.length} 项，合并 {difference.merged.length} 项，改动{' '}
        {difference.changed.length} 项，未变 {difference.unchanged} 项。
      </p>
      {rows.map((row) => (
        <article key={row.key} className="item-card">
          <div className="item-top">
            <Tag color={row.colour}>{row.kind}</Tag>
            <span className="quiet small">{row.path}</span>
          </div>
          {row.before !== null && <del className="quiet">{row.before}</del>}
          {row.after !== null && <div>{row.after}</div>}
          {row.notes.map((note) => (
            <div key={note} className="small soon">
              {note}
            </div>
          ))}
        </article>
      ))}
    </>
  );
}
