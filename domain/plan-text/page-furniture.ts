import type { SourceLine } from './source-lines.ts';

/** How far from either end of a document the furniture of a web page is looked for, in lines with text. */
const HEAD = 60;
const TAIL = 60;

/** A longer line is a body that lost its line breaks, whatever words it holds. */
const LONGEST = 240;

/** What the catalogue box above a published document names (索引号, 公开时限, 发布机构). */
const CATALOGUE =
  /^(?:索引号|信息索引|主题分类|体裁分类|发布机构|信息来源|公开方式|公开时限|公开属性|公开责任)|(?:索引号|主题分类|体裁分类|组配分类|信息类别|发布机构|发布单位|公开方式|公开时限|公开属性|公开形式|公开范围|公开责任部门|公开责任单位|信息来源|信息索引|责任编辑|信息审核|生成日期|浏览次数|浏览量|点击数|点击量|点击率|点击次数|阅读次数|字号|字体):/u;

const CATALOGUE_LABEL = /^(?:公开)?(?:责任|发布|公开|承办|主办|起草|编制)(?:部门|单位|科室|处室|机构):?/u;

const FOOT = /网站标识码|ICP备|公网安备|版权所有|Copyright|网站地图|技术支持:/iu;

const FOOT_LABEL = /^(?:主办|承办|主管|协办|运维|维护|建设|管理)(?:单位|部门|机关)?:/u;

/**
 * Blanks the lines in which a page speaks of itself: 公开时限:长期公开 and 责任部门:综合处 in the catalogue box, 主办单位 and
 * 承办单位 of the website at its foot, 承办单位 under a letter or decision. Each looks like an annotation and is
 * none. `title`: folded; the title, number and date are read from the lines as they were.
 */
export function withoutFurniture(lines: readonly SourceLine[], title: string): SourceLine[] {
  const written = lines.filter((line) => line.text.f !== '');
  const dropped = new Set<SourceLine>();
  written.slice(0, HEAD).forEach((line, i) => {
    if (isCatalogue(line)) dropped.add(line);
    else if (CATALOGUE_LABEL.test(line.text.f) && written.slice(Math.max(0, i - 3), i + 4).some(isCatalogue))
      dropped.add(line);
  });
  const tail = written.slice(-TAIL);
  if (tail.some((line) => isShort(line) && FOOT.test(line.text.f))) {
    for (const line of tail)
      if (isShort(line) && (FOOT.test(line.text.f) || FOOT_LABEL.test(line.text.f))) dropped.add(line);
  }
  if (/(?:答复|复函|回复|回函)(?:的函)?$|决定书|预算|决算|绩效|公示|公告|招标|采购/u.test(title)) {
    for (const line of written)
      if (/^(?:承办|主办|会办|协办|答复|办理|实施|主管)(?:单位|部门|机构):/u.test(line.text.f)) dropped.add(line);
  }
  return dropped.size === 0
    ? [...lines]
    : lines.map((line) => (dropped.has(line) ? { ...line, kind: 'blank', cells: [] } : line));
}

function isShort(line: SourceLine): boolean {
  return line.text.f.length <= LONGEST;
}

function isCatalogue(line: SourceLine): boolean {
  return isShort(line) && CATALOGUE.test(line.text.f);
}
