import { expect, test } from 'vitest';
import type { EvaluationOpenedData } from '../../../domain/evaluation/evaluation-decider.ts';
import { DEFAULT_POLICY } from '../../../domain/policy/default-policy.ts';
import { rehearse, type Assumption, type Rehearsal } from '../../../domain/rehearsal/rehearse.ts';
import type { SheetOpenedData } from '../../../domain/sheet/sheet-state.ts';
import { openTask } from '../../../domain/task/open-task.ts';
import { isoShanghai, parseInstant } from '../../../domain/working-time/instants.ts';
import { CALENDAR, opening } from '../task/fixture.ts';

const sheet: SheetOpenedData = {
  id: 'sheet-law',
  plan: 'plan-1',
  department: 'law',
  goLive: '2024-06-04',
  calendar: CALENDAR,
  policy: DEFAULT_POLICY,
  handover: { assigned: 1, beforeIssue: 0, beforeGoLive: 0, declaredDone: 0 },
  entry: null,
};

const evaluation: EvaluationOpenedData = {
  id: 'evaluation-1',
  plan: 'plan-1',
  evaluation: 'mid-term',
  dueOn: '2024-10-31',
  goLive: '2024-06-04',
  departments: ['law', 'cases'],
  calendar: CALENDAR,
  policy: DEFAULT_POLICY,
};

function small(assume: Assumption, to = '2024-09-30'): Rehearsal {
  return {
    tasks: [openTask(opening())],
    sheets: [sheet],
    evaluations: [evaluation],
    openedAt: parseInstant('2024-06-04T08:00:00+08:00'),
    from: '2024-06-04',
    to,
    assume,
  };
}

function lines(rehearsal: Rehearsal): string[] {
  return rehearse(rehearsal)
    .filter(({ notice }) => notice.to.department !== 'cases')
    .map(
      ({ at, notice }) => `${isoShanghai(at).slice(0, 16)} ${notice.kind} ${notice.to.department}/${notice.to.role}`,
    );
}

test('a silent quarter is rehearsed to the minute', () => {
  expect(lines(small('silence'))).toEqual([
    '2024-06-04T08:00 takeover-summary law/coordinator',
    '2024-06-11T09:00 reminder law/coordinator',
    '2024-06-13T09:00 escalation law/head',
    '2024-06-20T09:00 sheet-request law/coordinator',
    '2024-06-25T09:00 sheet-reminder law/coordinator',
    '2024-06-26T09:00 sheet-reminder law/head',
    // The 20th of July 2024 is a Saturday: asked on Monday 22, due on Thursday 25.
    '2024-07-22T09:00 sheet-request law/coordinator',
    '2024-07-25T09:00 sheet-reminder law/coordinator',
    '2024-07-26T09:00 sheet-reminder law/head',
    '2024-08-01T09:00 reminder law/coordinator',
    '2024-08-20T09:00 sheet-request law/coordinator',
    '2024-08-23T09:00 reminder law/coordinator',
    // The 25th of August is a Sunday: due on Friday 23, reminded that morning, and the head on Monday.
    '2024-08-23T09:00 sheet-reminder law/coordinator',
    '2024-08-26T09:00 sheet-reminder law/head',
    '2024-08-30T09:00 reminder law/coordinator',
    // Forty working days before 31 October 2024: 18 in October, 21 in September with its make-up days, one in August.
    '2024-08-30T09:00 evaluation bureau/director-office',
    '2024-08-30T09:00 evaluation bureau/supervising-office',
    '2024-08-30T09:00 evaluation law/coordinator',
    '2024-09-02T09:00 escalation law/head',
    '2024-09-10T09:00 supervision-order bureau/supervising-office',
    '2024-09-20T09:00 sheet-request law/coordinator',
    '2024-09-23T09:00 escalation bureau/director',
    '2024-09-25T09:00 sheet-reminder law/coordinator',
    '2024-09-26T09:00 sheet-reminder law/head',
    '2024-09-30T09:00 evaluation bureau/director-office',
    '2024-09-30T09:00 evaluation bureau/supervising-office',
  ]);
});

test('departments that act on time are reminded, and never escalated', () => {
  const kinds = rehearse(small('on-time', '2025-12-31')).map(({ notice }) => notice.kind);
  expect(kinds).toContain('reminder');
  expect(kinds).not.toContain('escalation');
  expect(kinds).not.toContain('supervision-order');
});

test('the same rehearsal twice is the same, every notice has a key of its own, and both ends are inclusive', () => {
  const first = rehearse(small('silence', '2025-12-31'));
  expect(rehearse(small('silence', '2025-12-31'))).toEqual(first);
  const keys = first.map(({ notice }) => notice.key);
  expect(new Set(keys).size).toBe(keys.length);
  const day = rehearse({ ...small('silence'), from: '2024-08-23', to: '2024-08-23' });
  expect(new Set(day.map(({ at }) => isoShanghai(at).slice(0, 10)))).toEqual(new Set(['2024-08-23']));
});
