import type { CivilDate } from '../decider.ts';

/** What the papers of DOMAIN 8 say, as data from the record; how they look is the writer's business. */
export type Paper = HandoverPaper | OrderPaper | ExtensionPaper;

export interface PaperPlan {
  title: string;
  /** 文号, where the plan has one. */
  documentNumber: string | null;
}

/** A task as papers quote it. */
export interface PaperTask {
  /** Its number in the plan as written, outermost first, in one piece. */
  number: string;
  text: string;
}

/** 任务交办单: everything that one department takes on at go-live. */
export interface HandoverPaper {
  kind: 'handover';
  /** The name under which the paper is signed. */
  issuer: string;
  plan: PaperPlan;
  department: string;
  issuedOn: CivilDate;
  /** The last day for claiming; null where nothing is to be claimed. */
  claimBy: CivilDate | null;
  tasks: HandoverTask[];
}

export interface HandoverTask extends PaperTask {
  part: 'lead' | 'support';
  /** The others who share the task, by name, leads first. */
  others: string[];
  deadline: string;
}

/** 督办通知书, and the form for its reply. */
export interface OrderPaper {
  kind: 'order';
  issuer: string;
  plan: PaperPlan;
  task: PaperTask;
  /** The departments addressed: those that lead. */
  departments: string[];
  period: string;
  originalDue: CivilDate | null;
  due: CivilDate | null;
  /** Natural days past the date that counts, on the day of the paper; 0 where it is not late. */
  daysLate: number;
  /** Null while the order is a draft that waits for a signature. */
  signedOn: CivilDate | null;
  replyBy: CivilDate | null;
  /** The last word on the task before the order, and the reply, where there are any. */
  lastWord: string | null;
  reply: { department: string; on: CivilDate; text: string } | null;
}

/** 延期申请表: filled in as far as the record goes, to be signed. */
export interface ExtensionPaper {
  kind: 'extension';
  plan: PaperPlan;
  task: PaperTask;
  department: string;
  period: string;
  originalDue: CivilDate | null;
  due: CivilDate | null;
  /** Earlier extensions of the period. */
  earlier: { from: CivilDate; to: CivilDate; on: CivilDate; level: string }[];
  request: { on: CivilDate; to: CivilDate; reason: string } | null;
  /** Who decides, by title; the decision where there is one. */
  level: string;
  decision: { outcome: 'approved' | 'refused'; on: CivilDate; minutes: string | null } | null;
}
