import type { Calendar } from './calendar.ts';
import { lastDayOfMonth, naturalDaysBetween, type CivilDate } from './civil-date.ts';

export type HorizonAlarm = {
  publishedThrough: number;
  /** Last day covered by an entered notice; null when the calendar holds none. */
  endsOn: CivilDate | null;
  /** Natural days from today to `endsOn`; negative once it has passed, null without a notice. */
  daysLeft: number | null;
  alarm: boolean;
  /** For the operations page and the notice to the owner of the yearly duty. */
  message: string;
};

export const HORIZON_ALARM_DAYS = 60;

/** Whether somebody must enter the next year's notice: from 60 days before the published horizon ends (DOMAIN 6). */
export function horizonAlarm(calendar: Calendar, today: CivilDate, warnDays = HORIZON_ALARM_DAYS): HorizonAlarm {
  const { publishedThrough } = calendar;
  if (publishedThrough === 0) {
    return {
      publishedThrough,
      endsOn: null,
      daysLeft: null,
      alarm: true,
      message: '尚未录入任何年度的放假安排，所有期限均为暂定',
    };
  }
  const endsOn = lastDayOfMonth(publishedThrough, 12);
  const daysLeft = naturalDaysBetween(today, endsOn);
  const next = publishedThrough + 1;
  if (daysLeft < 0) {
    const message = `已公布的放假安排到${endsOn}为止，现已过期，请尽快录入${next}年放假安排；在此之前期限均为暂定`;
    return { publishedThrough, endsOn, daysLeft, alarm: true, message };
  }
  if (daysLeft <= warnDays) {
    const message = `已公布的放假安排到${endsOn}为止，还剩${daysLeft}天，请录入${next}年放假安排；跨入${next}年的期限为暂定`;
    return { publishedThrough, endsOn, daysLeft, alarm: true, message };
  }
  return { publishedThrough, endsOn, daysLeft, alarm: false, message: `放假安排已录入至${publishedThrough}年` };
}
