import { isDeadlineClause } from '../deadline-phrases/read-deadline-phrase.ts';
import { type Annotation, emptyAnnotation } from './annotation.ts';
import { isCompleteName } from './department-names.ts';
import { cut, type Folded } from './folding.ts';
import { readResponsibility } from './responsibility.ts';

const LONGEST_SENTENCE = 200;

const ENDS_IN_VERB =
  /(?:牵头|负责|牵头负责|牵头落实|主责|配合|参与|参加|协助|协同|负责落实|具体落实|负责实施|组织实施|抓好落实)$/u;

/**
 * The last sentence of a paragraph where it does nothing but say who: 由州住建局牵头,州财政局配合,2024年12月底前完成。 A plan
 * without any bracket or label may word all its responsibilities so; since rules and duties of offices have such
 * sentences too (户外广告由市容科负责), it is for the caller to ask for more than one. Null for any other sentence.
 */
export function responsibleSentence(text: Folded): { from: number; to: number; annotation: Annotation } | null {
  const { f } = text;
  const end = f.endsWith('。') ? f.length - 1 : f.length;
  const from = f.lastIndexOf('。', end - 1) + 1;
  if (from < 4 || end - from > LONGEST_SENTENCE || end - from < 5) return null;
  const clauses = f.slice(from, end).split(/[,;]/u);
  if (!clauses.some((clause) => ENDS_IN_VERB.test(clause))) return null;
  if (!clauses.every((clause) => ENDS_IN_VERB.test(clause) || isDeadlineClause(clause) || areNames(clause)))
    return null;
  const read = readResponsibility(cut(text, from, end), null);
  if (read.strangers > 0 || read.parties.length === 0) return null;
  // 户外广告设置由市容科负责: a matter is named before the office.
  if (read.parties.some(({ name, complete }) => !complete || /[由的]/u.test(name) || name.length > 24)) return null;
  return {
    from,
    to: f.length,
    annotation: {
      ...emptyAnnotation(),
      parties: read.parties,
      openEnded: read.openEnded,
      firstLeads: read.firstLeads,
      deadline: read.deadlines.join('，'),
    },
  };
}

function areNames(clause: string): boolean {
  return clause.replace(/^由/u, '').split('、').every(isCompleteName);
}
