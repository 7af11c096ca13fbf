import { isDeadlineClause } from '../deadline-phrases/read-deadline-phrase.ts';
import { belongsToPrevious, isCompleteName, isOpenEnd, nameOf, splitJoined, stripEtc } from './department-names.ts';
import { asWritten, cut, type Folded, gapBefore } from './folding.ts';

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
      /^(?:以下|下列|上述|其他)(?:各项|任务|工作|各条|措施|内容)*(?:均|都|各项|涉及)/u.test(token.part.f) ||
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
    const named = /^《[^《》]{2,12}》(?:社|编辑部|杂志社|报社)$/u.test(f);
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
  while (from < to && '.:。,;、"\'“”-~!'.includes(part.f.charAt(from))) from += 1;
  while (to > from && '.:。,;、([ "\'“”~!'.includes(part.f.charAt(to - 1))) to -= 1;
  if (part.f.startsWith('由', from) && to - from > 2) from += 1;
  else if (/^(?:主要由|分别由|统一由)/u.test(part.f.slice(from, from + 3))) from += 3;
  else if (/^(?:均由|包括)/u.test(part.f.slice(from, from + 2))) from += 2;
  return cut(part, from, to);
}

/** 区司法局(牵头): the bracket says the role and is no part of the name. */
function untagged(name: Folded): { name: Folded; role: PartyRole | null } {
  const match =
    /\((总?牵头|牵头单位|牵头部门|主责|主责单位|主办|责任单位|配合|协助|协办|参与|配合单位|排名第一)\)$/u.exec(
      name.f.slice(-10),
    );
  const tag = match?.[1];
  if (tag === undefined) return { name, role: null };
  const role: PartyRole = /牵头|主责|主办|第一/u.test(tag) ? 'lead' : /责任/u.test(tag) ? 'responsible' : 'support';
  return { name: cut(name, 0, name.f.length - tag.length - 2), role };
}

type VerbSplit = { name: Folded | null; verb: PartyRole; rest: { part: Folded; role: PartyRole } | null };

const VERB_STARTS =
  /^(?:牵头|负责|主责|主办|承办|配合|参与|参加|协助|协同|协办|会同|联合|按职责|按照|按各自|按职能|按分工|按规定|根据|结合|依职责|依照|依据|依法|分工负责|分工|分别|共同|组织实施|落实|具体|统筹|各负其责|为主|为牵头|为责任|实施|推进|支持|抓好|密切|积极|做好|指导|负总责|负主体|负监管|承担)/u;

const LAST_WORDS =
  /(?:负责|牵头|主责|主办|承办|配合|参与|参加|协助|协同|协办|落实|实施|推进|支持|抓总|统筹|其责|为主|分工|职责|单位|部门|指导|执行|开展|抓好|办理|总责|主体责任|监管责任)$/u;

/** Finds where in a token the name ends and the verb begins. */
function splitAtVerb(part: Folded): VerbSplit | null {
  const { f } = part;
  if (f.length > 80) return null;
  const joint = jointAt(f);
  if (joint !== null) {
    const name = joint.at === 0 ? null : cut(part, 0, joint.at);
    const rest = cut(part, joint.at + joint.width, f.length);
    return { name, verb: 'lead', rest: { part: rest, role: 'support' } };
  }
  if (!LAST_WORDS.test(f)) return withObject(part);
  if (VERB_STARTS.test(f)) return { name: null, verb: verbRole(f), rest: null };
  for (let at = f.length - 2; at >= 2; at -= 1) {
    if (
      !VERB_STARTS.test(f.slice(at, at + 6)) ||
      /按|依|负责|牵头|分别|共同|具体|结合|统筹|组织实施|组织落实|(?:抓|做|认真|积极|切实|切实抓|抓紧)好?$/u.test(
        f.slice(0, at),
      )
    )
      continue;
    const name = stripEtc(cut(part, 0, at)).name.f;
    if (isCompleteName(name) || /等[^等]{0,6}$/u.test(f.slice(0, at)) || isOpenEnd(f.slice(0, at)))
      return cutAt(part, at);
  }
  // Names that do not look like one (甲牵头, 城管学校专家库负责) end at the first plain verb.
  const first = f.search(/(?:牵头|负责|主责|按职责|按照|按各自|分别|共同|配合|参与|协助|协同)/u);
  return first >= 1 && !/(?:部门|单位)$/u.test(f) ? cutAt(part, first) : null;
}

/** 州气象局负责预警发布: the verb has an object of its own. */
function withObject(part: Folded): VerbSplit | null {
  const match = /(?:具体)?(?:负责|牵头(?!单位|部门))/u.exec(part.f);
  if (match === null || match.index < 3 || !isCompleteName(part.f.slice(0, match.index))) return null;
  return { name: cut(part, 0, match.index), verb: verbRole(match[0]), rest: null };
}

function cutAt(part: Folded, at: number): VerbSplit {
  const name = part.f.slice(0, at);
  return { name: name === '' ? null : cut(part, 0, at), verb: verbRole(part.f.slice(at)), rest: null };
}

function verbRole(verb: string): PartyRole {
  if (/牵头|主责|主办|抓总|为主/u.test(verb)) return 'lead';
  if (/负责/u.test(verb)) return 'responsible';
  return /配合|参与|参加|协助|协同|协办|支持|密切/u.test(verb) ? 'support' : 'responsible';
}

/** `甲会同乙负责`, `甲牵头乙配合`: a verb with a name on both sides. */
function jointAt(f: string): { at: number; width: number } | null {
  for (const word of ['牵头会同', '牵头,会同', '会同', '牵头负责', '牵头', '联合']) {
    const at = f.indexOf(word);
    if (at < 0 || (at === 0 && word !== '会同')) continue;
    const rest = f.slice(at + word.length);
    if (rest.length < 2 || (LAST_WORDS.test(rest) === false && !isCompleteName(rest) && !isOpenEnd(rest))) continue;
    if (word === '联合' && (!isCompleteName(f.slice(0, at)) || !isCompleteName(rest.replace(LAST_WORDS, '')))) continue;
    if (
      word.startsWith('牵头') &&
      !word.includes('会同') &&
      /^(?:负责|组织|落实|实施|推进|抓总|统筹|办理|开展|单位|部门|责任|抓|制定|协调|做好|建立|完成|指导|,)/u.test(rest)
    )
      continue;
    return { at, width: word.length };
  }
  return null;
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
