import { isDeadlineClause } from '../deadline-phrases/read-deadline-phrase.ts';
import { belongsToPrevious, isCompleteName, isOpenEnd, nameOf, splitJoined, stripEtc } from './department-names.ts';
import { asWritten, cut, type Folded, gapBefore } from './folding.ts';
import { splitAtVerb } from './responsibility-verbs.ts';

export type PartyRole = 'lead' | 'responsible' | 'support';

export type Party = { name: string; role: PartyRole; complete: boolean };

export type Responsibility = {
  parties: Party[];
  openEnded: boolean;
  /** 列第一位者为牵头单位: the first of each list is the stated lead. */
  firstLeads: boolean;
  /** Clauses of the list that are deadlines, as written. */
  deadlines: string[];
  /** A verb of responsibility (牵头, 负责, 配合 …) was seen. */
  verbs: number;
  /** Clauses that are neither a name, a verb, a rule nor a deadline. */
  strangers: number;
};

/** A name longer than this is prose. */
const LONGEST_NAME = 40;

type Token = { part: Folded; hardBreak: boolean };

/**
 * Reads a list of departments with what is said of them: `甲牵头,乙、丙按职责分工负责`, `甲会同有关部门负责`,
 * `甲、乙等`, with or without a label before it (`role` is the label's). Deadlines among the clauses are handed back.
 */
export function readResponsibility(value: Folded, role: PartyRole | null): Responsibility {
  const result: Responsibility = {
    parties: [],
    openEnded: false,
    firstLeads: false,
    deadlines: [],
    verbs: 0,
    strangers: 0,
  };
  // Parties since the last verb: a verb speaks of all of them.
  let run: Party[] = [];
  const fallback: PartyRole = role ?? 'responsible';
  let aside = false;
  for (const token of tokensOf(value)) {
    if (token.hardBreak) run = [];
    // 以下均需市州、县市区人民政府落实,不再列出: what it names is said of the whole plan, not of this list.
    aside =
      /^未(?:列|注|标|明确)|^(?:以下|下列|上述|其他)(?:各项|任务|工作|各条|措施|内容)*(?:均|都|各项|涉及)/u.test(
        token.part.f,
      ) ||
      (aside && !token.hardBreak);
    if (aside) continue;
    run = readToken(token.part, fallback, run, result);
  }
  result.parties = uniqueParties(result.parties);
  return result;
}

function tokensOf(value: Folded): Token[] {
  const { f } = value;
  const tokens: Token[] = [];
  let depth = 0;
  let start = 0;
  let hardBreak = false;
  for (let i = 0; i <= f.length; i += 1) {
    const char = f.charAt(i);
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    const spaced = i > start && depth === 0 && gapBefore(value, i) && partsAt(f, start, i);
    if (i < f.length && !spaced && (depth > 0 || !'、,;。/|'.includes(char))) continue;
    if (i > start) tokens.push({ part: cut(value, start, i), hardBreak });
    hardBreak = char === ';' || char === '。';
    start = spaced ? i : i + 1;
    if (i - start > 4000) break;
  }
  return rejoined(tokens, value);
}

/** White space parts clauses after a verb and before a date: 甲牵头 乙配合 2024年5月底前. */
function partsAt(f: string, from: number, at: number): boolean {
  if (/(?:牵头|负责|配合|参与|落实|协助|协同)$/u.test(f.slice(Math.max(from, at - 4), at))) return true;
  return /^(?:20\d\d|\d{1,2}月|长期|每年|每季|每月|持续)/u.test(f.slice(at, at + 4));
}

/** Puts 各县、市、区人民政府 together again. */
function rejoined(tokens: Token[], value: Folded): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last !== undefined && !token.hardBreak && belongsToPrevious(last.part.f, withoutVerb(token.part.f))) {
      const from = value.at.indexOf(last.part.at[0] ?? -1);
      const to = value.at.indexOf(token.part.at[0] ?? -1) + token.part.f.length;
      if (from >= 0 && to > from && '、,'.includes(value.f.charAt(to - token.part.f.length - 1))) {
        joined[joined.length - 1] = { part: cut(value, from, to), hardBreak: last.hardBreak };
        continue;
      }
    }
    joined.push(token);
  }
  return joined;
}

function withoutVerb(f: string): string {
  return f.replace(
    /(?:按(?:照|各自)?职责(?:分工)?)?(?:分别|具体|共同)?(?:牵头|负责|落实|配合|参与|组织实施){1,2}$/u,
    '',
  );
}

function readToken(whole: Folded, fallback: PartyRole, run: Party[], result: Responsibility): Party[] {
  const part = withoutRuleBracket(trimmed(whole), result);
  if (part.f === '') return run;
  if (isRule(part.f)) {
    if (statesLead(part.f)) result.firstLeads = true;
    return run;
  }
  if (isDeadlineClause(part.f) || isMilestone(part.f)) {
    result.deadlines.push(asWritten(part));
    return run;
  }
  if (isOpenEnd(part.f)) {
    result.openEnded = true;
    return run;
  }
  const split = splitAtVerb(part);
  if (split === null) return addNames(part, fallback, run, result);
  const { name, verb, rest } = split;
  const named = name === null ? run : addNames(name, fallback, run, result);
  result.verbs += 1;
  if (verb !== 'responsible') for (const party of named) party.role = verb;
  if (rest === null) return verb === 'responsible' && name === null ? named : [];
  return readToken(rest.part, rest.role, [], result);
}

