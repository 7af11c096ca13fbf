import type { CivilDate } from '../decider.ts';
import type { ReportStatus, Responsibility, SubItemOrigin, TaskPhase } from './task-state.ts';
import type { Calendar } from '../working-time/calendar.ts';

/**
 * Every command of a task and its payload. Names are an interface that lives for years. Texts and files are ids of rows
 * that the API has written first; `department` is the department that the actor speaks for.
 */
export interface TaskCommands {
  /** 认领 */
  claim: { department: string };
  /** 异议: this is not ours. */
  dispute: { department: string; text: string };
  /** Upheld with `to`: the other department takes the part over; upheld without: the part is dropped. */
  decideDispute: {
    department: string;
    outcome: 'upheld' | 'rejected';
    to: string | null;
    documentNumber: string | null;
  };
  /** 分解 into measures and milestones. */
  breakDown: { department: string; text: string; measures: number; milestones: { on: CivilDate; text: string }[] };
  /** 节点 or sub-item reached. */
  completeSubItem: { department: string; item: string; on: CivilDate };
  confirmSubItem: { origin: SubItemOrigin; text: string; due: CivilDate | null; soft: boolean };
  reportProgress: {
    department: string;
    status: ReportStatus;
    text: string;
    indicators: { id: string; value: number }[];
  };
  attachEvidence: { department: string; file: string; on: CivilDate | null; period: string | null };
  /** 提请办结. `completedOn` is asked for only where work done before go-live is entered (补录) or declared done. */
  submit: { department: string; period: string; completedOn: CivilDate | null; text: string; evidence: string[] };
  withdrawSubmission: { department: string; period: string };
  /** 部门审核 */
  approveSubmission: { department: string; period: string };
  rejectSubmission: { department: string; period: string; text: string };
  /** 核查、销号. `completedOn` confirms or sets the date of entered work. */
  verify: { department: string; period: string; completedOn: CivilDate | null };
  /** 退回 */
  returnSubmission: { department: string; period: string; text: string };
  /** 未完成, with a new date, for what was due before issue. */
  reportUnfinished: { department: string; period: string; to: CivilDate; text: string };
  decideNewDate: { department: string; period: string; outcome: 'approved' | 'refused' };
  /** 延期 */
  requestExtension: { department: string; period: string; to: CivilDate; text: string };
  withdrawExtension: { department: string; period: string };
  decideExtension: { department: string; period: string; outcome: 'approved' | 'refused'; minutes: string | null };
  /** 调整 of a date by a paper (文号). */
  adjustDeadline: { period: string; to: CivilDate; documentNumber: string; text: string };
  changeDepartments: {
    responsibilities: { department: string; part: Responsibility['part'] }[];
    documentNumber: string;
  };
  renameDepartment: { from: string; to: string; documentNumber: string };
  nameGroupLead: { department: string; documentNumber: string | null };
  /** 中止, 恢复, 终止, 合并, 撤回: each by a paper. */
  changePhase: { phase: Exclude<TaskPhase, 'closed'>; documentNumber: string; text: string | null; into: string[] };
  /** 督办单 */
  draftOrder: { period: string };
  signOrder: { order: string };
  replyToOrder: { order: string; department: string; text: string };
  closeOrder: { order: string };
  /** 更正 of a recorded fact: the fact stays, a later one corrects it. */
  correct: { seq: number; text: string; period: string | null; completedOn: CivilDate | null };
  /** A revised plan changed the wording; histories stay. */
  reviseText: { documentNumber: string; revision: string };
  /** From the calendar's publication, by signal. */
  reviseCalendar: { calendar: Calendar; reason: string };
}

export type TaskCommandName = keyof TaskCommands;

/** Commands that only the system itself sends; the API offers all others. */
export const SYSTEM_COMMANDS = ['reviseCalendar'] as const satisfies TaskCommandName[];
