/**
 * Folding makes the many ways of writing one thing equal (full and half width, traditional characters, the several
 * dashes and colons, stray spaces) without losing the place: each folded character keeps the index of the raw one, so
 * that names, texts and lines are always given back as written.
 */
export type Folded = {
  raw: string;
  /** Folded text without any white space. */
  f: string;
  /** Index in `raw` of each character of `f`. */
  at: Indices;
};

/** Typed for long texts; plain for short ones, of which there are so many that typed arrays cost more than the reading. */
export type Indices = readonly number[] | Int32Array;

const SHORT = 512;

/** Characters that plans use, traditional then simplified. Only what labels, names, numbers and dates need. */
const TRADITIONAL =
  '責责門门單单處处室室牽牵頭头時时間间節节點点進进達达負负領领導导參参與与協协辦办實实組组織织務务體体學学校校醫医衛卫環环規规' +
  '劃划國国發发財财經经濟济農农運运輸输應应審审計计統统監监場场檢检檔档黨党宣宣傳传紀纪績绩綜综執执網网電电廣广視视銀银險险' +
  '稅税廳厅隊队鎮镇鄉乡區区縣县會会關关團团業业長长堅坚續续內内開开結结幾几歲岁屬属級级各各職职備备員员檔档號号於于並并標标' +
  '總总體体現现測测評评終终報报據据條条項项訂订調调設设建建資资訊讯產产質质量量動动態态勞劳療疗養养維维護护權权漁渔陸陆貿贸' +
  '營营廠厂樓楼築筑試试驗验術术藝艺書书館馆題题類类將将為为從从這这個个們们來来對对難难創创業业優优後后續续週周歷历曆历製制' +
  '園园駐驻聯联邊边縱纵橫横強强擴扩專专營营誠诚該该認认識识議议講讲譯译訪访許许詳详誤误說说請请諮咨謀谋諸诸課课論论證证賠赔' +
  '賬账購购賽赛贊赞贏赢車车軍军軟软載载輪轮輔辅農农遠远遲迟適适選选遺遗郵邮鄰邻釋释鋪铺鋼钢錄录鐵铁錢钱鍵键閉闭閱阅陳陈陽阳' +
  '隨随隱隐雙双雜杂離离靈灵靜静響响頁页頂顶順顺須须預预頒颁頻频願愿顧顾顯显風风飛飞飲饮餐餐館馆驅驱驗验鬥斗魚鱼齊齐齡龄龍龙' +
  '萬万億亿兩两叁三貳二壹一無无勵励勢势勻匀匯汇區区協协華华卻却厲厉參参叢丛啟启問问喪丧嘗尝嚴严囑嘱圍围圖图圓圆執执堂堂報报' +
  '壓压壞坏壯壮夠够奪夺奮奋婦妇孫孙寧宁審审寫写寬宽寶宝尋寻專专屆届層层嶺岭島岛峽峡師师帶带幫帮庫库廢废張张彈弹彙汇徑径復复' +
  '恆恒惡恶愛爱態态慣惯慶庆憑凭憲宪懷怀戰战戲戏戶户揚扬換换損损搶抢擇择擊击擔担據据攜携敗败敘叙數数斷断暢畅曉晓條条東东極极' +
  '構构樣样樹树橋桥機机檔档櫃柜檢检歐欧歸归殘残殺杀氣气決决沒没況况淨净減减測测湧涌溝沟滅灭滿满漲涨潔洁潤润澤泽濕湿濫滥灣湾' +
  '災灾煙烟熱热爐炉爭争牆墙獎奖獨独獲获現现瑪玛環环畫画當当疊叠發发盜盗盡尽監监盤盘眾众着着矯矫確确碼码礎础禮礼禁禁種种稱称' +
  '積积穩稳窮穷競竞筆笔簡简簽签籌筹糧粮糾纠紅红約约純纯紙纸級级紛纷細细紹绍終终結结給给絕绝絡络統统絲丝經经綠绿維维綱纲線线' +
  '練练緊紧緒绪編编緩缓緣缘縣县縮缩績绩繁繁織织繳缴繼继罰罚罷罢義义習习聖圣聘聘聲声聽听肅肃腦脑膚肤臨临舉举舊旧艦舰蓋盖薦荐' +
  '藥药蘇苏處处虛虚蟲虫術术衝冲補补裝装複复見见規规覆覆親亲觀观觸触訊讯託托設设診诊評评詞词試试話话誌志調调談谈諒谅謝谢謹谨' +
  '譜谱警警讀读變变讓让豐丰貧贫貨货責责貫贯費费貼贴賀贺資资賴赖趕赶趨趋跡迹踐践蹤踪軌轨轄辖轉转辭辞邏逻郵邮醞酝釀酿鋒锋錯错' +
  '鍛锻鎖锁鏈链鑑鉴鑒鉴閒闲闊阔闡阐陣阵陪陪階阶際际障障隸隶霧雾頓顿頗颇額额顆颗餘余駕驾騙骗驟骤驚惊鮮鲜鹽盐麗丽黃黄黨党' +
  '違违訴诉暫暂衞卫説说閲阅裡里裏里則则過过記记臺台價价準准範范納纳別别掛挂遷迁畝亩頃顷噸吨輛辆盞盏徵征遞递幹干採采溫温徹彻銷销擬拟側侧罰罚較较脫脱儲储滯滞驛驿兒儿雲云濱滨暫暂佔占籤签敍叙啓启単单';

