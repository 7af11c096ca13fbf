import { isDeadlineClause } from '../deadline-phrases/read-deadline-phrase.ts';
import { asWritten, cut, type Folded, gapBefore } from './folding.ts';
import { labelAtStart, labelBefore, type LabelRole } from './labels.ts';
import { type Party, type PartyRole, readResponsibility, uniqueParties } from './responsibility.ts';

/** What one annotation, labelled or not, says. */
export type Annotation = {
  parties: Party[];
  openEnded: boolean;
  firstLeads: boolean;
  /** Deadline as written, '' when none is named. */
  deadline: string;
  labelled: boolean;
  /** Closing bracket lost (page end, damage): what is there was read. */
  cutOff: boolean;
};

export function emptyAnnotation(): Annotation {
  return { parties: [], openEnded: false, firstLeads: false, deadline: '', labelled: false, cutOff: false };
}

/** Longest annotation looked at; a longer bracket is prose (and keeps hostile input linear). */
export const LONGEST_ANNOTATION = 1500;

type Field = { role: LabelRole; value: Folded; strong: boolean };

/**
 * Reads what stands in an annotation's brackets (or on a line of its own). Returns null where it is no annotation, such
 * as (试行), (2023-2025年), (不含6亩), (以下简称…). `atSentenceEnd`: a bare list of names counts only there.
 */
export function readAnnotation(content: Folded, atSentenceEnd: boolean): Annotation | null {
  if (content.f.length < 2 || content.f.length > LONGEST_ANNOTATION) return null;
  const fields = fieldsOf(content);
  if (fields !== null) return fromFields(fields);
  return unlabelled(content, atSentenceEnd);
}

/** Splits at labels that stand before a colon, or, at the start of a clause, without one. */
export function fieldsOf(content: Folded): Field[] | null {
  const { f } = content;
  const marks: { from: number; to: number; role: LabelRole; strong: boolean }[] = [];
  for (let at = f.indexOf(':'); at >= 0; at = f.indexOf(':', at + 1)) {
    const label = labelBefore(f, at);
    if (label === null) continue;
    const from = at - label.length;
    const last = marks.at(-1)?.to ?? 0;
    if (from < last) continue;
    const boundary = from === 0 || ',;。、([ '.includes(f.charAt(from - 1)) || from === last;
    if (!boundary && !label.strong) continue;
    marks.push({ from, to: at + 1, role: label.role, strong: label.strong });
  }
  if (marks.length === 0) return fieldsWithoutColon(content);
  const fields: Field[] = [];
  const head = marks[0];
  if (head !== undefined && head.from > 1) {
    const value = cut(content, 0, head.from);
    // 提请市政府审议;责任单位:甲局 begins with a remark, 甲局牵头;完成时限:… with departments.
    const { parties, verbs } = readResponsibility(value, 'responsible');
    if (verbs > 0 || parties.every((party) => party.complete))
      fields.push({ role: 'responsible', value, strong: false });
  }
  marks.forEach((mark, index) => {
    const end = marks[index + 1]?.from ?? f.length;
    fields.push({ role: mark.role, value: cut(content, mark.to, end), strong: mark.strong });
  });
  return fields;
}

function fieldsWithoutColon(content: Folded): Field[] | null {
  const label = labelAtStart(content.f);
  if (label === null || label.length === content.f.length) return null;
  const rest = content.f.slice(label.length);
  if (/^(?:为|是|由)/u.test(rest) && label.role !== 'deadline') {
    return [{ role: label.role, value: cut(content, label.length + 1, content.f.length), strong: label.strong }];
  }
  const fields: Field[] = [];
  let current = label;
  let from = label.length;
  for (let i = from + 1; i < content.f.length; i += 1) {
    const parted = gapBefore(content, i) || ',;。'.includes(content.f.charAt(i - 1));
    const next = parted ? labelAtStart(content.f.slice(i, i + 12)) : null;
    if (next === null) continue;
    fields.push({ role: current.role, value: cut(content, from, i), strong: current.strong });
    current = next;
    from = i + next.length;
    i = from;
  }
  fields.push({ role: current.role, value: cut(content, from, content.f.length), strong: current.strong });
  return fields;
}

