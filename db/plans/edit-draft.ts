import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Instant } from '../../domain/decider.ts';
import { newId } from '../ids.ts';
import { departments, type DepartmentKind } from '../schema/people.ts';
import { planDepartments, planItems, plans, type ItemContent } from '../schema/plans.ts';
import { corrected, EMPTY_CONTENT, type ItemChange } from './corrected-content.ts';
import { flagsOf } from './import-draft.ts';
import { mapDepartments } from './map-departments.ts';
import { PlanRefused } from './plan-refused.ts';

type Plan = typeof plans.$inferSelect;
type Item = typeof planItems.$inferSelect;

export interface Edit {
  planId: string;
  by: string;
  now: Instant;
}

export async function editItem(
  tx: NodePgDatabase,
  edit: Edit,
  itemId: string,
  version: number,
  change: ItemChange,
): Promise<Item> {
  const plan = await lockDraft(tx, edit.planId);
  const item = await itemAt(tx, plan.id, itemId, version);
  const content = corrected(item.content, change, plan);
  const confirmedDeadlines = change.confirmedDeadlines ?? item.confirmedDeadlines;
  const outside = confirmedDeadlines.find((index) => content.textDeadlines[index]?.date == null);
  if (outside !== undefined)
    throw new PlanRefused(422, 'no-such-deadline', `正文中第${outside + 1}个时限没有可用的日期`, {
      field: 'confirmedDeadlines',
    });
  await addNames(tx, plan.id, content.departments);
  return store(tx, edit, item, {
    content,
    confirmedDeadlines,
    flags: flagsOf(content, item.sourceLine, plan.problems),
    correctedBy: edit.by,
    correctedAt: edit.now,
    // A corrected item is a confirmed one: whoever changed it looked at it.
    confirmedBy: edit.by,
    confirmedAt: edit.now,
  });
}

/** A removed item stays in the record and can be restored; it starts nothing. */
export async function removeItem(
  tx: NodePgDatabase,
  edit: Edit,
  itemId: string,
  version: number,
  state: 'kept' | 'removed',
): Promise<Item> {
  const plan = await lockDraft(tx, edit.planId);
  const item = await itemAt(tx, plan.id, itemId, version);
  return store(tx, edit, item, { state, mergedInto: null, correctedBy: edit.by, correctedAt: edit.now });
}

/** Joins an item to another one of the same draft: its sentence and departments go over, it starts nothing itself. */
export async function mergeItem(
  tx: NodePgDatabase,
  edit: Edit,
  itemId: string,
  version: number,
  intoId: string,
): Promise<Item> {
  const plan = await lockDraft(tx, edit.planId);
  const item = await itemAt(tx, plan.id, itemId, version);
  const [into] = await tx
    .select()
    .from(planItems)
    .where(and(eq(planItems.planId, plan.id), eq(planItems.id, intoId)));
  if (into === undefined || into.id === item.id || into.state !== 'kept')
    throw new PlanRefused(422, 'no-such-item', '要并入的任务不存在、已移除或就是它自己', { field: 'into' });
  const content: ItemContent = {
    ...into.content,
    text: `${into.content.text}${item.content.text}`,
    departments: [...new Set([...into.content.departments, ...item.content.departments])],
    textDeadlines: [...into.content.textDeadlines, ...item.content.textDeadlines],
    indicators: [...into.content.indicators, ...item.content.indicators],
  };
  content.support = content.departments.filter((name) => !content.lead.includes(name));
  await store(tx, edit, into, {
    content,
    flags: flagsOf(content, into.sourceLine, plan.problems),
    correctedBy: edit.by,
    correctedAt: edit.now,
  });
  return store(tx, edit, item, { state: 'merged', mergedInto: into.id, correctedBy: edit.by, correctedAt: edit.now });
}

/** Adds an item that the reader did not find, after `after` or at the end. */
export async function addItem(
  tx: NodePgDatabase,
  edit: Edit,
  added: ItemChange & { text: string; departments: string[]; after?: string },
): Promise<Item> {
  const plan = await lockDraft(tx, edit.planId);
  const items = await tx
    .select({ id: planItems.id, ordinal: planItems.ordinal })
    .from(planItems)
    .where(eq(planItems.planId, plan.id))
    .orderBy(asc(planItems.ordinal));
  const before = added.after === undefined ? items.at(-1) : items.find((item) => item.id === added.after);
  if (added.after !== undefined && before === undefined)
    throw new PlanRefused(422, 'no-such-item', '找不到要排在其后的任务', { field: 'after' });
  const ordinal = (before?.ordinal ?? 0) + 1;
  await tx
    .update(planItems)
    .set({ ordinal: sql`${planItems.ordinal} + 1` })
    .where(and(eq(planItems.planId, plan.id), gt(planItems.ordinal, ordinal - 1)));
  const content = corrected(EMPTY_CONTENT, added, plan);
  await addNames(tx, plan.id, content.departments);
  const [item] = await tx
    .insert(planItems)
    .values({
      id: newId('item'),
      planId: plan.id,
      ordinal,
      content,
      parsed: null,
      sourceLine: null,
      flags: flagsOf(content, null, []),
      correctedBy: edit.by,
      correctedAt: edit.now,
      confirmedBy: edit.by,
      confirmedAt: edit.now,
    })
    .returning();
  if (item === undefined) throw new Error('an inserted item was not returned');
  await touch(tx, plan.id);
  return item;
}

