import { createTransport, type Transporter } from 'nodemailer';
import { composeMail } from './mail-text.ts';
import {
  deliveryFailed,
  deliverySent,
  noticesOf,
  planMails,
  waitingMails,
  type WaitingMail,
} from '../db/deliveries.ts';
import type { Pool } from '../db/pool.ts';
import { civilDate, startOfDayMs, timeOfDayMs } from '../domain/working-time/instants.ts';

export interface MailOptions {
  pool: Pool;
  /** The domain's clock, in milliseconds. */
  now: () => number;
  /** `smtp://user:password@host:port`; null sends nothing and plans nothing. */
  smtpUrl: string | null;
  from: string;
  /** Where people open the application, for the link in the mail. */
  baseUrl: string;
  /** `HH:mm`, Asia/Shanghai: the day's digest is made from then on, after the reminders of 09:00. */
  digestAt?: string;
}

export interface MailReport {
  planned: number;
  sent: number;
  failed: number;
}

const MOST_AT_ONCE = 200;
const TIMEOUT_MS = 15_000;

/**
 * Plans what is due by mail and sends it: one digest a person a day, or single messages for those who asked for them. A
 * mail that fails is tried again with growing delays and after six attempts stays, visible as failed.
 */
export async function sendMails(options: MailOptions): Promise<MailReport> {
  const { pool, now, smtpUrl, digestAt = '09:10' } = options;
  if (smtpUrl === null) return { planned: 0, sent: 0, failed: 0 };
  const today = civilDate(now());
  const digestDue = now() >= startOfDayMs(today) + timeOfDayMs(digestAt);
  const planned = await planMails(pool, { now: now(), day: today, digestDue });
  const mails = (await waitingMails(pool, MOST_AT_ONCE)).filter((mail) => !isQuiet(mail, now()));
  if (mails.length === 0) return { planned, sent: 0, failed: 0 };
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    let sent = 0;
    for (const mail of mails) if (await sendOne(options, transport, mail)) sent += 1;
    return { planned, sent, failed: mails.length - sent };
  } finally {
    transport.close();
  }
}

async function sendOne(
  { pool, from, baseUrl }: MailOptions,
  transport: Transporter,
  mail: WaitingMail,
): Promise<boolean> {
  try {
    const text = composeMail(await noticesOf(pool, mail.notificationIds), baseUrl);
    // The same id at every attempt: a mail that was taken although the answer got lost is recognised as a copy.
    await transport.sendMail({ from, to: mail.address, messageId: `<${mail.id}@bihuan>`, ...text });
    await deliverySent(pool, mail.id);
    return true;
  } catch (error) {
    await deliveryFailed(pool, mail, error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** Quiet hours may span midnight: 22:00 to 07:00. */
export function isQuiet(
  { quietFrom, quietUntil }: Pick<WaitingMail, 'quietFrom' | 'quietUntil'>,
  now: number,
): boolean {
  if (quietFrom === null || quietUntil === null) return false;
  const time = now - startOfDayMs(civilDate(now));
  const from = timeOfDayMs(quietFrom);
  const until = timeOfDayMs(quietUntil);
  return from <= until ? time >= from && time < until : time >= from || time < until;
}