const PARTY_ROLES: Partial<Record<LabelRole, PartyRole>> = {
  lead: 'lead',
  responsible: 'responsible',
  support: 'support',
};

export function fromFields(fields: readonly Field[]): Annotation | null {
  const annotation = emptyAnnotation();
  annotation.labelled = true;
  let weight = 0;
  for (const field of fields) {
    const role = PARTY_ROLES[field.role];
    if (role !== undefined) {
      const read = readResponsibility(field.value, role);
      annotation.parties.push(...read.parties);
      annotation.openEnded ||= read.openEnded;
      annotation.firstLeads ||= read.firstLeads;
      addDeadline(annotation, read.deadlines.join('，'));
      weight += field.strong ? 2 : 1;
    } else if (field.role === 'deadline') {
      addDeadline(annotation, deadlineText(field.value));
      weight += field.strong ? 2 : 1;
    }
  }
  annotation.parties = uniqueParties(annotation.parties);
  return weight >= 2 || (weight > 0 && annotation.parties.length > 0) ? annotation : null;
}

function addDeadline(annotation: Annotation, text: string): void {
  if (text === '') return;
  annotation.deadline = annotation.deadline === '' ? text : `${annotation.deadline}，${text}`;
}

function deadlineText(value: Folded): string {
  let to = value.f.length;
  const unopened = value.f.includes('(') ? '' : ')';
  while (to > 0 && `。;,、.]${unopened}`.includes(value.f.charAt(to - 1))) to -= 1;
  return asWritten(cut(value, 0, to))
    .replace(/\s+/gu, ' ')
    .replaceAll(/(?<=[^\x20-\x7e]) | (?=[^\x20-\x7e])/gu, '');
}

/** (甲牵头,乙、丙按职责分工负责,2021年1月底前完成), (甲、乙负责), (甲牵头,乙参与), or a bare list of names. */
function unlabelled(content: Folded, atSentenceEnd: boolean): Annotation | null {
  const { f } = content;
  if (f.length > 600 || NO_ANNOTATION.test(f)) return null;
  const read = readResponsibility(content, null);
  if (read.strangers > 0) return null;
  const { parties } = read;
  const complete = parties.filter((party) => party.complete).length;
  const onlyDeadline = parties.length === 0 && !read.openEnded && read.deadlines.length > 0 && read.verbs === 0;
  if (onlyDeadline) {
    return atSentenceEnd && isDeadlineClause(f) ? { ...emptyAnnotation(), deadline: read.deadlines.join('，') } : null;
  }
  if (parties.length === 0) return null;
  const withVerb =
    read.verbs > 0 && (complete > 0 || atSentenceEnd) && parties.every((p) => p.complete || p.name.length <= 20);
  // 民革 and 市委 are names too, but (东区) or (市县) are not lists.
  const short = parties.filter((p) => p.name.length < 3).length;
  const bareList = atSentenceEnd && complete === parties.length && (short === 0 || short * 2 < parties.length);
  if (!withVerb && !bareList) return null;
  return {
    ...emptyAnnotation(),
    parties,
    openEnded: read.openEnded,
    firstLeads: read.firstLeads,
    deadline: read.deadlines.join('，'),
  };
}

/** Beginnings and words of brackets that explain, cite or abbreviate. 共青团, 指挥中心, 即墨, 如皋 begin names. */
const NO_ANNOTATION =
  /^(?:以下|下同|下称|简称|含(?!山)|不含|包括|不包括|除(?!四害)|详见|见附|附件|附(?!属)|注(?!册|协)|即(?!墨)|如(?!皋|东)|例如|包含|试行|暂行|修订|草案|征求意见|其中|来源|文号|原(?!州|平|阳)|现(?!代)|共(?!青团)|约|此件|公开|略(?!阳)|另|不计|指(?!挥|导)|限|上述|第[一二三四五六七八九十\d]+[条章款])|(?:简称|详见|解释)|^[一二三四五六七八九十\d、,.\-~]+$/u;
