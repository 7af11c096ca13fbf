import { readDeadlinePhrase } from '../../domain/deadline-phrases/read-deadline-phrase.ts';
import type { CivilDate } from '../../domain/decider.ts';
import type { ItemContent } from '../schema/plans.ts';
import { PlanRefused } from './plan-refused.ts';

/** What a person may correct of an item; what is not named stays. */
export interface ItemChange {
  path?: string[];
  heading?: string;
  text?: string;
  departments?: string[];
  /** Named leads are stated by the person; an empty list goes back to "the first named is assumed". */
  lead?: string[];
  openEnded?: boolean;
  /** Read again by the same rules as the plan's own annotations. */
  deadline?: string;
  /** Positions in `textDeadlines` that become sub-items with a clock. */
  confirmedDeadlines?: number[];
}

export const EMPTY_CONTENT: ItemContent = {
  path: [],
  heading: '',
  text: '',
  departments: [],
  lead: [],
  leadBasis: 'assumed',
  support: [],
  openEnded: false,
  deadline: { raw: '', kind: 'none', date: null, every: null, repaired: false, from: 'annotation' },
  textDeadlines: [],
  indicators: [],
};

/** The content with a person's corrections. Throws PlanRefused 422 for an unreadable deadline or a lead that is not named. */
export function corrected(content: ItemContent, change: ItemChange, plan: { issuedOn: CivilDate | null }): ItemContent {
  const departmentNames = change.departments === undefined ? content.departments : named(change.departments);
  let { lead, leadBasis } = content;
  if (change.lead !== undefined) {
    lead = named(change.lead);
    leadBasis = lead.length > 0 ? 'stated' : 'assumed';
    const foreign = lead.find((name) => !departmentNames.includes(name));
    if (foreign !== undefined)
      throw new PlanRefused(422, 'lead-not-named', `牵头单位不在责任部门之中：${foreign}`, { field: 'lead' });
  }
  lead = lead.filter((name) => departmentNames.includes(name));
  if (lead.length === 0) {
    lead = departmentNames.slice(0, 1);
    leadBasis = 'assumed';
  }
  return {
    ...content,
    ...(change.path === undefined ? {} : { path: change.path }),
    ...(change.heading === undefined ? {} : { heading: change.heading }),
    ...(change.text === undefined ? {} : { text: change.text.trim() }),
    ...(change.openEnded === undefined ? {} : { openEnded: change.openEnded }),
    departments: departmentNames,
    lead,
    leadBasis,
    support: departmentNames.filter((name) => !lead.includes(name)),
    deadline: change.deadline === undefined ? content.deadline : deadlineOf(change.deadline, plan),
  };
}

function named(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}

function deadlineOf(raw: string, plan: { issuedOn: CivilDate | null }): ItemContent['deadline'] {
  const year = plan.issuedOn === null ? null : Number(plan.issuedOn.slice(0, 4));
  const phrase = readDeadlinePhrase(raw.trim(), { issuedOn: plan.issuedOn, year });
  if (phrase.kind === 'none' && raw.trim() !== '')
    throw new PlanRefused(422, 'deadline-unreadable', `读不懂这个时限：“${raw}”`, { field: 'deadline' });
  return { ...phrase, from: 'annotation' };
}
