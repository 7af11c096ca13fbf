import { newId } from '../ids.ts';
import type { Queryable } from '../pool.ts';
import type { DepartmentKind } from '../schema/people.ts';

export interface DepartmentRow {
  id: string;
  name: string;
  kind: DepartmentKind;
  active: boolean;
  mail: string | null;
  mergedInto: string | null;
  ordinal: number;
  version: number;
  aliases: string[];
  members: string[];
}

const SELECT = `
  select d.id, d.name, d.kind, d.active, d.mail, d.merged_into as "mergedInto", d.ordinal, d.version,
    coalesce((select jsonb_agg(a.alias order by a.alias) from department_aliases a where a.department_id = d.id), '[]') as aliases,
    coalesce((select jsonb_agg(g.member_id order by g.member_id) from group_members g where g.group_id = d.id), '[]') as members
  from departments d`;

export async function listDepartments(db: Queryable): Promise<DepartmentRow[]> {
  const { rows } = await db.query<DepartmentRow>(`${SELECT} order by d.active desc, d.ordinal, d.id`);
  return rows;
}

export async function findDepartment(db: Queryable, id: string): Promise<DepartmentRow | null> {
  const { rows } = await db.query<DepartmentRow>(`${SELECT} where d.id = $1`, [id]);
  return rows[0] ?? null;
}

/** Locks the row for the transaction, so that two administrators change it one after the other. */
export async function lockDepartment(db: Queryable, id: string): Promise<DepartmentRow | null> {
  await db.query('select 1 from departments where id = $1 for update', [id]);
  return findDepartment(db, id);
}

export async function departmentNames(
  db: Queryable,
  id: string,
): Promise<{ name: string; since: number; until: number | null; documentNumber: string | null }[]> {
  const { rows } = await db.query<{ name: string; since: number; until: number | null; documentNumber: string | null }>(
    `select name, since, until, document_number as "documentNumber" from department_names
     where department_id = $1 order by since desc`,
    [id],
  );
  return rows;
}

/** Null where a live department, or an alias of one, has the name already. */
export async function insertDepartment(
  db: Queryable,
  department: { name: string; kind: DepartmentKind; mail: string | null; ordinal: number; by: string; now: number },
): Promise<string | null> {
  if (await nameIsTaken(db, department.name, null)) return null;
  const id = newId('dept');
  const { rowCount } = await db.query(
    `insert into departments (id, name, kind, mail, ordinal, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [id, department.name, department.kind, department.mail, department.ordinal, department.now],
  );
  if (rowCount !== 1) return null;
  await db.query('insert into department_names (department_id, name, since, changed_by) values ($1, $2, $3, $4)', [
    id,
    department.name,
    department.now,
    department.by,
  ]);
  return id;
}

export async function nameIsTaken(db: Queryable, name: string, except: string | null): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from departments where active and name = $1 and id is distinct from $2
     union all select 1 from department_aliases where alias = $1 and department_id is distinct from $2`,
    [name, except],
  );
  return (rowCount ?? 0) > 0;
}

/** The old name ends and the new one begins at `now`; papers of the time keep reading under the name of the time. */
export async function renameDepartment(
  db: Queryable,
  rename: { id: string; name: string; documentNumber: string | null; by: string; now: number },
): Promise<void> {
  await db.query('update departments set name = $2 where id = $1', [rename.id, rename.name]);
  await db.query('update department_names set until = $2 where department_id = $1 and until is null', [
    rename.id,
    rename.now,
  ]);
  await db.query(
    `insert into department_names (department_id, name, since, document_number, changed_by) values ($1, $2, $3, $4, $5)
     on conflict (department_id, since) do update set name = excluded.name, until = null,
       document_number = excluded.document_number, changed_by = excluded.changed_by`,
    [rename.id, rename.name, rename.now, rename.documentNumber, rename.by],
  );
}

export async function updateDepartment(
  db: Queryable,
  id: string,
  change: { kind: DepartmentKind; mail: string | null; ordinal: number; active: boolean; mergedInto: string | null },
): Promise<void> {
  await db.query(
    `update departments set kind = $2, mail = $3, ordinal = $4, active = $5, merged_into = $6, version = version + 1
     where id = $1`,
    [id, change.kind, change.mail, change.ordinal, change.active, change.mergedInto],
  );
}

export async function replaceMembers(db: Queryable, groupId: string, members: readonly string[]): Promise<void> {
  await db.query('delete from group_members where group_id = $1', [groupId]);
  await db.query('insert into group_members (group_id, member_id) select $1, unnest($2::text[])', [groupId, members]);
  await db.query('update departments set version = version + 1 where id = $1', [groupId]);
}

/** True where adding the members would make the group contain itself, however deep. */
export async function membersContain(db: Queryable, members: readonly string[], groupId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `with recursive inside as (
       select unnest($1::text[]) as id
       union select g.member_id from group_members g join inside on inside.id = g.group_id)
     select 1 from inside where id = $2`,
    [members, groupId],
  );
  return (rowCount ?? 0) > 0;
}

export async function addAlias(
  db: Queryable,
  alias: { alias: string; departmentId: string; by: string; now: number },
): Promise<void> {
  await db.query(
    'insert into department_aliases (alias, department_id, decided_by, decided_at) values ($1, $2, $3, $4)',
    [alias.alias, alias.departmentId, alias.by, alias.now],
  );
}

export async function removeAlias(db: Queryable, departmentId: string, alias: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from department_aliases where department_id = $1 and alias = $2', [
    departmentId,
    alias,
  ]);
  return rowCount === 1;
}

/** Tasks that still name the department and take commands. */
export async function openTasksOf(db: Queryable, departmentId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select e.id from task_responsibilities r join entities e on e.id = r.task_id
     where r.department = $1 and e.finished_at is null order by e.id`,
    [departmentId],
  );
  return rows.map((row) => row.id);
}

/** What was the department's becomes the other's: aliases, its own name as an alias, places in groups, posts. */
export async function moveBelongings(
  db: Queryable,
  move: { from: string; fromName: string; to: string; by: string; now: number },
): Promise<void> {
  await db.query('update department_aliases set department_id = $2 where department_id = $1', [move.from, move.to]);
  await db.query(
    `insert into department_aliases (alias, department_id, decided_by, decided_at) values ($1, $2, $3, $4)
     on conflict (alias) do update set department_id = excluded.department_id`,
    [move.fromName, move.to, move.by, move.now],
  );
  await db.query(
    `insert into group_members (group_id, member_id) select group_id, $2 from group_members
     where member_id = $1 and group_id <> $2 on conflict do nothing`,
    [move.from, move.to],
  );
  await db.query('delete from group_members where member_id = $1 or group_id = $1', [move.from]);
  await db.query(
    `insert into memberships (user_id, department_id, role) select user_id, $2, role from memberships
     where department_id = $1 on conflict do nothing`,
    [move.from, move.to],
  );
  await db.query('delete from memberships where department_id = $1', [move.from]);
}
