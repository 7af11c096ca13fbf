import { Link } from 'react-router';
import { useRead } from '../api/use-read.ts';
import { DueDate } from '../parts/due-date.tsx';
import { Mark } from '../parts/state-mark.tsx';
import type { FigureItem } from '../plans/state-counts.tsx';
import { monthName, SHEET_PHASE_WORDS, type SheetItem } from '../sheets/sheet-words.ts';
import { useSession } from '../sign-in/session.tsx';

/** Monthly sheets that wait for this person: to fill in as a coordinator, to approve as a head. */
export function useSheetDuties() {
  const { ownDepartments, holds } = useSession();
  const ours = ownDepartments.some(({ id }) => holds(['coordinator', 'head'], id));
  const query = { mine: true, phase: ['requested' as const, 'submitted' as const], limit: 50 };
  const list = useRead('GET /api/sheets', { query }, { enabled: ours });
  // A head may fill in too, but is waited for only once the sheet was handed in.
  const items = (list.data?.items ?? []).filter(({ phase, department }) =>
    holds([phase === 'submitted' ? 'head' : 'coordinator'], department.id),
  );
  const figures: FigureItem[] = (['requested', 'submitted'] as const)
    .filter((phase) => ownDepartments.some(({ id }) => holds([phase === 'submitted' ? 'head' : 'coordinator'], id)))
    .map((phase) => ({
      label: phase === 'submitted' ? '待审核月报' : '待填月报',
      value: items.filter((sheet) => sheet.phase === phase).length,
      tone: 'asking',
      to: `/sheets?mine=1&phase=${phase}`,
    }));
  return { items, figures, ready: !ours || list.data !== undefined || list.isError, failed: list.isError };
}

export function SheetDutyPanel({ items }: { items: SheetItem[] }) {
  if (items.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        月报
        <span className="quiet small num">{items.length}</span>
      </h2>
      <ul className="rows">
        {items.map((sheet) => (
          <li key={`${sheet.id}/${sheet.month}`}>
            <Link className="row" to={`/sheets/${sheet.id}/${sheet.month}`}>
              <div className="row-main">
                <div className="row-title">
                  {sheet.department.name} {monthName(sheet.month)}
                </div>
                <div className="quiet small" style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 10px' }}>
                  应填 {sheet.owed} 项
                  <Mark tone={SHEET_PHASE_WORDS[sheet.phase].tone}>{SHEET_PHASE_WORDS[sheet.phase].label}</Mark>
                  {sheet.overdueAt !== null && <Mark tone="wrong">逾期未报</Mark>}
                </div>
              </div>
              <div className="row-side">
                <DueDate due={sheet.dueOn} finished={sheet.phase !== 'requested'} />
              </div>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