function addNames(token: Folded, role: PartyRole, run: Party[], result: Responsibility): Party[] {
  const next = [...run];
  for (const piece of splitJoined(token)) {
    if (isOpenEnd(piece.f)) {
      result.openEnded = true;
      continue;
    }
    const { name, openEnded } = stripEtc(withoutRuleBracket(trimmed(piece), result));
    if (openEnded) result.openEnded = true;
    const tagged = untagged(name);
    const { f } = tagged.name;
    if (f === '' || /^[-/无\d.]+$/u.test(f)) continue;
    // 市“无废城市”建设专班
    const quoted = /^[^“”]{0,12}“[^“”]{2,12}”[^“”]{1,20}$/u.test(f) && isCompleteName(f.replaceAll(/[“”]/gu, ''));
    const named = quoted || /^《[^《》]{2,12}》(?:社|编辑部|杂志社|报社)$/u.test(f);
    // 县财政局负责,列入年度预算: what follows the verb tells how, not who.
    if (result.verbs > 0 && /^(?:列入|纳入|确保|做到|实现|并)/u.test(f) && !isCompleteName(f)) continue;
    if (f.length > LONGEST_NAME || (!named && /[:!?《》"“”]/u.test(f))) {
      result.strangers += 1;
      continue;
    }
    const party: Party = { name: nameOf(tagged.name), role: tagged.role ?? role, complete: named || isCompleteName(f) };
    result.parties.push(party);
    if (tagged.role === null) next.push(party);
    else result.verbs += 1;
  }
  return next;
}

/** 各行政执法单位(以下各项均需落实,不再列出), 各县政府(含开发区管委会,下同): the bracket says what the list means, not a name. */
function withoutRuleBracket(part: Folded, result: Responsibility): Folded {
  if (!part.f.endsWith(')')) return part;
  const open = part.f.lastIndexOf('(');
  if (open < 2) return part;
  const inner = part.f.slice(open + 1, -1);
  if (!isRule(inner) && !/^(?:含|包括|以下)|下同$/u.test(inner)) return part;
  if (statesLead(inner)) result.firstLeads = true;
  return cut(part, 0, open);
}

function statesLead(f: string): boolean {
  return /(?:第一|首|最前|前列|靠前)/u.test(f) && /(?:牵头|主责|责任|主办)/u.test(f);
}

/** Sentences about the list: 列第一位者为牵头单位,下同; 不再列出; 排名不分先后. */
function isRule(f: string): boolean {
  return (
    /(?:第一位|第一个|第一家|列第一|排第一|列首|首位|首个|排在最前|位居第一|排首|最前面|列前|排名第一|第一名)/u.test(
      f,
    ) ||
    /^(?:以)?下同$|不再(?:一一|逐一|另行|单独|分别)?(?:列出|列举|罗列|注明|做分工|作分工|分工)|均涉及|不分先后|^以下均|^按(?:照)?(?:职责|职能)(?:分工)?$|^以上(?:均|各)/u.test(
      f,
    )
  );
}

/** 汛前完成阶段性任务: a limit in words that no date can be read from, and no name. */
function isMilestone(f: string): boolean {
  return f.length <= 40 && /(?:前|底|内|期间|之前)(?:全面|基本|全部)?(?:完成|取得|出台|建成|启动|见效|实现)/u.test(f);
}

function trimmed(part: Folded): Folded {
  let from = 0;
  let to = part.f.length;
  while (from < to && '.:。,;、"\'“”-~!'.includes(part.f.charAt(from))) {
    // “创文办”各成员单位 keeps its marks, “创文办” alone does not.
    const closing = part.f.charAt(from) === '“' ? part.f.indexOf('”', from) : -1;
    if (closing > 0 && closing < to - 1) break;
    from += 1;
  }
  while (to > from && '.:。,;、([ "\'“”~!'.includes(part.f.charAt(to - 1))) to -= 1;
  if (part.f.startsWith('由', from) && to - from > 2) from += 1;
  else if (/^(?:主要由|分别由|统一由)/u.test(part.f.slice(from, from + 3))) from += 3;
  else if (/^(?:均由|包括)/u.test(part.f.slice(from, from + 2))) from += 2;
  return cut(part, from, to);
}

/** 区司法局(牵头): the bracket says the role and is no part of the name. */
function untagged(name: Folded): { name: Folded; role: PartyRole | null } {
  // (★为牵头单位): a mark set before some names of a list.
  if (/^[★☆▲△●◎*]/u.test(name.f) && name.f.length > 2) return { name: cut(name, 1, name.f.length), role: 'lead' };
  const match =
    /\((总?牵头|牵头单位|牵头部门|主责|主责单位|主办|责任单位|配合|协助|协办|参与|配合单位|排名第一)\)$/u.exec(
      name.f.slice(-10),
    );
  const tag = match?.[1];
  if (tag === undefined) return { name, role: null };
  const role: PartyRole = /牵头|主责|主办|第一/u.test(tag) ? 'lead' : /责任/u.test(tag) ? 'responsible' : 'support';
  return { name: cut(name, 0, name.f.length - tag.length - 2), role };
}

/** One entry a name, in order of first mention, with the strongest role that it is given anywhere. */
export function uniqueParties(parties: readonly Party[]): Party[] {
  const rank: Record<PartyRole, number> = { lead: 0, responsible: 1, support: 2 };
  const seen = new Map<string, Party>();
  for (const party of parties) {
    const earlier = seen.get(party.name);
    if (earlier === undefined) seen.set(party.name, { ...party });
    else if (rank[party.role] < rank[earlier.role]) earlier.role = party.role;
  }
  return [...seen.values()];
}