const PUNCTUATION: readonly (readonly [string, string])[] = [
  ['(', '（﹙❨⦅'],
  [')', '）﹚❩⦆'],
  ['[', '【〔［「〖﹝｛{'],
  [']', '】〕］」〗﹞｝}'],
  [',', '，﹐､'],
  ['、', '﹑丶'],
  [';', '；﹔'],
  [':', '：︰∶﹕ː꞉'],
  ['.', '．﹒'],
  ['。', '｡'],
  ['!', '！'],
  ['?', '？'],
  ['-', '－–—―‐‑‒−﹣─━'],
  ['~', '～〜∼﹏'],
  ['/', '／∕'],
  ['%', '％﹪'],
  ['|', '｜│┃'],
];

const SPACE = 0;

function buildTable(): Uint16Array {
  const table = new Uint16Array(65536);
  for (let code = 0; code < table.length; code += 1) table[code] = code;
  for (let code = 0xff10; code <= 0xff19; code += 1) table[code] = code - 0xff10 + 0x30;
  for (let code = 0xff21; code <= 0xff3a; code += 1) table[code] = code - 0xff21 + 0x41;
  for (let code = 0xff41; code <= 0xff5a; code += 1) table[code] = code - 0xff41 + 0x61;
  for (const [to, from] of PUNCTUATION) for (const char of from) table[char.charCodeAt(0)] = to.charCodeAt(0);
  for (let i = 0; i + 1 < TRADITIONAL.length; i += 2) table[TRADITIONAL.charCodeAt(i)] = TRADITIONAL.charCodeAt(i + 1);
  // Text taken out of a PDF carries Kangxi radicals (⽉, ⽇) where the page shows 月 and 日.
  for (let code = 0x2e80; code <= 0x2fd5; code += 1) table[code] = singleNormal(code);
  for (let code = 0xf900; code <= 0xfaff; code += 1) table[code] = singleNormal(code);
  const spaces = [
    0x20, 0xa0, 0x1680, 0x3000, 0xfeff, 0xad, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0xe5e5, 0xe004, 0x180e,
  ];
  for (const code of spaces) table[code] = SPACE;
  for (let code = 0x2000; code <= 0x200f; code += 1) table[code] = SPACE;
  for (let code = 0; code < 0x20; code += 1) table[code] = SPACE;
  for (let code = 0x7f; code < 0xa0; code += 1) table[code] = SPACE;
  return table;
}

function singleNormal(code: number): number {
  const normal = String.fromCharCode(code).normalize('NFKC');
  return normal.length === 1 ? normal.charCodeAt(0) : code;
}

const TABLE = buildTable();

const EMPTY: Folded = { raw: '', f: '', at: [] };

/** Folds a text. Linear; the folded text is never longer than the raw one. */
export function fold(raw: string): Folded {
  if (raw === '') return EMPTY;
  if (raw.length <= SHORT) return foldShort(raw);
  const codes = new Uint16Array(raw.length);
  const at = new Int32Array(raw.length);
  let n = 0;
  for (let i = 0; i < raw.length; i += 1) {
    const code = TABLE[raw.charCodeAt(i)] ?? SPACE;
    if (code === SPACE) continue;
    codes[n] = code;
    at[n] = i;
    n += 1;
  }
  return { raw, f: textOf(codes, n), at: at.subarray(0, n) };
}

function foldShort(raw: string): Folded {
  const at: number[] = [];
  let f = '';
  for (let i = 0; i < raw.length; i += 1) {
    const code = TABLE[raw.charCodeAt(i)] ?? SPACE;
    if (code === SPACE) continue;
    f += String.fromCharCode(code);
    at.push(i);
  }
  return { raw, f, at };
}

const CHUNK = 8192;

function textOf(codes: Uint16Array, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += CHUNK) {
    text += String.fromCharCode(...codes.subarray(i, Math.min(i + CHUNK, length)));
  }
  return text;
}

/** The part of a folded text between two indices of `f`. */
export function cut(folded: Folded, from: number, to: number): Folded {
  const end = Math.min(to, folded.f.length);
  const start = Math.min(Math.max(from, 0), end);
  return { raw: folded.raw, f: folded.f.slice(start, end), at: part(folded.at, start, end) };
}

function part(at: Indices, from: number, to: number): Indices {
  if (!(at instanceof Int32Array)) return at.slice(from, to);
  return to - from <= SHORT ? Array.from(at.subarray(from, to)) : at.subarray(from, to);
}

/** What stands in the source for a folded part, inner white space included. */
export function asWritten(folded: Folded): string {
  if (folded.f.length === 0) return '';
  return folded.raw.slice(folded.at[0] ?? 0, (folded.at[folded.f.length - 1] ?? 0) + 1);
}

/** As written, without the white space that page layout puts inside words; runs of Latin words keep one space. */
export function asWord(folded: Folded): string {
  let word = '';
  for (let i = 0; i < folded.f.length; i += 1) {
    const char = folded.raw.charAt(folded.at[i] ?? 0);
    if (i > 0 && gapBefore(folded, i) && isLatin(word.charAt(word.length - 1)) && isLatin(char)) word += ' ';
    word += char;
  }
  return word;
}

/** Whether white space stood before the character at `index`. */
export function gapBefore(folded: Folded, index: number): boolean {
  return index > 0 && index < folded.f.length && (folded.at[index] ?? 0) - (folded.at[index - 1] ?? 0) > 1;
}

function isLatin(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z');
}

export function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9' && char.length === 1;
}