/** Confirms items as they stand, all of them where none is named. Answers how many were not confirmed before. */
export async function confirmItems(tx: NodePgDatabase, edit: Edit, itemIds: readonly string[] | null): Promise<number> {
  const plan = await lockDraft(tx, edit.planId);
  const open = and(eq(planItems.planId, plan.id), eq(planItems.state, 'kept'), sql`${planItems.confirmedAt} is null`);
  const rows = await tx
    .update(planItems)
    .set({ confirmedBy: edit.by, confirmedAt: edit.now, version: sql`${planItems.version} + 1` })
    .where(itemIds === null ? open : and(open, inArray(planItems.id, [...itemIds])))
    .returning({ id: planItems.id });
  if (itemIds !== null) {
    const known = await tx
      .select({ id: planItems.id })
      .from(planItems)
      .where(and(eq(planItems.planId, plan.id), inArray(planItems.id, [...itemIds])));
    if (known.length < new Set(itemIds).size) throw new PlanRefused(404, 'not-found', '计划中没有这项任务');
  }
  if (rows.length > 0) await touch(tx, plan.id);
  return rows.length;
}

/** Says who a name as written stands for: a department that exists, or a new one of a kind. */
export async function chooseDepartment(
  tx: NodePgDatabase,
  edit: Edit,
  choice: { name: string; departmentId: string | null; kind: DepartmentKind | null },
): Promise<void> {
  const plan = await lockDraft(tx, edit.planId);
  let kind = choice.kind;
  if (choice.departmentId !== null) {
    const [department] = await tx
      .select({ kind: departments.kind })
      .from(departments)
      .where(and(eq(departments.id, choice.departmentId), eq(departments.active, true)));
    if (department === undefined)
      throw new PlanRefused(422, 'no-such-department', `没有这个部门：${choice.departmentId}`, {
        field: 'departmentId',
      });
    kind = department.kind;
  }
  const rows = await tx
    .update(planDepartments)
    .set({
      departmentId: choice.departmentId,
      basis: 'chosen',
      ...(kind === null ? {} : { proposedKind: kind }),
      decidedBy: edit.by,
      decidedAt: edit.now,
    })
    .where(and(eq(planDepartments.planId, plan.id), eq(planDepartments.name, choice.name)))
    .returning({ name: planDepartments.name });
  if (rows.length === 0)
    throw new PlanRefused(422, 'no-such-name', `计划中没有这个部门名称：${choice.name}`, { field: 'name' });
  await touch(tx, plan.id);
}

/** The plan's row, locked: edits of one draft happen one after another, and none while it is being published. */
export async function lockDraft(tx: NodePgDatabase, planId: string): Promise<Plan> {
  const plan = await lockPlan(tx, planId);
  if (plan.status !== 'draft')
    throw new PlanRefused(
      409,
      'not-a-draft',
      plan.status === 'published' ? '计划已发布，不能再改草稿；请导入修订稿' : '计划已撤回，不能修改',
    );
  return plan;
}

export async function lockPlan(tx: NodePgDatabase, planId: string): Promise<Plan> {
  const [plan] = await tx.select().from(plans).where(eq(plans.id, planId)).for('update');
  if (plan === undefined) throw new PlanRefused(404, 'not-found', '没有这个计划');
  return plan;
}

async function itemAt(tx: NodePgDatabase, planId: string, itemId: string, version: number): Promise<Item> {
  const [item] = await tx
    .select()
    .from(planItems)
    .where(and(eq(planItems.planId, planId), eq(planItems.id, itemId)));
  if (item === undefined) throw new PlanRefused(404, 'not-found', '计划中没有这项任务');
  if (item.version !== version)
    throw new PlanRefused(409, 'stale', `这项任务已被他人修改（现为第${item.version}版），请刷新后再改`, {
      field: 'version',
    });
  return item;
}

async function store(tx: NodePgDatabase, edit: Edit, item: Item, set: Partial<Item>): Promise<Item> {
  const [stored] = await tx
    .update(planItems)
    .set({ ...set, version: item.version + 1 })
    .where(eq(planItems.id, item.id))
    .returning();
  if (stored === undefined) throw new Error('an updated item was not returned');
  await touch(tx, edit.planId);
  return stored;
}

async function touch(tx: NodePgDatabase, planId: string): Promise<void> {
  await tx
    .update(plans)
    .set({ version: sql`${plans.version} + 1` })
    .where(eq(plans.id, planId));
}

/** Names that a correction brings in are mapped like those that were read. */
async function addNames(tx: NodePgDatabase, planId: string, names: readonly string[]): Promise<void> {
  const mapping = await mapDepartments(tx, names);
  if (mapping.length === 0) return;
  await tx
    .insert(planDepartments)
    .values(mapping.map((entry) => ({ planId, ...entry })))
    .onConflictDoNothing();
}
