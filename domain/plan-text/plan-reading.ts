import type { DeadlinePhrase } from '../deadline-phrases/deadline-phrase.ts';

/** What a reading of an action plan's text yields (issue 3, item 3). All dates are civil dates, YYYY-MM-DD, Asia/Shanghai. */
export type PlanReading = {
  /** The plan's own title, not that of the notice which issues it; '' when none is found. */
  title: string;
  documentNumber: string | null;
  issuedOn: string | null;
  /** The period that the title names, both ends inclusive. */
  horizon: { from: string; to: string } | null;
  evaluations: PlanEvaluation[];
  goals: string[];
  tasks: PlanTask[];
  problems: PlanProblem[];
};

export type PlanEvaluation = { kind: 'mid-term' | 'final'; dueOn: string };

/** Deadline of a task; `from` tells whether the annotation or, where it names none, the sentence gave it. */
export type PlanDeadline = DeadlinePhrase & { from: 'annotation' | 'text' };

export type TextDeadline = {
  raw: string;
  date: string | null;
  soft?: boolean;
  repaired?: boolean;
  alternative?: string;
};

/** A measurable target of the sentence: `quantity` null when the figure cannot be read; `per` '' when none is named. */
export type PlanIndicator = { raw: string; quantity: number | null; unit: string; per: string };

export type PlanTask = {
  /** The numbers as written, outermost first, then ¶n among the tasks under the same number. */
  path: string[];
  heading: string;
  /** The task's sentences without number and annotation. */
  text: string;
  /** Names as written, in order. */
  departments: string[];
  lead: string[];
  leadBasis: 'stated' | 'assumed';
  support: string[];
  /** The list ends in 等 or 有关部门: others may belong to it. */
  openEnded: boolean;
  deadline: PlanDeadline;
  textDeadlines: TextDeadline[];
  indicators: PlanIndicator[];
  /** Line, from 1, of the extracted text on which the task's sentence begins. */
  source: { line: number };
};

export const PLAN_PROBLEM_CODES = [
  'no-annotation',
  'annotation-cut-off',
  'annotation-without-task',
  'damaged-characters',
  'deadline-ambiguous',
  'deadline-from-sentence',
  'deadline-in-working-days',
  'deadline-missing',
  'deadline-repaired',
  'deadline-unreadable',
  'deadline-year-assumed',
  'departments-missing',
  'evaluation-date-repaired',
  'issue-date-missing',
  'issue-date-repaired',
  'item-without-annotation',
  'table-cell-inherited',
  'title-missing',
] as const;

export type PlanProblemCode = (typeof PLAN_PROBLEM_CODES)[number];

/** Something the reader repaired, assumed or could not tell; `detail` is Chinese, for the person who reviews. */
export type PlanProblem = { line: number; code: PlanProblemCode; detail: string };
