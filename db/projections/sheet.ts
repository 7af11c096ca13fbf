import type { SheetState } from '../../domain/sheet/sheet-state.ts';
import { sheetMonths } from '../schema/sheets.ts';
import { projectedTable, type Projection } from './projection.ts';

/** Monthly sheets as the list of sheets reads them: who owes one, who has handed in, who is late. */
export const SHEET_PROJECTION: Projection = {
  tables: [projectedTable(sheetMonths, { keeps: true })],
  rows(state, { id }) {
    const { plan, department, months } = state as SheetState;
    return [
      months.map((sheet) => ({
        sheet_id: id,
        month: sheet.month,
        plan_id: plan,
        department,
        phase: sheet.phase,
        asked_at: sheet.askedAt,
        due_on: sheet.dueOn,
        owed: sheet.owed,
        submitted_at: sheet.submittedAt,
        submitted_by: sheet.submittedBy,
        approved_at: sheet.approvedAt,
        overdue_at: sheet.overdueAt,
      })),
    ];
  },
};
