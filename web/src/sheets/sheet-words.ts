import type { Answer, Reads } from '../api/request.ts';
import type { Tone } from '../wording/task-words.ts';

export type SheetItem = Answer<'GET /api/sheets'>['items'][number];
export type SheetPage = Answer<'GET /api/sheets/{id}/months/{month}'>;
export type SheetLine = SheetPage['lines'][number];
export type SheetEntry = NonNullable<SheetLine['entry']>;

export const SHEET_PHASE_WORDS: Record<SheetItem['phase'], { label: string; tone: Tone }> = {
  requested: { label: '待填报', tone: 'asking' },
  submitted: { label: '待审核', tone: 'asking' },
  approved: { label: '已审核', tone: 'done' },
  'not-owed': { label: '无须填报', tone: 'quiet' },
};

export function monthName(month: string): string {
  const [year, number] = month.split('-');
  return `${year}年${Number(number)}月`;
}

/** What a change of a sheet makes old. */
export const SHEET_READS: Reads[] = [
  'GET /api/sheets',
  'GET /api/sheets/{id}/months/{month}',
  'GET /api/tasks',
  'GET /api/tasks/{id}',
];
