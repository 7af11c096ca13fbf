import type { CalendarYear } from './calendar.ts';
import { datesFromTo, type CivilDate } from './civil-date.ts';

/** What one notice says: days off as first and last day, make-up working weekends one by one. */
type Notice = {
  year: number;
  off: readonly (readonly [CivilDate, CivilDate])[];
  working: readonly CivilDate[];
  documentNumber: string;
};

// Facts of the State Council's yearly notices (DOMAIN 6), the seed of an empty calendar table. A day that is off only
// because it is a weekend (与周末连休) is not listed: the weekday rule covers it.
const NOTICES: readonly Notice[] = [
  {
    year: 2024,
    off: [
      ['2024-01-01', '2024-01-01'],
      ['2024-02-10', '2024-02-17'],
      ['2024-04-04', '2024-04-06'],
      ['2024-05-01', '2024-05-05'],
      ['2024-06-10', '2024-06-10'],
      ['2024-09-15', '2024-09-17'],
      ['2024-10-01', '2024-10-07'],
    ],
    working: [
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ],
    documentNumber: '国办发明电〔2023〕7号',
  },
  {
    year: 2025,
    off: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    working: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    documentNumber: '国办发明电〔2024〕12号',
  },
  {
    year: 2026,
    off: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    working: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    documentNumber: '国办发明电〔2025〕7号',
  },
];

/** The years whose notices ship with the program. Later ones are entered by an administrator, never by a release. */
export function publishedSeedYears(): CalendarYear[] {
  return NOTICES.map((notice) => ({
    year: notice.year,
    published: true,
    off: notice.off.flatMap(([first, last]) => datesFromTo(first, last)),
    working: [...notice.working],
    source: `国务院办公厅关于${notice.year}年部分节假日安排的通知（${notice.documentNumber}）`,
    version: 1,
  }));
}
