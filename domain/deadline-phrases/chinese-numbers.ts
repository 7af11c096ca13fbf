const DIGITS: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

export function isChineseNumeral(char: string | undefined): boolean {
  return char !== undefined && (char in DIGITS || char === '十' || char === '百' || char === '廿');
}

/** The value of a numeral written in Chinese (十二, 二十一, 一百零三, 二〇二四), or null. */
export function chineseNumber(text: string): number | null {
  if (text === '' || text.length > 8) return null;
  if (!/[十百廿]/u.test(text)) {
    let value = 0;
    for (const char of text) {
      const digit = DIGITS[char];
      if (digit === undefined) return null;
      value = value * 10 + digit;
    }
    return value;
  }
  let value = 0;
  let digit: number | null = null;
  for (const char of text) {
    if (char === '百') {
      value += (digit ?? 1) * 100;
      digit = null;
    } else if (char === '十') {
      value += (digit ?? 1) * 10;
      digit = null;
    } else if (char === '廿') {
      value += 20;
      digit = null;
    } else {
      const next = DIGITS[char];
      if (next === undefined) return null;
      digit = next;
    }
  }
  return value + (digit ?? 0);
}
