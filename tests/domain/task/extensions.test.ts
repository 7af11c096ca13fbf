import { expect, test } from 'vitest';
import { Driven, coordinator, deputy, director, directorOffice, head } from './fixture.ts';

const about = { department: 'law', period: 'once' };
const ask = (to: string) => ({ ...about, to, text: 't' });
const approve = { ...about, outcome: 'approved' as const, minutes: null };

test('asked before expiry only, for a later day, once at a time', () => {
  const task = new Driven().until('2024-08-31T23:00:00+08:00');
  expect(task.refused(coordinator('law'), 'requestExtension', ask('2024-08-30')).code).toBe('date-in-the-past');
  task.do(coordinator('law'), 'requestExtension', ask('2024-09-30'));
  expect(task.refused(coordinator('law'), 'requestExtension', ask('2024-10-31')).code).toBe('extension-pending');
  task.do(coordinator('law'), 'withdrawExtension', about);
  task.until('2024-09-01T10:00:00+08:00');
  expect(task.refused(coordinator('law'), 'requestExtension', ask('2024-09-30')).code).toBe('already-expired');
  expect(task.state.periods[0]?.overdue).toHaveLength(1);
});

test('the first is the deputy’s; a second goes to 局长办公会 and needs its minutes', () => {
  const task = new Driven().until('2024-08-20T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', ask('2024-09-30'));
  expect(task.refused(director, 'decideExtension', approve).status).toBe(403);
  task.do(deputy, 'decideExtension', approve);
  task.do(coordinator('law'), 'requestExtension', ask('2024-10-31'));
  expect(task.state.periods[0]?.extension?.level).toBe('director');
  expect(task.refused(deputy, 'decideExtension', approve).detail).toContain('局领导');
  expect(task.refused(director, 'decideExtension', approve).code).toBe('minutes-required');
  const paper = { decidedBy: '局长办公会', decidedOn: '2024-08-20', file: 'scan' };
  expect(task.refused(directorOffice, 'decideExtension', approve, paper).code).toBe('minutes-required');
  task.do(directorOffice, 'decideExtension', { ...approve, minutes: '纪要〔2024〕8号' }, paper);
  expect(task.state.periods[0]).toMatchObject({
    originalDue: '2024-08-31',
    due: '2024-10-31',
    version: 3,
    extensions: [
      { from: '2024-08-31', to: '2024-09-30', level: 'deputy' },
      { from: '2024-09-30', to: '2024-10-31', level: 'director' },
    ],
  });
});

test('one that reaches beyond the final evaluation is the director’s from the first', () => {
  const task = new Driven().until('2024-08-20T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', ask('2025-11-01'));
  expect(task.state.periods[0]?.extension?.level).toBe('director');
});

test('undecided for three working days it rises a level; at the last it waits, and lateness with it', () => {
  const task = new Driven().until('2024-08-30T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', ask('2024-10-31'));
  expect(task.state.periods[0]?.extension?.decide.on).toBe('2024-09-04');
  task.until('2024-09-05T00:00:00+08:00');
  expect(task.state.periods[0]?.extension).toMatchObject({ level: 'director', decide: { on: '2024-09-09' } });
  task.until('2024-10-20T10:00:00+08:00');
  expect(task.types().filter((type) => type === 'ExtensionRaised')).toHaveLength(1);
  expect(task.types()).not.toContain('PeriodBecameOverdue');
  expect(task.notices('escalation').filter((notice) => JSON.stringify(notice.data).includes('period/'))).toEqual([]);
});

test('granted days after the due date it was never late; granted only to a day already past, late from that day', () => {
  const granted = new Driven().until('2024-08-30T10:00:00+08:00');
  granted.do(coordinator('law'), 'requestExtension', ask('2024-10-31'));
  granted.until('2024-09-04T10:00:00+08:00').do(deputy, 'decideExtension', approve);
  granted.until('2024-09-30T10:00:00+08:00');
  expect(granted.state.periods[0]).toMatchObject({ due: '2024-10-31', overdue: [] });

  const short = new Driven().until('2024-08-30T10:00:00+08:00');
  short.do(coordinator('law'), 'requestExtension', ask('2024-09-02'));
  short.until('2024-09-04T10:00:00+08:00').do(deputy, 'decideExtension', approve);
  short.until('2024-09-04T10:00:01+08:00');
  expect(short.state.periods[0]?.overdue).toMatchObject([{ version: 2 }]);
});

test('after an outage the next level has its days from the day on which it is told', () => {
  const task = new Driven().until('2024-08-30T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', ask('2024-10-31'));
  task.sleepUntil('2024-09-18T10:00:00+08:00');
  expect(task.state.periods[0]?.extension).toMatchObject({ level: 'director', decide: { on: '2024-09-23' } });
});

test('submitting makes a pending request pointless, and nobody decides their own', () => {
  const both = { id: 'both', posts: [...coordinator('law').posts, ...deputy.posts] };
  const task = new Driven().until('2024-08-20T10:00:00+08:00');
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(both, 'requestExtension', ask('2024-09-30'));
  expect(task.refused(both, 'decideExtension', approve).code).toBe('own-request');
  task.do(head('law'), 'submit', { ...about, completedOn: null, text: 't', evidence: [] });
  expect(task.state.periods[0]?.extension).toBeNull();
  expect(task.refused(deputy, 'decideExtension', approve).code).toBe('no-extension');
});
