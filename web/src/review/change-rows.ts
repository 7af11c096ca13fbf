import type { Answer } from '../api/request.ts';
import { pathText } from '../wording/path-text.ts';

type Difference = Answer<'GET /api/plans/{id}/difference'>;
type Changed = Difference['changed'][number];

export interface ChangeRow {
  key: string;
  kind: '新增' | '删去' | '合并' | '改动';
  colour: string;
  path: string;
  before: string | null;
  after: string | null;
  notes: string[];
}

/** What a revision changes, as rows to read: what goes first, because it hurts most. */
export function changeRows({ added, dropped, merged, changed }: Difference): ChangeRow[] {
  return [
    ...dropped.map((item) => ({
      key: `dropped/${item.id}`,
      kind: '删去' as const,
      colour: 'red',
      path: pathText(item.path),
      before: item.text,
      after: null,
      notes: [`原责任部门：${item.departments.join('、')}；原时限：${item.deadline}`],
    })),
    ...merged.map(({ from, into }) => ({
      key: `merged/${from.id}`,
      kind: '合并' as const,
      colour: 'purple',
      path: `${pathText(from.path)} → ${pathText(into.path)}`,
      before: from.text,
      after: into.text,
      notes: [],
    })),
    ...changed.map((change) => ({
      key: `changed/${change.to.id}`,
      kind: '改动' as const,
      colour: 'gold',
      path: pathText(change.to.path),
      before: change.textChanged ? change.from.text : null,
      after: change.to.text,
      notes: changeNotes(change),
    })),
    ...added.map((item) => ({
      key: `added/${item.id}`,
      kind: '新增' as const,
      colour: 'green',
      path: pathText(item.path),
      before: null,
      after: item.text,
      notes: [`责任部门：${item.departments.join('、')}；时限：${item.deadline}`],
    })),
  ];
}

function changeNotes({ from, to, deadline, departments }: Changed): string[] {
  const notes: string[] = [];
  if (deadline !== null)
    notes.push(
      `时限：${from.deadline}（${deadline.from.date ?? '无日期'}）→ ${to.deadline}（${deadline.to.date ?? '无日期'}）`,
    );
  if (departments !== null) {
    if (departments.added.length > 0) notes.push(`增加部门：${departments.added.join('、')}`);
    if (departments.removed.length > 0) notes.push(`减少部门：${departments.removed.join('、')}`);
    const before = departments.leadFrom.join('、');
    const after = departments.leadTo.join('、');
    if (before !== after) notes.push(`牵头：${before} → ${after}`);
  }
  return notes;
}
