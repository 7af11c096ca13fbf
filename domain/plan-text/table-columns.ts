import { fold } from './folding.ts';
import { labelAtStart, type LabelRole } from './labels.ts';

/** What a column of a task table holds. `text` columns carry a weight: the heaviest is the task, lighter ones head it. */
export type Column =
  | { kind: 'index' }
  | { kind: 'party'; role: 'lead' | 'responsible' | 'support'; firstLeads: boolean }
  | { kind: 'deadline' }
  | { kind: 'text'; weight: number }
  | { kind: 'other' };

const INDEX = /^(?:序号|编号|序|项次|项号|号|No\.?|任务编号|任务序号)$/iu;

const TEXTS: readonly (readonly [number, RegExp])[] = [
  [
    4,
    /^(?:(?:具体|工作|主要|整改|推进|改革|落实|重点|实施|任务|细化)?(?:措施|举措|做法)|(?:具体|工作|任务|主要|整治|重点|清单|实施|项目|建设|重点任务|工作任务)(?:内容|事项)(?:及要求|和要求|及标准|及目标)?|具体(?:任务|工作|要求)|(?:任务|工作)(?:分解|细化)|落实措施|工作措施及要求|措施内容|任务描述|三级任务)$/u,
  ],
  [
    3,
    /^(?:(?:工作|重点|主要|目标|年度|分解|改革|具体)?任务(?:名称|要求|清单|目标)?|内容|任务和措施|工作安排|工作项目|二级任务)$/u,
  ],
  [
    2,
    /^(?:(?:重点|工作|主要|年度)?(?:事项|项目|工作)(?:名称)?|重点工作|工作要点|主要工作|项目名称|任务名称|行动名称|专项行动|问题|反馈问题|存在问题|问题清单)$/u,
  ],
  [
    1,
    /^(?:类别|分类|类型|领域|方面|板块|大项|任务类别|整治类别|工作类别|一级任务|重点领域|工作领域|项目类别|行动|章节)$/u,
  ],
];

/** The kind of column that a header cell names, or null where it names none. */
export function columnOf(cell: string): Column | null {
  const { f } = fold(cell);
  if (f === '' || f.length > 32) return null;
  if (INDEX.test(f)) return { kind: 'index' };
  const bare = f.replace(/\([^()]{0,24}\)$/u, '');
  for (const [weight, pattern] of TEXTS) if (pattern.test(bare)) return { kind: 'text', weight };
  if (/^.{1,4}(?:事项|任务|内容|措施|举措)$/u.test(bare)) return { kind: 'text', weight: 3 };
  if (/^.{1,4}(?:时间|时限|期限|时段)$/u.test(bare)) return { kind: 'deadline' };
  const label = labelAtStart(bare) ?? labelAtStart(f);
  if (label !== null && label.length >= bare.length) return fromLabel(label.role, f);
  return /^(?:牵头|主责|配合|协办|时限|期限|时间)$/u.test(bare) ? fromLabel(SHORT[bare] ?? 'other', f) : null;
}

const SHORT: Record<string, LabelRole> = {
  牵头: 'lead',
  主责: 'lead',
  配合: 'support',
  协办: 'support',
  时限: 'deadline',
  期限: 'deadline',
  时间: 'deadline',
};

function fromLabel(role: LabelRole, header: string): Column {
  if (role === 'deadline') return { kind: 'deadline' };
  if (role === 'other') return { kind: 'other' };
  if (role === 'task') return { kind: 'text', weight: 3 };
  // 责任单位(列首位的为牵头单位)
  const firstLeads = /(?:第一|首位|列首|排首|首个)/u.test(header) && /(?:牵头|主责)/u.test(header);
  return { kind: 'party', role, firstLeads };
}

/** The columns of a header row, or null where the cells are no header: it must name departments or deadlines. */
export function headerOf(cells: readonly string[]): Column[] | null {
  const columns = cells.map((cell) => columnOf(cell));
  const known = columns.filter((column) => column !== null);
  const hasText = known.some((column) => column.kind === 'text');
  const hasDuty = known.some((column) => column.kind === 'party' || column.kind === 'deadline');
  if (!hasText || !hasDuty || known.length < 2 || known.length * 2 < cells.filter((cell) => cell !== '').length)
    return null;
  return columns.map((column) => column ?? { kind: 'other' });
}

/** A second header row that only parts some columns of the first (责任分工: 牵头单位, 配合单位), or null. */
export function subHeaderOf(columns: readonly Column[], cells: readonly string[]): Column[] | null {
  if (cells.length !== columns.length) return null;
  const parted = cells.map((cell) => (cell === '' ? null : columnOf(cell)));
  if (cells.some((cell, i) => cell !== '' && parted[i] === null)) return null;
  if (!parted.some((column) => column?.kind === 'party' || column?.kind === 'deadline')) return null;
  return columns.map((column, i) => parted[i] ?? column);
}
