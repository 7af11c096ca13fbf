import { fold, type Folded } from './folding.ts';
import { readMark } from './number-marks.ts';
import { type SourceLine, widthOf } from './source-lines.ts';

/** What the last word of a plan's title says it is. */
const KIND =
  /(?:方案|计划|意见|要点|清单|办法|措施|举措|规划|分工|安排|任务书|分解表|分工表|任务表|台账|纲要|行动|分解|一览表|规定|细则|部署|清单表|任务)(?:\((?:[^()]{1,24})\)){0,2}$/u;

const LONGEST_TITLE_LINE = 60;

/** `named` is the title to look for a period in: that of the notice says more than a plan's second line. */
export type TitleFound = { title: string; named: Folded };

/** The plan's own title: the block of short lines after the notice, else what the notice issues (关于印发《…》的通知). */
export function readTitle(lines: readonly SourceLine[]): TitleFound {
  const issued = issuedTitle(lines);
  const wanted = issued === null ? null : fold(issued).f;
  const blocks = titleBlocks(lines, wanted);
  const own = blocks.filter((block) => !isNotice(block.f) && KIND.test(block.f));
  const same = wanted === null ? undefined : own.findLast((block) => alike(block.f, wanted));
  const chosen = same ?? (wanted === null ? own.at(-1) : undefined);
  const title = chosen?.title ?? issued ?? own.at(-1)?.title ?? blocks.find((block) => !isNotice(block.f))?.title ?? '';
  return { title, named: fold(issued ?? title) };
}

type Block = { title: string; f: string };

/** Runs of short lines without a full stop before the first numbered section. */
function titleBlocks(lines: readonly SourceLine[], wanted: string | null): Block[] {
  const blocks: Block[] = [];
  let run: string[] = [];
  const close = (): void => {
    const block = run.length > 0 ? titleInRun(run, wanted) : null;
    if (block !== null) blocks.push(block);
    run = [];
  };
  let seen = 0;
  for (const line of lines) {
    if (line.kind === 'blank' || line.kind === 'page') {
      if (line.kind === 'blank' && run.length > 0 && KIND.test(fold(run.join('')).f)) close();
      continue;
    }
    seen += 1;
    const { f } = line.text;
    const mark = readMark(line.text, 0, true);
    if (seen > 120 || (mark !== null && (mark.kind === 'chinese' || mark.kind === 'chapter'))) break;
    if (mark !== null && mark.kind !== 'dash') {
      close();
      continue;
    }
    const written = line.text.raw.trim().replaceAll(/\s+/gu, ' ');
    if (
      widthOf(line.text) > LONGEST_TITLE_LINE ||
      /[。;:!?]$|[。;]/u.test(f) ||
      isFurniture(f) ||
      line.kind === 'row'
    ) {
      close();
      continue;
    }
    run.push(stripLabel(written));
  }
  close();
  return blocks;
}

/** A title may be broken over lines, with the signing office, a date or 附件 in the same run of lines. */
function titleInRun(run: readonly string[], wanted: string | null): Block | null {
  const last = run.slice(-8);
  let found: Block | null = null;
  for (let end = last.length; end > 0; end -= 1) {
    for (let from = 0; from < end; from += 1) {
      const title = last.slice(from, end).join('');
      const { f } = fold(title);
      if (f.length < 4 || f.length > 120 || !KIND.test(f)) continue;
      if (wanted !== null && withoutMarks(f) === withoutMarks(wanted)) return { title, f };
      found ??= { title, f };
    }
  }
  if (found !== null) return found;
  const title = last.at(-1) ?? '';
  const { f } = fold(title);
  return f.length >= 4 && f.length <= 120 ? { title, f } : null;
}

function stripLabel(written: string): string {
  return written
    .replace(/^(?:标\s*题|名\s*称|附件\s*\d*)\s*[:：]\s*/u, '')
    .replaceAll(/(?<=[^\x20-\x7e]) (?=[^\x20-\x7e])/gu, '');
}

function isFurniture(f: string): boolean {
  return (
    /^(?:索引号|文件编号|发布机构|公开类别|发布时间|主动公开|信息来源|来源|字号|发文|成文|有效性|主题分类|文号|附件\d*$|打印|分享|当前位置|首页|\(此件|各.{2,40}[:,、])/u.test(
      f,
    ) ||
    /(?:文件|号)$/u.test(f) ||
    (/^\(?(?:19|20)\d\d(?:年|[-.]|\d)[^~至]{0,10}(?:日|\d)\)?$/u.test(f) && !/\d{4}-\d{4}/u.test(f))
  );
}

function isNotice(f: string): boolean {
  return /(?:的通知|的通知\(.{1,20}\)|的函|的批复|的公告)$/u.test(f) || /^(?:关于印发|关于转发)/u.test(f);
}

/** 关于印发《X》的通知: X, with titles nested in it. */
function issuedTitle(lines: readonly SourceLine[]): string | null {
  let seen = 0;
  let joined = '';
  for (const line of lines) {
    if (line.kind !== 'text') continue;
    seen += 1;
    if (seen > 60) return null;
    // The notice's title may be broken over up to four lines.
    joined = joined === '' && !/印发|转发|发布/u.test(line.text.f) ? '' : joined + line.text.raw.trim();
    if (joined === '' || joined.length > 400) {
      joined = '';
      continue;
    }
    const title = betweenMarks(joined);
    if (title !== null) return title;
    if (/。/u.test(line.text.f)) joined = '';
  }
  return null;
}

function betweenMarks(text: string): string | null {
  const at = text.search(/印发|转发|发布/u);
  const open = text.indexOf('《', at);
  if (at < 0) return null;
  if (open < 0 || open - at > 12) {
    const bare = /印发(.{4,80}?)的通知/u.exec(text.replaceAll(/\s/gu, ''));
    return bare?.[1] ?? null;
  }
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '《' || char === '〈' || char === '<') depth += 1;
    else if (char === '》' || char === '〉' || char === '>') {
      depth -= 1;
      if (depth === 0) return text.slice(open + 1, i).replaceAll(/(?<=[^\x20-\x7e])\s+(?=[^\x20-\x7e])/gu, '');
    }
  }
  return null;
}

/** Equal but for quotation marks, white space and a body's name in front. */
function alike(a: string, b: string): boolean {
  const [x, y] = [withoutMarks(a), withoutMarks(b)];
  return x === y || (Math.min(x.length, y.length) >= 8 && (x.endsWith(y) || y.endsWith(x)));
}

function withoutMarks(f: string): string {
  return f.replaceAll(/[《》<>〈〉"“”()[\]\s-]/gu, '');
}
