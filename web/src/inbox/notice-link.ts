import type { Answer } from '../api/request.ts';

export type Notice = Answer<'GET /api/inbox'>['items'][number];

/** Where a notice leads: its task, its sheet, or its plan. */
export function noticeAddress(notice: Notice): string | null {
  if (notice.task !== null) return `/tasks/${notice.task}`;
  if (notice.entity.kind === 'task') return `/tasks/${notice.entity.id}`;
  if (notice.kind === 'calendar') return '/calendar';
  if (notice.kind === 'operations') return '/operations';
  if (notice.kind === 'takeover-summary' && notice.plan !== null) return `/tasks?plan=${notice.plan}`;
  if (notice.entity.kind === 'sheet') return '/sheets';
  return notice.plan === null ? null : `/plans/${notice.plan}`;
}
