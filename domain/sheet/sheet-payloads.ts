import { revisedCalendar } from '../calendar-shape.ts';
import { fields, finite, flag, id, list, oneOf, type Shape } from '../payload-shape.ts';
import { REPORT_STATUSES } from '../task/task-state.ts';
import type { SheetCommandName, SheetCommands, SheetRow } from './sheet-state.ts';

const row = fields<SheetRow>({
  task: id,
  status: oneOf(...REPORT_STATUSES),
  text: id,
  noProgress: flag,
  indicators: list(fields<SheetRow['indicators'][number]>({ id, value: finite })),
});

const ownMonth = { department: id, month: id };

/** What each command of a department's sheets must carry. */
export const SHEET_PAYLOADS: { [N in SheetCommandName]: Shape<SheetCommands[N]> } = {
  submitSheet: fields<SheetCommands['submitSheet']>({ ...ownMonth, rows: list(row) }),
  withdrawSheet: fields<SheetCommands['withdrawSheet']>(ownMonth),
  returnSheet: fields<SheetCommands['returnSheet']>({ ...ownMonth, text: id }),
  approveSheet: fields<SheetCommands['approveSheet']>(ownMonth),
  reviseCalendar: revisedCalendar,
};
