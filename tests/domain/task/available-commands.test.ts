import { expect, test } from 'vitest';
import { availableCommands } from '../../../domain/task/available-commands.ts';
import { Driven, coordinator, deputy, directorOffice, head, office } from './fixture.ts';

const names = (task: Driven, actor = coordinator('law')) =>
  [...new Set(availableCommands(task.state, actor, task.now).map((each) => each.name))].toSorted();

test('a coordinator of a fresh task may claim or object, report and ask for time, and not hand in before claiming', () => {
  const task = new Driven();
  expect(names(task)).toEqual(['attachEvidence', 'claim', 'dispute', 'reportProgress', 'requestExtension']);
  task.do(coordinator('law'), 'claim', { department: 'law' });
  expect(names(task)).toEqual(['attachEvidence', 'breakDown', 'reportProgress', 'requestExtension', 'submit']);
});

test('a supporting department is not offered to submit, a stranger is offered nothing', () => {
  const task = new Driven();
  task.do(coordinator('cases'), 'claim', { department: 'cases' });
  expect(names(task, coordinator('cases'))).not.toContain('submit');
  expect(names(task, coordinator('traffic'))).toEqual([]);
});

test('what waits for a decision is offered to who decides it, and to the director’s office on paper only', () => {
  const task = new Driven();
  task.do(coordinator('law'), 'requestExtension', { department: 'law', period: 'once', to: '2024-09-30', text: 't' });
  expect(names(task, deputy)).toContain('decideExtension');
  expect(names(task, office)).not.toContain('decideExtension');
  const entered = availableCommands(task.state, directorOffice, task.now).filter(
    (each) => each.name === 'decideExtension',
  );
  expect(entered).toMatchObject([{ department: 'law', period: 'once', onPaper: true }]);
  expect(names(task)).toContain('withdrawExtension');
});

test('what the plan calls done is proved or reported unfinished', () => {
  const task = new Driven({ deadline: { kind: 'declared-done', date: null, every: null, soft: false } });
  task.until('2024-06-10T10:00:00+08:00');
  expect(names(task)).toEqual(expect.arrayContaining(['submit', 'reportUnfinished']));
  task.do(coordinator('law'), 'submit', {
    department: 'law',
    period: 'once',
    completedOn: '2024-01-01',
    text: 't',
    evidence: ['f'],
  });
  expect(names(task)).toContain('withdrawSubmission');
  expect(names(task)).not.toContain('reportUnfinished');
  expect(names(task, head('law'))).toEqual(expect.arrayContaining(['approveSubmission', 'rejectSubmission']));
});

test('after the end only evidence and corrections are offered, and after a month nothing', () => {
  const task = new Driven();
  task.do(office, 'changePhase', { phase: 'stopped', documentNumber: '一号', text: null, into: [] });
  expect(names(task, office)).toEqual(['correct']);
  task.until('2024-08-01T10:00:00+08:00');
  expect(names(task, office)).toEqual([]);
});
