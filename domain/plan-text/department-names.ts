import { asWord, cut, type Folded, gapBefore } from './folding.ts';

/** What ends the name of a department, body or group of them. Longer endings that only look alike are excluded below. */
const ENDINGS = new Set(
  (
    '局 委 办 部 厅 处 科 室 股 院 所 站 队 会 校 馆 社 署 司 组 团 关 庭 州 旗 镇 乡 区 县 市 中心 公司 集团 银行 人行 政府 街道 部门 单位 机关 机构 专班 ' +
    '妇联 残联 工商联 文联 侨联 社联 科协 作协 联盟 总队 支队 大队 中队 分局 法院 检察院 大学 学院 学校 医院 台办 园区 新城 街镇 镇街 乡镇 地区 各地 党委 党组 企业 电视台 政法委 民革 民盟 民建 民进 台盟 工党 公党 ' +
    '编办 供电 国网 电信 移动 联通 铁塔 军分区 人武部 村居 社区 村 各村 片区 管委 港务 海事 农场 林场 监狱 工委 纪委 人大 政协 区域 领域 班子 网格 工会 各线 条线 城投 交投 水务'
  ).split(' '),
);

const LOOK_ALIKES = [
  '社会',
  '城市',
  '干部',
  '场所',
  '城乡',
  '城镇',
  '农村',
  '社会化',
  '机会',
  '晚会',
  '全会',
  '大会',
  '会',
  '市',
  '区',
  '县',
  '处',
  '部',
  '所',
  '科',
  '办',
  '委',
  '局',
  '村',
  '镇',
  '乡',
];

