import type { CivilDate, Instant, Role } from '../../domain/decider.ts';
import type { PaperPlan } from '../../domain/papers/paper.ts';
import type { WordedTask } from '../../domain/papers/task-papers.ts';
import type { TaskState } from '../../domain/task/task-state.ts';
import type { Queryable } from '../pool.ts';

interface WordedRow {
  state: TaskState;
  path: string[];
  text: string;
  deadlineRaw: string;
}

const WORDED = `e.state, coalesce(x.path, '[]') as path, coalesce(x.text, '') as text,
  coalesce(x.deadline_raw, '') as "deadlineRaw"`;

/** A plan as papers quote it; null where there is none, or only a draft. */
export async function paperPlan(db: Queryable, id: string): Promise<PaperPlan | null> {
  const { rows } = await db.query<PaperPlan>(
    `select title, document_number as "documentNumber" from plans where id = $1 and status = 'published'`,
    [id],
  );
  return rows[0] ?? null;
}

/** A department's tasks of a plan with their words, in the plan's order. */
export async function tasksOfDepartment(db: Queryable, plan: string, department: string): Promise<WordedTask[]> {
  const { rows } = await db.query<WordedRow>(
    `select ${WORDED} from task_responsibilities r
     join tasks t on t.id = r.task_id and t.plan_id = $1
     join entities e on e.id = t.id
     left join task_texts x on x.task_id = t.id
     where r.department = $2 order by coalesce(x.ordinal, 0), t.id`,
    [plan, department],
  );
  return rows;
}

/** One task with its words and plan. A task added by hand names the paper that ordered it in the plan's place. */
export async function taskForPaper(db: Queryable, id: string): Promise<{ task: WordedTask; plan: PaperPlan } | null> {
  const { rows } = await db.query<
    WordedRow & { title: string | null; documentNumber: string | null; basis: string | null }
  >(
    `select ${WORDED}, p.title, p.document_number as "documentNumber", x.basis
     from entities e join tasks t on t.id = e.id
     left join task_texts x on x.task_id = e.id left join plans p on p.id = t.plan_id
     where e.id = $1 and e.kind = 'task'`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { title, documentNumber, basis, ...task } = row;
  return { task, plan: { title: title ?? basis ?? '领导交办事项', documentNumber } };
}

/** The newest word of these departments on a task, up to an instant: the text row's id; null where they said nothing. */
export async function lastReportBefore(
  db: Queryable,
  task: string,
  departments: readonly string[],
  before: Instant,
): Promise<string | null> {
  const { rows } = await db.query<{ text: string }>(
    `select data->>'text' as text from ledger
     where entity_id = $1 and type = 'ProgressReported' and data->>'department' = any($2) and at <= $3
     order by seq desc limit 1`,
    [task, departments, before],
  );
  return rows[0]?.text ?? null;
}

export interface ReplyRow {
  department: string;
  at: number;
  /** The text row. */
  text: string;
}

/** The last reply to a supervision order; null while there is none. */
export async function orderReply(db: Queryable, task: string, order: string): Promise<ReplyRow | null> {
  const { rows } = await db.query<ReplyRow>(
    `select data->>'department' as department, at, data->>'text' as text from ledger
     where entity_id = $1 and type = 'SupervisionOrderReplied' and data->>'order' = $2 order by seq desc limit 1`,
    [task, order],
  );
  return rows[0] ?? null;
}

export interface ExtensionRow {
  department: string;
  at: number;
  to: CivilDate;
  /** The text row. */
  text: string;
  level: Role;
  decision: { outcome: 'approved' | 'refused'; at: number; minutes: string | null } | null;
}

interface ExtensionEvent {
  type: 'ExtensionRequested' | 'ExtensionRaised' | 'ExtensionWithdrawn' | 'ExtensionDecided';
  at: number;
  data: {
    department: string;
    to: CivilDate;
    text: string;
    level: Role;
    outcome: 'approved' | 'refused';
    minutes: string | null;
  };
}

/** The newest request for an extension of a period, unless it was withdrawn, with who has it and what was decided. */
export async function extensionRequest(db: Queryable, task: string, period: string): Promise<ExtensionRow | null> {
  const { rows } = await db.query<ExtensionEvent>(
    `select type, at, data from ledger
     where entity_id = $1 and data->>'period' = $2
       and type in ('ExtensionRequested', 'ExtensionRaised', 'ExtensionWithdrawn', 'ExtensionDecided')
     order by seq`,
    [task, period],
  );
  return rows.reduce<ExtensionRow | null>((found, { type, at, data }) => {
    switch (type) {
      case 'ExtensionRequested': {
        const { department, to, text, level } = data;
        return { department, at, to, text, level, decision: null };
      }
      case 'ExtensionRaised':
        return found && { ...found, level: data.level };
      case 'ExtensionWithdrawn':
        return null;
      case 'ExtensionDecided':
        return found && { ...found, level: data.level, decision: { outcome: data.outcome, at, minutes: data.minutes } };
    }
  }, null);
}
