import { findSheetMonth, type SheetMonthRow } from '../db/queries/sheets.ts';
import { BUREAU, type Actor } from '../domain/decider.ts';
import type { App } from './app-type.ts';
import { Problem } from './problem.ts';

/** The departments whose sheets the actor may read; null where a bureau-wide post lets them read all. */
export function visibleDepartments({ posts }: Actor): string[] | null {
  if (posts.some((post) => post.department === BUREAU)) return null;
  return [...new Set(posts.map((post) => post.department))];
}

export function belongsTo(actor: Actor, department: string): boolean {
  return actor.posts.some((post) => post.department === department);
}

/** Who may fill in: the decider says the same of handing in, so a draft is never made in vain. */
export function mayFill(actor: Actor, department: string): boolean {
  return actor.posts.some(
    (post) => post.department === department && (post.role === 'coordinator' || post.role === 'head'),
  );
}

function isHead(actor: Actor, department: string): boolean {
  return actor.posts.some((post) => post.department === department && post.role === 'head');
}

export const SHEET_ACTIONS = ['fill', 'submit', 'withdraw', 'approve', 'return'] as const;
export type SheetAction = (typeof SHEET_ACTIONS)[number];

/** What a page may offer; the decider decides. `enters` is the director's office entering a head's decision (代录批示). */
export function sheetActions(actor: Actor, row: SheetMonthRow): SheetAction[] {
  const fills = mayFill(actor, row.department);
  if (row.phase === 'requested') return fills ? ['fill', 'submit'] : [];
  if (row.phase !== 'submitted') return [];
  const enters = actor.posts.some((post) => post.department === BUREAU && post.role === 'director-office');
  const decides = isHead(actor, row.department) || enters;
  const actions: SheetAction[] = fills ? ['withdraw'] : [];
  if (decides) actions.push('return');
  if (decides && row.submittedBy !== actor.id) actions.push('approve');
  return actions;
}

/** 404 as well for sheets of departments that the actor may not see. */
export async function sheetMonthFor(app: App, actor: Actor, sheet: string, month: string): Promise<SheetMonthRow> {
  const row = await findSheetMonth(app.deps.pool, sheet, month);
  const visible = visibleDepartments(actor);
  if (row === null || (visible !== null && !visible.includes(row.department)))
    throw new Problem(404, 'not-found', '没有这个月的月报。');
  return row;
}

/** For writing: the department's own people, while the sheet is theirs to fill in. */
export async function sheetToFill(app: App, actor: Actor, sheet: string, month: string): Promise<SheetMonthRow> {
  const row = await sheetMonthFor(app, actor, sheet, month);
  if (!mayFill(actor, row.department))
    throw new Problem(403, 'role-required', '只有本部门的联络员或负责人可以填报月报。');
  if (row.phase === 'requested') return row;
  const detail = {
    submitted: '月报已提交，待部门负责人审核；要修改请先撤回。',
    approved: '月报已审核，不能再修改。',
    'not-owed': '本月无须填报。',
  }[row.phase];
  throw new Problem(409, 'sheet-phase', detail);
}
