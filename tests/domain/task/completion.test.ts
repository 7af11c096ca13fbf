import { expect, test } from 'vitest';
import { BUREAU } from '../../../domain/decider.ts';
import { freshPart } from '../../../domain/task/decide-duties.ts';
import { Driven, coordinator, deputy, directorOffice, head, inspector, office, person } from './fixture.ts';

const about = { department: 'law', period: 'once' };

function submitted(): Driven {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  task.do(coordinator('law'), 'claim', { department: 'law' });
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't1', evidence: ['f1'] });
  return task;
}

test('a task closes with the date of the submission that was finally verified', () => {
  const task = submitted();
  task.do(head('law'), 'approveSubmission', about);
  task.do(office, 'returnSubmission', { ...about, text: 't2' });
  expect(task.state.periods[0]?.phase).toBe('returned');
  task.until('2024-07-10T10:00:00+08:00');
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't3', evidence: ['f2'] });
  task.until('2024-07-11T10:00:00+08:00');
  task.do(head('law'), 'approveSubmission', about);
  task.until('2024-07-12T10:00:00+08:00');
  task.do(office, 'verify', { ...about, completedOn: null });
  expect(task.state).toMatchObject({ phase: 'closed', periods: [{ phase: 'closed', completedOn: '2024-07-10' }] });
});

test('a submission can be withdrawn before it is acted on, and not after', () => {
  const task = submitted();
  task.do(coordinator('law'), 'withdrawSubmission', about);
  expect(task.state.periods[0]?.phase).toBe('in-progress');
  task.do(coordinator('law'), 'submit', { ...about, completedOn: null, text: 't1', evidence: [] });
  task.do(head('law'), 'approveSubmission', about);
  expect(task.refused(coordinator('law'), 'withdrawSubmission', about).code).toBe('already-acted-on');
});

test('nobody approves their own request, and no office verifies its own task', () => {
  const task = new Driven({ closers: ['law'], verifierHome: 'law' }).until('2024-07-01T10:00:00+08:00');
  const both = { id: 'both', posts: [...coordinator('law').posts, ...head('law').posts] };
  task.do(both, 'claim', { department: 'law' });
  task.do(both, 'submit', { ...about, completedOn: null, text: 't1', evidence: [] });
  expect(task.refused(both, 'approveSubmission', about)).toMatchObject({ code: 'own-request', status: 403 });
  task.do(head('law'), 'approveSubmission', about);
  expect(task.refused(office, 'verify', { ...about, completedOn: null }).status).toBe(403);
  const ownInspector = { id: 'own', posts: [...inspector.posts, { department: 'law', role: 'officer' as const }] };
  expect(task.refused(ownInspector, 'verify', { ...about, completedOn: null }).code).toBe('own-task');
  task.do(inspector, 'verify', { ...about, completedOn: null });
  expect(task.state.phase).toBe('closed');
});

test('a supporting department cannot submit, and a stranger can do nothing', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  task.do(coordinator('cases'), 'claim', { department: 'cases' });
  const supporting = { ...about, department: 'cases', completedOn: null, text: 't', evidence: [] };
  expect(task.refused(coordinator('cases'), 'submit', supporting).code).toBe('lead-submits');
  expect(task.refused(coordinator('other'), 'claim', { department: 'law' })).toMatchObject({ status: 403 });
  expect(task.refused(coordinator('other'), 'claim', { department: 'other' })).toMatchObject({ status: 403 });
});

function finish(task: Driven, department: string): void {
  const own = { department, period: 'once' };
  task.do(coordinator(department), 'claim', { department });
  task.do(coordinator(department), 'submit', { ...own, completedOn: null, text: 't', evidence: [] });
  task.do(head(department), 'approveSubmission', own);
  task.do(office, 'verify', { ...own, completedOn: null });
}

test('a leading group closes when every member is verified, or when a named member is', () => {
  const group = {
    responsibilities: [freshPart('squad-1', 'lead', 'squads'), freshPart('squad-2', 'lead', 'squads')],
    closers: ['squad-1', 'squad-2'],
  };
  const each = new Driven(group).until('2024-07-01T10:00:00+08:00');
  finish(each, 'squad-1');
  expect(each.state.phase).toBe('running');
  finish(each, 'squad-2');
  expect(each.state.phase).toBe('closed');
  const named = new Driven(group).until('2024-07-01T10:00:00+08:00');
  named.do(office, 'nameGroupLead', { department: 'squad-2', documentNumber: null });
  finish(named, 'squad-2');
  expect(named.state.phase).toBe('closed');
});

