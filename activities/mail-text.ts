import type { MailNotices } from '../db/deliveries.ts';
import { noticeText } from '../domain/notice-text.ts';

/** Subject and plain text of one mail over its notices, in Chinese. */
export function composeMail({ notices, names }: MailNotices, baseUrl: string): { subject: string; text: string } {
  const texts = notices.map((notice) => noticeText(notice, names));
  const [first] = texts;
  const subject =
    texts.length === 1 && first !== undefined ? `[闭环] ${first.title}` : `[闭环] 今日待办提醒 ${texts.length} 条`;
  const lines = texts.map(({ title, body }, index) => `${index + 1}. ${title}${body === title ? '' : `\n   ${body}`}`);
  return { subject, text: `${lines.join('\n\n')}\n\n详情请登录系统查看：${baseUrl}/inbox\n` };
}
