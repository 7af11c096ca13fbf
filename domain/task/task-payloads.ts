import { revisedCalendar } from '../calendar-shape.ts';
import { fields, finite, flag, id, list, nullable, oneOf, positive, text, type Shape } from '../payload-shape.ts';
import type { TaskCommandName, TaskCommands } from './task-commands.ts';
import { REPORT_STATUSES, SUB_ITEM_ORIGINS } from './task-state.ts';

type Of<N extends TaskCommandName> = TaskCommands[N];

const own = { department: id };
const ownPeriod = { department: id, period: id };
const outcome = oneOf('approved', 'refused');

/** What each command of a task must carry. Dates are texts here: whether they are dates is said with their name. */
export const TASK_PAYLOADS: { [N in TaskCommandName]: Shape<Of<N>> } = {
  claim: fields<Of<'claim'>>(own),
  dispute: fields<Of<'dispute'>>({ ...own, text: id }),
  decideDispute: fields<Of<'decideDispute'>>({
    ...own,
    outcome: oneOf('upheld', 'rejected'),
    to: nullable(id),
    documentNumber: nullable(text),
  }),
  breakDown: fields<Of<'breakDown'>>({
    ...own,
    text: id,
    measures: positive,
    milestones: list(fields<Of<'breakDown'>['milestones'][number]>({ on: text, text: id })),
  }),
  completeSubItem: fields<Of<'completeSubItem'>>({ ...own, item: id, on: text }),
  confirmSubItem: fields<Of<'confirmSubItem'>>({
    origin: oneOf(...SUB_ITEM_ORIGINS),
    text,
    due: nullable(text),
    soft: flag,
  }),
  reportProgress: fields<Of<'reportProgress'>>({
    ...own,
    status: oneOf(...REPORT_STATUSES),
    text: id,
    indicators: list(fields<Of<'reportProgress'>['indicators'][number]>({ id, value: finite })),
  }),
  attachEvidence: fields<Of<'attachEvidence'>>({ ...own, file: id, on: nullable(text), period: nullable(id) }),
  submit: fields<Of<'submit'>>({ ...ownPeriod, completedOn: nullable(text), text: id, evidence: list(id) }),
  withdrawSubmission: fields<Of<'withdrawSubmission'>>(ownPeriod),
  approveSubmission: fields<Of<'approveSubmission'>>(ownPeriod),
  rejectSubmission: fields<Of<'rejectSubmission'>>({ ...ownPeriod, text: id }),
  verify: fields<Of<'verify'>>({ ...ownPeriod, completedOn: nullable(text) }),
  returnSubmission: fields<Of<'returnSubmission'>>({ ...ownPeriod, text: id }),
  reportUnfinished: fields<Of<'reportUnfinished'>>({ ...ownPeriod, to: text, text: id }),
  decideNewDate: fields<Of<'decideNewDate'>>({ ...ownPeriod, outcome }),
  requestExtension: fields<Of<'requestExtension'>>({ ...ownPeriod, to: text, text: id }),
  withdrawExtension: fields<Of<'withdrawExtension'>>(ownPeriod),
  decideExtension: fields<Of<'decideExtension'>>({ ...ownPeriod, outcome, minutes: nullable(text) }),
  adjustDeadline: fields<Of<'adjustDeadline'>>({ period: id, to: text, documentNumber: text, text: id }),
  changeDepartments: fields<Of<'changeDepartments'>>({
    responsibilities: list(
      fields<Of<'changeDepartments'>['responsibilities'][number]>({ department: id, part: oneOf('lead', 'support') }),
    ),
    documentNumber: text,
  }),
  renameDepartment: fields<Of<'renameDepartment'>>({ from: id, to: id, documentNumber: text }),
  nameGroupLead: fields<Of<'nameGroupLead'>>({ ...own, documentNumber: nullable(text) }),
  changePhase: fields<Of<'changePhase'>>({
    phase: oneOf('running', 'suspended', 'stopped', 'merged', 'withdrawn'),
    documentNumber: text,
    text: nullable(text),
    into: list(id),
  }),
  draftOrder: fields<Of<'draftOrder'>>({ period: id }),
  signOrder: fields<Of<'signOrder'>>({ order: id }),
  replyToOrder: fields<Of<'replyToOrder'>>({ order: id, ...own, text: id }),
  closeOrder: fields<Of<'closeOrder'>>({ order: id }),
  correct: fields<Of<'correct'>>({ seq: positive, text: id, period: nullable(id), completedOn: nullable(text) }),
  reviseText: fields<Of<'reviseText'>>({ documentNumber: text, revision: id }),
  reviseCalendar: revisedCalendar,
};
