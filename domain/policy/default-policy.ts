import type { TaskPolicy } from './policy.ts';

/** The policy that ships (DOMAIN 2, "A task's life" and "Reports"; [plan] 三(四) for the evaluations). A bureau versions its own. */
export const DEFAULT_POLICY: TaskPolicy = {
  version: '2024-1',
  source: 'DOMAIN 2 默认口径；各局可发布新版本',
  reminderTime: '09:00',
  claimWithinWorkingDays: 5,
  verifyWithinWorkingDays: 5,
  extensionDecisionWithinWorkingDays: 3,
  extensionLevels: ['deputy', 'director'],
  supervisionReplyWithinWorkingDays: 5,
  takeover: { dueBeforeIssueWithin: 10, dueBeforeGoLiveWithin: 10, declaredDoneWithin: 20 },
  ladder: [
    {
      id: 'before-30',
      days: -30,
      unit: 'natural-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    {
      id: 'before-7',
      days: -7,
      unit: 'natural-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    {
      id: 'before-1',
      days: -1,
      unit: 'natural-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    {
      id: 'due-day',
      days: 0,
      unit: 'natural-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    { id: 'after-1', days: 1, unit: 'natural-days', kind: 'escalation', to: [{ scope: 'department', role: 'head' }] },
    {
      id: 'after-7',
      days: 7,
      unit: 'working-days',
      kind: 'supervision-order',
      to: [{ scope: 'bureau', role: 'supervising-office' }],
      draftsOrder: true,
    },
    { id: 'after-15', days: 15, unit: 'working-days', kind: 'escalation', to: [{ scope: 'bureau', role: 'director' }] },
  ],
  claimLadder: [
    {
      id: 'before-1',
      days: -1,
      unit: 'working-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    { id: 'after-1', days: 1, unit: 'natural-days', kind: 'escalation', to: [{ scope: 'department', role: 'head' }] },
  ],
  verifyLadder: [
    {
      id: 'before-1',
      days: -1,
      unit: 'working-days',
      kind: 'reminder',
      to: [{ scope: 'bureau', role: 'supervising-office' }],
    },
    { id: 'after-1', days: 1, unit: 'natural-days', kind: 'escalation', to: [{ scope: 'bureau', role: 'deputy' }] },
  ],
  replyLadder: [
    { id: 'before-1', days: -1, unit: 'working-days', kind: 'reminder', to: [{ scope: 'department', role: 'head' }] },
    { id: 'after-1', days: 1, unit: 'natural-days', kind: 'escalation', to: [{ scope: 'bureau', role: 'director' }] },
  ],
  subItemLadder: [
    {
      id: 'before-7',
      days: -7,
      unit: 'natural-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    {
      id: 'due-day',
      days: 0,
      unit: 'natural-days',
      kind: 'reminder',
      to: [{ scope: 'department', role: 'coordinator' }],
    },
    { id: 'after-1', days: 1, unit: 'natural-days', kind: 'escalation', to: [{ scope: 'department', role: 'head' }] },
  ],
  sheet: {
    askFromDay: 20,
    dueDay: 25,
    ladder: [
      {
        id: 'due-day',
        days: 0,
        unit: 'natural-days',
        kind: 'sheet-reminder',
        to: [{ scope: 'department', role: 'coordinator' }],
      },
      {
        id: 'after-1',
        days: 1,
        unit: 'natural-days',
        kind: 'sheet-reminder',
        to: [{ scope: 'department', role: 'head' }],
      },
    ],
  },
  evaluation: { startWorkingDaysBefore: 40, asOf: 'end-of-month-before', selfAssessmentWithinWorkingDays: 7 },
  lastPeriodDue: 'year-end',
  retireAfterDays: 30,
};
