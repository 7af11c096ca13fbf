import { expect, test } from 'vitest';
import { BUREAU } from '../../../domain/decider.ts';
import { freshPart } from '../../../domain/task/decide-duties.ts';
import { Driven, coordinator, head, office, person } from './fixture.ts';

const administrator = person('admin', BUREAU, 'administrator');
const group = {
  responsibilities: [freshPart('squad-1', 'lead', 'squads'), freshPart('squad-2', 'lead', 'squads')],
  closers: ['squad-1', 'squad-2'],
};

function handedIn(task: Driven, department: string): void {
  const own = { department, period: 'once' };
  task.do(coordinator(department), 'claim', { department });
  task.do(coordinator(department), 'submit', { ...own, completedOn: null, text: 't', evidence: [] });
  task.do(head(department), 'approveSubmission', own);
}

test('naming a group lead who is verified already closes the task with that date', () => {
  const task = new Driven(group).until('2024-07-01T10:00:00+08:00');
  handedIn(task, 'squad-1');
  task.do(office, 'verify', { department: 'squad-1', period: 'once', completedOn: null });
  task.until('2024-07-08T10:00:00+08:00');
  task.do(office, 'nameGroupLead', { department: 'squad-1', documentNumber: null });
  expect(task.state).toMatchObject({ phase: 'closed', periods: [{ phase: 'closed', completedOn: '2024-07-01' }] });
  expect(task.state.closedAt).toBe(task.now);
});

test('only a member of a leading group can be named, and only where there are several', () => {
  const task = new Driven(group).until('2024-07-01T10:00:00+08:00');
  expect(task.refused(office, 'nameGroupLead', { department: 'law', documentNumber: null }).code).toBe('not-a-member');
  const single = new Driven().until('2024-07-01T10:00:00+08:00');
  expect(single.refused(office, 'nameGroupLead', { department: 'law', documentNumber: null }).code).toBe('not-a-group');
});

test('a change of departments carries a 文号; what a former lead handed in or asked for has lost its object', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  handedIn(task, 'law');
  expect(task.state.periods[0]?.phase).toBe('awaiting-verification');
  const change = {
    responsibilities: [
      { department: 'traffic', part: 'lead' as const },
      { department: 'cases', part: 'support' as const },
    ],
    documentNumber: '浦城〔2024〕9号',
  };
  expect(task.refused(office, 'changeDepartments', { ...change, documentNumber: '' }).code).toBe(
    'document-number-required',
  );
  task.do(office, 'changeDepartments', change);
  expect(task.state.periods[0]).toMatchObject({ phase: 'in-progress', submissions: [] });
  // The new lead has five working days of its own to claim, and no verification of the old submission runs on.
  expect(task.state.responsibilities[0]?.ownClaim?.limit.on).toBe('2024-07-08');
  task.until('2024-08-01T10:00:00+08:00');
  expect(task.types()).not.toContain('VerificationBecameOverdue');
});

test('a renamed department keeps what it has claimed, handed in and planned, under the new name', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  handedIn(task, 'law');
  task.do(coordinator('law'), 'breakDown', {
    department: 'law',
    text: 't',
    measures: 1,
    milestones: [{ on: '2024-08-01', text: 'm' }],
  });
  expect(task.refused(office, 'renameDepartment', { from: 'law', to: 'rule', documentNumber: '改' }).status).toBe(403);
  task.do(administrator, 'renameDepartment', { from: 'law', to: 'rule', documentNumber: '改' });
  expect(task.state.closers).toEqual(['rule']);
  expect(task.state.responsibilities[0]).toMatchObject({ department: 'rule', claimedAt: expect.any(Number) });
  expect(task.state.subItems[0]?.department).toBe('rule');
  expect(task.state.periods[0]).toMatchObject({
    phase: 'awaiting-verification',
    submissions: [{ department: 'rule', phase: 'approved' }],
  });
  task.do(office, 'verify', { department: 'rule', period: 'once', completedOn: null });
  expect(task.state.phase).toBe('closed');
  // What is closed stays under the name of its time.
  expect(task.refused(administrator, 'renameDepartment', { from: 'rule', to: 'law', documentNumber: '改' }).code).toBe(
    'task-not-running',
  );
});

test('departments merged into one have one part, the weightier, and the lead’s request goes on', () => {
  const task = new Driven().until('2024-07-01T10:00:00+08:00');
  task.do(coordinator('law'), 'requestExtension', { department: 'law', period: 'once', to: '2024-09-30', text: 't' });
  task.do(administrator, 'renameDepartment', { from: 'law', to: 'cases', documentNumber: '并' });
  expect(task.state.responsibilities).toMatchObject([{ department: 'cases', part: 'lead' }]);
  expect(task.state.closers).toEqual(['cases']);
  expect(task.state.periods[0]?.extension?.department).toBe('cases');
});
