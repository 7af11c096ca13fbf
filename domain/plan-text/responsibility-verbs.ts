import { isCompleteName, isOpenEnd, stripEtc } from './department-names.ts';
import { cut, type Folded } from './folding.ts';
import type { PartyRole } from './responsibility.ts';

/** A clause parted into the name it begins with, what the name does, and what a joint like 会同 puts behind it. */
export type VerbSplit = { name: Folded | null; verb: PartyRole; rest: { part: Folded; role: PartyRole } | null };

const VERB_STARTS =
  /^(?:牵头|负责|主责|主办|承办|配合|参与|参加|协助|协同|协办|会办|会同|联合|按职责|按照|按各自|按职能|按分工|按规定|根据|结合|依职责|依照|依据|依法|分工负责|分工|分别|共同|组织实施|落实|具体|统筹|各负其责|为主|为牵头|为责任|实施|推进|支持|抓好|密切|积极|做好|指导|负总责|负主体|负监管|承担)/u;

const LAST_WORDS =
  /(?:负责|牵头|主责|主办|承办|配合|参与|参加|协助|协同|协办|会办|落实|实施|推进|支持|抓总|统筹|其责|为主|分工|职责|单位|部门|指导|执行|开展|抓好|办理|总责|主体责任|监管责任)$/u;

/** Finds where in a token the name ends and the verb begins. */
export function splitAtVerb(part: Folded): VerbSplit | null {
  const { f } = part;
  if (f.length > 80 || /^各[^,。;的为]{0,10}(?<!由)(?:牵头|责任|配合|成员|参与)(?:单位|部门)$/u.test(f)) return null;
  const duty = /(?:落实|履行|承担|压实|负)(?:好)?[^、,。]{0,6}(?:责任|职责)$/u.exec(f);
  if (duty !== null && duty.index >= 2 && isCompleteName(f.slice(0, duty.index))) return cutAt(part, duty.index);
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
  return /配合|参与|参加|协助|协同|协办|会办|支持|密切/u.test(verb) ? 'support' : 'responsible';
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
