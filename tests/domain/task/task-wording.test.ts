import { expect, test } from 'vitest';
import { noticeText, type NoticeNames } from '../../../domain/notice-text.ts';
import { taskEventText, taskTimerText } from '../../../domain/task/event-text.ts';
import { taskTimers } from '../../../domain/task/task-tick.ts';
import { parseInstant } from '../../../domain/working-time/instants.ts';
import { coordinator, deputy, Driven, head, office } from './fixture.ts';

const names: NoticeNames = {
  departments: new Map([
    ['law', '法制处'],
    ['cases', '案管中心'],
    ['bureau', '全局'],
  ]),
  tasks: new Map([['task-1', '健全行政执法监督机制，每年开展案卷评查']]),
  plans: new Map([['plan-1', '三年行动计划']]),
};
const about = { department: 'law', period: 'once' };

/** A task that is claimed, broken down, late, supervised, extended, returned and closed: most of a task's words. */
function eventful(): Driven {
  const task = new Driven({ announce: true }).until('2024-06-10T10:00:00+08:00');
  task.do(coordinator('cases'), 'dispute', { department: 'cases', text: 't0' });
  task.do(office, 'decideDispute', { department: 'cases', outcome: 'rejected', to: null, documentNumber: null });
  task.do(coordinator('law'), 'claim', { department: 'law' });
  const milestones = [{ on: '2024-07-01', text: 't' }];
  task.do(coordinator('law'), 'breakDown', { department: 'law', text: 't1', measures: 3, milestones });
  task.do(coordinator('law'), 'reportProgress', { department: 'law', status: 'risk', text: 't2', indicators: [] });
  task.until('2024-08-20T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', { ...about, to: '2024-09-13', text: 't3' });
  task.do(deputy, 'decideExtension', { ...about, outcome: 'approved', minutes: null });
  task.until('2024-10-12T10:00:00+08:00');
  const order = task.state.orders[0]?.id ?? '';
  task.do(deputy, 'signOrder', { order });
  task.do(head('law'), 'replyToOrder', { order, department: 'law', text: 't4' });
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't5', evidence: ['f'] });
  task.do(head('law'), 'approveSubmission', about);
  task.do(office, 'returnSubmission', { ...about, text: 't6' });
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't7', evidence: ['f'] });
  task.do(head('law'), 'approveSubmission', about);
  task.do(office, 'verify', { ...about, completedOn: null });
  return task;
}

test('every event, notice and coming instant of an eventful life reads as Chinese, without a code or an id', () => {
  const task = eventful();
  const texts = [
    ...task.events.map((event) => taskEventText(event, names)),
    ...task.notices().flatMap((notice) => Object.values(noticeText(notice, names))),
    ...taskTimers(new Driven({ announce: true }).state).map((timer) => taskTimerText(timer.key)),
    ...taskTimers(task.state).map((timer) => taskTimerText(timer.key)),
  ];
  expect(new Set(task.types()).size).toBeGreaterThan(14);
  for (const text of texts) {
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(text).not.toMatch(/[A-Za-z]|undefined|null/);
  }
});

test('the words say what happened, to whom, and until when', () => {
  const texts = eventful().events.map((event) => taskEventText(event, names));
  expect(texts).toEqual(
    expect.arrayContaining([
      '任务交办，责任部门：法制处、案管中心',
      '案管中心对责任分工提出异议',
      '法制处完成任务分解：3项措施、1个节点',
      '法制处报告进展：风险',
      '法制处申请延期至2024年9月13日，报分管局领导审批',
      '分管局领导批准延期：由2024年8月31日延至2024年9月13日',
      '逾期（期限2024年9月13日）',
      '法制处回复督办单',
      '法制处的办结核查未通过，退回',
      '法制处的办结核查通过，完成日期2024年10月12日，办结销号',
    ]),
  );
});

test('a reminder names the deadline, and one that was held up says when it was due', () => {
  const task = new Driven().sleepUntil('2024-08-25T10:00:00+08:00');
  const [notice] = task.notices('reminder').filter((each) => each.to.department === 'law');
  if (notice === undefined) throw new Error('no reminder was sent');
  const { title, body } = noticeText(notice, names);
  expect(title).toBe('办理期限将于2024年8月31日届满（提前7天提醒）：健全行政执法监督机制，每年开展案卷评查');
  // The 30-day rung fell into the outage too and is named in the same notice.
  expect(body).toContain('提前30天提醒）（本应于2024年8月1日 09:00提醒）');
  expect(body).toContain('提前7天提醒）（本应于2024年8月23日 09:00提醒）');
});

test('a notice of an unknown shape still says of what kind it is', () => {
  const at = parseInstant('2024-06-04T09:00:00+08:00');
  const to = { department: 'bureau', role: 'administrator' as const };
  expect(noticeText({ kind: 'calendar', to, data: null, dueAt: at, at }, names).title).toBe('工作日历提醒');
  expect(
    noticeText({ kind: 'request', to, data: { task: 'task-9', event: 'Later' }, dueAt: at, at }, names).title,
  ).toBe('任务有新进展：task-9');
  expect(noticeText({ kind: 'reminder', to, data: { task: 1, rungs: 'x' }, dueAt: at, at }, names).title).toBe(
    '到期提醒',
  );
});

test('the summary at go-live counts what is owed', () => {
  const at = parseInstant('2024-06-04T09:00:00+08:00');
  const data = {
    sheet: 'sheet-1',
    plan: 'plan-1',
    event: 'SheetOpened',
    goLive: '2024-06-04',
    assigned: 12,
    beforeIssue: 3,
    beforeGoLive: 0,
    declaredDone: 2,
  };
  const to = { department: 'law', role: 'coordinator' as const };
  expect(noticeText({ kind: 'takeover-summary', to, data, dueAt: at, at }, names).title).toBe(
    '计划自2024年6月4日启用，本部门共12项任务，其中3项印发前到期，须补报完成情况；2项自报完成，须提交佐证：三年行动计划',
  );
});
