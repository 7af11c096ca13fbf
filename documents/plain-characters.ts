/**
 * Radicals that look like characters. A PDF names glyphs, and for 民 or 长 a font's table may answer with the radical ⺠ or ⻓:
 * on screen the same, for every comparison another character. Unicode maps most of the first block by itself, not this one.
 */
const SUPPLEMENT =
  '⼾户⺟母⺠民⺬示⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⺝月⻌辶⻍辶⻎辶⻏阝⻖阝⺀冫⺅亻⺉刂⺗心⺘扌⺡氵⺣灬⺨犭⺮竹⺰纟⺹耂⺾艹⻂衤⻈讠⻐钅⻠饣';

const BY_RADICAL = new Map<string, string>();
const SUPPLEMENT_CHARS = [...SUPPLEMENT];
for (let index = 0; index + 1 < SUPPLEMENT_CHARS.length; index += 2) {
  BY_RADICAL.set(SUPPLEMENT_CHARS[index] ?? '', SUPPLEMENT_CHARS[index + 1] ?? '');
}

const RADICALS = /[\u2E80-\u2EFF\u2F00-\u2FDF\uF900-\uFAFF]/g;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;

/** The characters that a person reads: radicals and compatibility forms as ordinary characters, invisible marks gone. */
export function plainCharacters(text: string): string {
  return text.replace(INVISIBLE, '').replace(RADICALS, (char) => BY_RADICAL.get(char) ?? char.normalize('NFKC'));
}
