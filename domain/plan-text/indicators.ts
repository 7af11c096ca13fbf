import { chineseNumber, isChineseNumeral } from '../deadline-phrases/chinese-numbers.ts';
import { asWord, cut, type Folded, isDigit } from './folding.ts';
import type { PlanIndicator } from './plan-reading.ts';

const UNITS = [
  '个百分点',
  '万平方米',
  '万人次',
  '平方公里',
  '平方米',
  '立方米',
  '工作日',
  '个工作日',
  '课时',
  '学时',
  '小时',
  '人次',
  '百分点',
  '公里',
  '万元',
  '亿元',
  '公顷',
  '万户',
  '万吨',
  '个月',
  '千瓦',
  '万人',
  '万亩',
  '次',
  '个',
  '家',
  '件',
  '份',
  '人',
  '名',
  '场',
  '期',
  '项',
  '天',
  '日',
  '%',
  '户',
  '处',
  '条',
  '座',
  '所',
  '篇',
  '例',
  '批',
  '轮',
  '套',
  '辆',
  '亩',
  '吨',
  '台',
  '盏',
  '棵',
  '株',
  '对',
  '支',
  '间',
  '只',
  '本',
  '米',
  '元',
  '宗',
  '类',
  '种',
  '堂',
  '节',
  '遍',
] as const;

const BEFORE =
  /(?:不少于|不低于|不得少于|不得低于|不超过|不高于|不多于|至少|最少|达到|达|控制在|保持在|提升至|提高到|提升到|增至|降至|压缩至|完成|不小于|超过|高于|低于|少于)(?:[^,。;、\d]{0,8})$/u;

const AFTER = /^(?:以上|以内|以下|及以上|左右)/u;

const PER =
  /(?:(?:每人)?每(?:半年|季度|年度?|月|周|日|天|人|名[^,。;]{1,6}|个[^,。;]{1,6}|镇街|街镇|区|科室|支队|大队|中队)|[\d一二三四五六七八九十两]{1,2}(?:年|个月)内|年均|人均)/gu;

/**
 * Measurable targets of a sentence: 每人每年不少于60学时, 每年至少组织1次, 3年内至少1次, 覆盖率达到90%以上. Only figures
 * that are bounded (至少, 不少于, 以上) or set per person or period count; other figures describe. Linear.
 */
export function indicatorsIn(text: Folded): PlanIndicator[] {
  const { f } = text;
  const found: PlanIndicator[] = [];
  let clause = 0;
  let i = 0;
  while (i < f.length) {
    const char = f.charAt(i);
    if (',。;!?'.includes(char)) clause = i + 1;
    const end = isDigit(char) || isChineseNumeral(char) ? figureEnd(f, i) : i;
    if (end === i) {
      i += 1;
      continue;
    }
    const unit = UNITS.find((word) => f.startsWith(word, end));
    if (unit !== undefined) {
      const indicator = describe(text, Math.max(clause, i - 60), i, end, unit);
      if (indicator !== null) found.push(indicator);
    }
    i = end;
  }
  return found;
}

function figureEnd(f: string, from: number): number {
  let to = from;
  if (isDigit(f.charAt(from))) {
    while (to - from < 12 && (isDigit(f.charAt(to)) || (f.charAt(to) === '.' && isDigit(f.charAt(to + 1))))) to += 1;
    return to;
  }
  while (to - from < 5 && isChineseNumeral(f.charAt(to))) to += 1;
  return to;
}

function describe(text: Folded, clause: number, from: number, to: number, unit: string): PlanIndicator | null {
  const { f } = text;
  const before = f.slice(clause, from);
  const bound = BEFORE.exec(before.slice(-16));
  const after = AFTER.exec(f.slice(to + unit.length, to + unit.length + 4))?.[0] ?? '';
  const periods = [...before.matchAll(PER)];
  const isDateLike = unit === '日' || unit === '月' || (unit === '个' && /^个(?:月|工作日)内/u.test(f.slice(to)));
  const last = periods.at(-1);
  const near = last !== undefined && before.length - (last.index + last[0].length) <= 14;
  if (isDateLike || (bound === null && after === '' && !(near && '次个场期学时课时篇件%'.includes(unit)))) return null;
  if (
    bound !== null &&
    /(?:完成|达到?)/u.test(bound[0]) &&
    !near &&
    unit !== '%' &&
    /[一二三四五]$/u.test(f.slice(from, to))
  )
    return null;
  const first = contiguousFrom(periods);
  const start = first === null ? from - (bound?.[0].length ?? 0) : clause + first.index;
  const per = first === null ? '' : asWord(cut(text, clause + first.index, clause + first.index + first.length));
  const figure = f.slice(from, to);
  const quantity = isDigit(figure.charAt(0)) ? Number(figure) : chineseNumber(figure);
  return {
    raw: asWord(cut(text, start, to + unit.length + after.length)),
    quantity: quantity === null || Number.isNaN(quantity) ? null : quantity,
    unit,
    per,
  };
}

/** 每人每年 is one phrase of two matches. */
function contiguousFrom(periods: readonly RegExpMatchArray[]): { index: number; length: number } | null {
  const last = periods.at(-1);
  if (last === undefined) return null;
  let index = last.index ?? 0;
  let length = last[0].length;
  for (let i = periods.length - 2; i >= 0; i -= 1) {
    const earlier = periods[i];
    if (earlier === undefined || (earlier.index ?? 0) + earlier[0].length !== index) break;
    length += earlier[0].length;
    index = earlier.index ?? 0;
  }
  return { index, length };
}