/** Whether a folded text may stand as a name by itself: it begins with 各 or 全, or ends as bodies do. */
export function isCompleteName(f: string): boolean {
  const name = bare(f);
  if (name.length < 2 || name.length > 40) return false;
  if (/[。;:!?《》"]/u.test(name)) return false;
  if (LOOK_ALIKES.includes(name) || /\d+(?:台|个|家|次|%|万|处|条|人|项|座|所)$/u.test(name)) return false;
  if (/(?:社会|城市|干部|场所|城乡|城镇|农村)$/u.test(name) && !/^(?:各|全)/u.test(name)) return false;
  if (/^(?:各|全[市区县局])/u.test(name) && name.length >= 2) return true;
  for (let length = 1; length <= 3; length += 1) if (ENDINGS.has(name.slice(-length))) return true;
  return false;
}

/** Without a bracket at the end: 市委编办(市规服办) is judged by 市委编办. */
function bare(f: string): string {
  if (!f.endsWith(')')) return f;
  const open = f.lastIndexOf('(');
  return open > 1 ? f.slice(0, open) : f;
}

/** 有关部门, 其他相关单位: not a name but a sign that others may belong to the list. */
export function isOpenEnd(f: string): boolean {
  return (
    /^(?:以及|及|和|与|并)?(?:其他|其它|其余)?(?:等)?(?:国务院|国家|中央|省|市|区|县|本市|本区|全市|市政府|区政府|[省市区县州](?:级|直|属|政府|直机关))?(?:其他|其它)?(?:有关|相关)(?:职能|责任|业务|行业|主管|市直|市级|区直|区级|成员)?(?:部门|单位|科室|处室|方面|机构|各方|地区|地方|部门和单位|部门、单位|部门单位|单位和部门)$/u.test(
      f,
    ) && !f.startsWith('各')
  );
}

export type NameToken = { name: Folded; openEnded: boolean };

/** 等, 等有关部门, 等5个单位 at the end of a token: taken off, and the list stays open. */
export function stripEtc(token: Folded): NameToken {
  const at = token.f.lastIndexOf('等');
  if (at < 0) return { name: token, openEnded: false };
  const tail = token.f.slice(at + 1);
  const isEtc =
    /^(?:\d{1,3}(?:个|家)?)?(?:国务院|国家)?[各市区县省级直属中央驻镇街地方]{0,6}(?:有关|相关|职能|责任|成员|行业|主管|其他){0,2}(?:部门|单位|科室|处室|机构|方面|部委|委办局|部门和单位|部门、单位|地区|区县|镇街|街镇|企业)?(?:参与|配合|参加|负责)?$/u.test(
      tail,
    );
  const isMembers =
    tail.length <= 30 &&
    /(?:成员|有关|相关|责任)(?:部门|单位)$|(?:国企|企业|高校|院校|平台公司|群团组织|民主党派)$/u.test(tail);
  // 高等教育处 holds 等 and is a name.
  if ((!isEtc && !isMembers) || (tail !== '' && /^(?:教育|保护|级)/u.test(tail)))
    return { name: token, openEnded: false };
  return { name: cut(token, 0, at), openEnded: true };
}

/** Splits `A局和B局`, `A局 B局` where each side is a complete name; 文化和旅游部 stays whole. */
export function splitJoined(token: Folded): Folded[] {
  const parts: Folded[] = [];
  let rest = token;
  let depth = 0;
  let i = 1;
  while (i < rest.f.length - 1) {
    const char = rest.f.charAt(i);
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    const width = depth === 0 && char !== ')' ? joinWidth(rest, i) : -1;
    if (width < 0) {
      i += 1;
      continue;
    }
    const left = cut(rest, 0, i);
    const right = cut(rest, i + width, rest.f.length);
    const minimum = width === 0 ? 2 : 3;
    // White space inside a word (市水务 集团) is layout, not a joint.
    const torn = width === 0 && (HALF_NAME.test(right.f) || isLetterSpaced(token));
    if (!torn && isCompleteName(left.f) && (isOpenEnd(right.f) || rightSideStands(right.f, minimum))) {
      parts.push(left);
      rest = right;
      i = 1;
      continue;
    }
    i += 1;
  }
  parts.push(rest);
  return parts;
}

/** What stands behind another word and is no name by itself. */
const HALF_NAME =
  /^(?:(?:人民)?政府|民政府|部门|单位|办公室|管委会|委员会|(?:有限|分)?公司|集团|分局|[总支大中]队|中心|监管局|管理局|执法局|成员单位)(?:$|[(、])/u;

/** 市 城 管 局: a text with white space between all its characters. */
function isLetterSpaced(token: Folded): boolean {
  let gaps = 0;
  for (let i = 1; i < token.f.length; i += 1) if (gapBefore(token, i)) gaps += 1;
  return gaps >= 3 && gaps * 2 > token.f.length;
}

/** Width of the joining word at `i`; 0 for white space alone; -1 where nothing joins. */
function joinWidth(token: Folded, i: number): number {
  if (token.f.startsWith('以及', i)) return 2;
  if ('和及与暨'.includes(token.f.charAt(i))) return 1;
  return gapBefore(token, i) ? 0 : -1;
}

function rightSideStands(f: string, minimum: number): boolean {
  // 相关部门和单位及各地区: a bare kind of body is no second name.
  if (f.length < minimum || /^(?:单位|部门|机构|地区|企业|街道|乡镇)(?:[及和与、]|$)/u.test(f)) return false;
  if (isCompleteName(f)) return true;
  // The right side may itself be a list joined once more, or carry a verb that is peeled off later.
  const join = f.search(/[和及与]/u);
  return join >= minimum && isCompleteName(f.slice(0, join)) && isCompleteName(f.slice(join + 1));
}

/** Areas with or without their government: 县市区人民政府, 市（地）人民政府（行政公署）, 街道办事处, 自治县. */
const AREAS =
  /^(?:(?:县级|地级)市|自治[州县旗]|(?:[市区县旗州盟乡镇地村]|街道|办|园区|开发区)(?:\([^()]{1,10}\))?){1,4}(?:人民政府|政府|行政公署|行署|办事处|办|管委会)?(?:\([^()]{1,40}\))?$/u;

/** 各镇、街道, 各市、州、县人民政府, 各市（州）、县（市、区）政府: one group although 、 stands in its name. */
export function belongsToPrevious(token: string, next: string): boolean {
  if (/^各(?:局|委|办)(?:、[局委办]){0,2}$/u.test(token)) return /^[局委办]$/u.test(next);
  if (/^各(?:科室?|处室?|股室?|队|站|所)(?:、[室队站所]){0,3}$/u.test(token)) return /^[室队站所]$/u.test(next);
  // 甲局及各市(州)、县(市、区)人民政府: only what follows the joining word matters.
  const previous = token.slice(Math.max(token.lastIndexOf('及'), token.lastIndexOf('和')) + 1);
  if (/各省(?:、自治区)?$/u.test(previous)) return /^(?:自治区|直辖市)(?:人民政府)?$/u.test(next);
  if (!previous.startsWith('各') || previous.length > 24 || next.startsWith('各')) return false;
  if (/党(?:工)?委$/u.test(previous)) return /^(?:人民)?政府$/u.test(next);
  if (!AREAS.test(next)) return false;
  // 各盟行政公署、市人民政府, but 各区政府、街道 are two.
  if (/^各盟(?:行政公署|行署)$/u.test(previous)) return /^市(?:人民)?政府$/u.test(next);
  return (
    AREAS.test(previous.replace(/^各(?:有关|相关)?/u, '').replaceAll('、', '')) &&
    !/(?:政府|公署|行署|办事处|管委会)(?:\([^()]*\))?$/u.test(previous)
  );
}

export function nameOf(token: Folded): string {
  return asWord(token);
}
