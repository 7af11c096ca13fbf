import type { ReportStatus } from '../../domain/task/task-state.ts';
import type { Queryable } from '../pool.ts';

/** What an approved monthly sheet said of a task: part of the task's history, although the sheet is an entity of its own. */
export interface SheetReport {
  task: string;
  sheet: string;
  month: string;
  department: string;
  status: ReportStatus;
  /** The text row. */
  text: string;
  noProgress: boolean;
  indicators: { id: string; value: number }[];
  /** Domain instants, and who. */
  submittedAt: number;
  submittedBy: string;
  approvedAt: number;
  approvedBy: string;
}

/**
 * The reports of approved sheets on these tasks, oldest first. Read from the events that approval made final: of each
 * month's submissions the last before the approval.
 */
export async function sheetReports(db: Queryable, tasks: readonly string[]): Promise<SheetReport[]> {
  if (tasks.length === 0) return [];
  const { rows } = await db.query<SheetReport>({
    name: 'sheet-reports',
    text: `select r.task, m.sheet_id as sheet, m.month, m.department, r.status, r.text, r."noProgress", r.indicators,
        s.at as "submittedAt", s.by as "submittedBy", a.at as "approvedAt", a.by as "approvedBy"
      from sheet_months m
      join lateral (
        select seq, at, by from ledger where entity_id = m.sheet_id and type = 'SheetApproved' and data->>'month' = m.month
        order by seq desc limit 1) a on true
      join lateral (
        select at, by, data from ledger
        where entity_id = m.sheet_id and type = 'SheetSubmitted' and data->>'month' = m.month and seq < a.seq
        order by seq desc limit 1) s on true
      cross join lateral jsonb_to_recordset(s.data->'rows')
        as r(task text, status text, text text, "noProgress" boolean, indicators jsonb)
      where m.phase = 'approved' and m.owed && $1::text[] and r.task = any($1)
      order by s.at, m.sheet_id`,
    values: [tasks],
  });
  return rows;
}