test('a decision taken on paper is entered by the director’s office with its scan, both names kept apart', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', { ...about, to: '2024-09-30', text: 't' });
  const decision = { ...about, outcome: 'approved' as const, minutes: null };
  expect(task.refused(directorOffice, 'decideExtension', decision).code).toBe('paper-required');
  const paper = { decidedBy: 'leader-1', decidedOn: '2024-07-01', file: 'scan-1' };
  expect(task.refused(directorOffice, 'decideExtension', decision, { ...paper, decidedOn: '2024-07-02' }).code).toBe(
    'paper-date',
  );
  const [fact] = task.do(directorOffice, 'decideExtension', decision, paper);
  expect(fact?.data).toMatchObject({ by: 'leader-1', paper });
  expect(task.events.at(-1)?.by).toBe('director-office');
});

test('what was due before issue gets its real date, or a new date that the deputy approves and that then counts', () => {
  const due = { deadline: { kind: 'date' as const, date: '2024-03-31', every: null, soft: false } };
  const done = new Driven(due).until('2024-06-06T10:00:00+08:00');
  const entry = { ...about, completedOn: '2024-03-20', text: 't', evidence: ['f'] };
  expect(done.refused(coordinator('law'), 'submit', { ...entry, evidence: [] }).code).toBe('evidence-required');
  expect(done.refused(coordinator('law'), 'submit', { ...entry, completedOn: '2024-07-01' }).code).toBe(
    'date-in-the-future',
  );
  done.do(coordinator('law'), 'submit', entry);
  done.do(head('law'), 'approveSubmission', about);
  done.do(office, 'verify', { ...about, completedOn: null });
  expect(done.state.periods[0]).toMatchObject({ phase: 'closed', completedOn: '2024-03-20', overdue: [] });

  const open = new Driven(due).until('2024-06-06T10:00:00+08:00');
  open.do(coordinator('law'), 'reportUnfinished', { ...about, to: '2024-09-30', text: 't' });
  open.do(deputy, 'decideNewDate', { ...about, outcome: 'approved' });
  expect(open.state.periods[0]).toMatchObject({ originalDue: '2024-03-31', due: '2024-09-30', intake: 'timed' });
  open.until('2024-10-01T00:00:01+08:00');
  expect(open.types()).toContain('PeriodBecameOverdue');
});

test('what the plan declares done is proved by evidence that is no younger than the plan', () => {
  const task = new Driven({ deadline: { kind: 'declared-done', date: null, every: null, soft: false } });
  task.until('2024-06-10T10:00:00+08:00');
  // Twenty working days after 4 June 2024.
  expect(task.state.periods[0]).toMatchObject({ due: '2024-07-03', intake: 'declared-done', originalDue: null });
  const proof = { ...about, completedOn: '2024-06-05', text: 't', evidence: ['f'] };
  expect(task.refused(coordinator('law'), 'submit', proof).code).toBe('evidence-after-issue');
  task.do(coordinator('law'), 'submit', { ...proof, completedOn: '2023-11-01' });
  task.do(head('law'), 'approveSubmission', about);
  task.do(office, 'verify', { ...about, completedOn: null });
  expect(task.state.phase).toBe('closed');
});

test('a yearly task runs one period after another, each due on its last day', () => {
  const task = new Driven({ deadline: { kind: 'recurring', date: null, every: 'year', soft: false } });
  expect(task.state.periods.map(({ id, due, phase }) => ({ id, due, phase }))).toEqual([
    { id: '2024', due: '2024-12-31', phase: 'in-progress' },
    { id: '2025', due: '2025-12-31', phase: 'upcoming' },
  ]);
  task.until('2025-01-01T00:00:01+08:00');
  expect(task.state.periods.map(({ phase }) => phase)).toEqual(['in-progress', 'in-progress']);
  expect(task.state.periods[0]?.overdue).toHaveLength(1);
});

test('a limit that reaches into a year without a notice is provisional and moves, with its reason, when the notice comes', async () => {
  const { calendarThrough } = await import('../../../domain/working-time/provisional-year.ts');
  const { publishedSeedYears } = await import('../../../domain/working-time/published-years.ts');
  const before = calendarThrough(publishedSeedYears(), 2028, 'v1');
  const task = new Driven(
    {
      calendar: before,
      goLive: '2026-12-28',
      issuedOn: '2026-12-28',
      horizon: null,
      finalEvaluationOn: null,
      deadline: { kind: 'date', date: '2027-06-30', every: null, soft: false },
    },
    '2026-12-28T08:00:00+08:00',
  );
  expect(task.state.claim).toMatchObject({ on: '2027-01-05', provisional: true });
  const notice = {
    year: 2027,
    published: true,
    off: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'],
    working: [],
    source: '通知',
    version: 1,
  };
  const after = calendarThrough([...publishedSeedYears(), notice], 2028, 'v2');
  task.do(person('system', BUREAU, 'administrator'), 'reviseCalendar', { calendar: after, reason: '2027年通知公布' });
  expect(task.state.claim).toMatchObject({ on: '2027-01-06', provisional: false });
  expect(task.state.periods[0]?.due).toBe('2027-06-30');
  const revised = task.events.at(-1);
  expect(revised?.type).toBe('CalendarRevised');
  expect(revised?.data).toMatchObject({ reason: '2027年通知公布' });
});
