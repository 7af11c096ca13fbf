import { asWord, cut, type Folded } from '../plan-text/folding.ts';
import { type DateExpression, readDateExpression } from './date-expression.ts';
import type { DeadlineContext } from './deadline-phrase.ts';
import { assumedYear, beginsDate } from './read-deadline-phrase.ts';

export type DeadlineInText = {
  raw: string;
  date: string;
  soft: boolean;
  repaired: boolean;
  yearAssumed: boolean;
  alternative: string | null;
};

/** Prose names many dates; these verbs right after one make it a limit even without 前 or 底. */
const LIMITING_VERB =
  /^[,]?(?:全面|基本|全部|初步|底)?(?:完成|建成|出台|印发|实现|上线|竣工|开工|投用|达到|力争|全市|全区|建立|形成)/u;

/** 2000年底前建成的老旧小区 describes a thing and limits nothing. */
const DESCRIBING =
  /^(?:[^,。;、]{0,8}?)(?:建成|竣工|投运|投入使用|注册|取得|登记|印发|发布|出生|签订|设立|成立|形成|存在|已)[^,。;、]{0,6}?的/u;

/**
 * Deadlines that a sentence names in passing (原则上于2024年6月前, 2020年底前, 5月底前). Expressions without a year are
 * read in the one named last before them, else in the document's. Linear in the length of the text.
 */
export function deadlinesInText(text: Folded, context: DeadlineContext): DeadlineInText[] {
  const { f } = text;
  const found: DeadlineInText[] = [];
  let year = assumedYear(context);
  let named = false;
  let i = 0;
  while (i < f.length) {
    const date = beginsDate(f, i) ? readDateExpression(f, i, year) : null;
    if (date === null) {
      i += 1;
      continue;
    }
    if (!date.yearAssumed) {
      year = date.year;
      named = true;
    }
    if (isLimit(f, date, context)) found.push({ ...describe(text, date), yearAssumed: date.yearAssumed && !named });
    i = Math.max(date.to, i + 1);
  }
  return found;
}

function isLimit(f: string, date: DateExpression, context: DeadlineContext): boolean {
  if (date.opensOnly) return false;
  const before = f.slice(Math.max(0, date.from - 6), date.from);
  const after = f.slice(date.to, date.to + 20);
  if (
    /[《<〈](?:[^》>〉]{0,6})$/u.test(before) ||
    /(?:截至|截止|自|从|依据|根据|按照|每|每年|每年度|近|用)$/u.test(before)
  )
    return false;
  if (date.unit === 'quarter' && /^(?:[^,。;]{0,4})(?:GDP|增长|报表)/u.test(after)) return false;
  if (DESCRIBING.test(after)) return false;
  // A year long past is history, not a limit.
  if (context.issuedOn !== null && Number(date.date.slice(0, 4)) < Number(context.issuedOn.slice(0, 4))) return false;
  const ended = /[前底末内止]$/u.test(f.slice(date.from, date.to));
  if (ended) return true;
  if (date.start !== null) return false;
  const atClause = before === '' || /[,。;、:!?]$/u.test(before);
  if (atClause && (date.unit === 'half' || date.unit === 'quarter')) return !/^[的、度报及和]/u.test(after);
  if (/(?:到|至|于)$/u.test(before) && (date.unit === 'year' || date.unit === 'month') && !date.yearAssumed) {
    return after.startsWith(',') || LIMITING_VERB.test(after);
  }
  return date.unit !== 'year' && !date.yearAssumed && LIMITING_VERB.test(after);
}

const LEAD_IN = ['原则上应于', '原则上要在', '原则上于', '原则上在', '原则上'];

function describe(text: Folded, date: DateExpression): DeadlineInText {
  const leadIn = LEAD_IN.find((word) => text.f.endsWith(word, date.from));
  return {
    raw: asWord(cut(text, date.from - (leadIn?.length ?? 0), date.to)),
    date: date.date,
    soft: leadIn !== undefined,
    repaired: date.repaired,
    yearAssumed: date.yearAssumed,
    alternative: date.alternative,
  };
}
