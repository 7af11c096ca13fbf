import type { Answer } from '../api/request.ts';
import { dateTime } from '../time/civil-days.ts';
import { NOTICE_KIND_WORDS } from '../wording/notice-words.ts';
import { pathText } from '../wording/path-text.ts';

/** The rehearsal as a table for Excel: with the mark that tells it the text is UTF-8. */
export function rehearsalCsv({ items }: Answer<'GET /api/plans/{id}/rehearsal'>): string {
  const rows = [
    ['时间', '类别', '收件', '内容', '任务编号', '任务'],
    ...items.map((item) => [
      dateTime(item.at),
      NOTICE_KIND_WORDS[item.kind],
      item.to,
      item.detail,
      pathText(item.path),
      item.task ?? '',
    ]),
  ];
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that begins like a formula is text to us and must be text to Excel. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
