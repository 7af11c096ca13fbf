import { attributeOf, readXml } from './xml-part.ts';

interface Level {
  start: number;
  format: string;
  pattern: string;
}

/** What a paragraph or a style says about its number: `0` as numId takes the number away. */
export interface NumberReference {
  readonly numId?: string | undefined;
  readonly level?: number | undefined;
}

const DIGITS = '〇一二三四五六七八九';
const CIRCLED_ONE = 0x2460;

/** 1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五. Beyond 999 digit by digit. */
export function chineseNumber(value: number): string {
  if (value <= 0 || value > 999) return [...String(value)].map((digit) => DIGITS[Number(digit)] ?? digit).join('');
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor((value % 100) / 10);
  const ones = value % 10;
  let text = hundreds > 0 ? `${DIGITS[hundreds]}百` : '';
  if (tens > 0) text += tens === 1 && hundreds === 0 ? '十' : `${DIGITS[tens]}十`;
  else if (hundreds > 0 && ones > 0) text += '零';
  return ones > 0 ? text + DIGITS[ones] : text;
}

function roman(value: number): string {
  const table: [number, string][] = [
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = Math.min(value, 89);
  let text = '';
  for (const [amount, sign] of table) {
    while (rest >= amount) {
      text += sign;
      rest -= amount;
    }
  }
  return text;
}

function formatted(value: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'chineseLegalSimplified':
    case 'ideographDigital':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
      return chineseNumber(value);
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return value >= 1 && value <= 20 ? String.fromCodePoint(CIRCLED_ONE + value - 1) : String(value);
    case 'decimalZero':
      return String(value).padStart(2, '0');
    case 'upperLetter':
      return String.fromCodePoint(64 + ((value - 1) % 26) + 1);
    case 'lowerLetter':
      return String.fromCodePoint(96 + ((value - 1) % 26) + 1);
    case 'upperRoman':
      return roman(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    default:
      return String(value);
  }
}

/**
 * The numbers that Word shows but does not store: `一、`, `（二）`, `3.` come from numbering definitions, and a plan whose
 * numbers are lost has tasks without a path. Counters run per abstract list, deeper levels restart, as Word does it.
 */
export class DocxNumbering {
  private readonly levels = new Map<string, Map<number, Level>>();
  private readonly abstractOf = new Map<string, string>();
  private readonly overrides = new Map<string, Map<number, number>>();
  private readonly styles = new Map<string, NumberReference & { basedOn?: string | undefined }>();
  private readonly counters = new Map<string, number[]>();
  private readonly begun = new Set<string>();

  constructor(numberingXml: string | null, stylesXml: string | null) {
    if (numberingXml !== null) this.readNumbering(numberingXml);
    if (stylesXml !== null) this.readStyles(stylesXml);
  }

  private readNumbering(xml: string): void {
    let abstractId = '';
    let numId = '';
    let level: Level | null = null;
    let overridden = 0;
    readXml(xml, {
      open: (name, attributes) => {
        const value = attributeOf(attributes, 'val') ?? '';
        if (name === 'abstractNum') {
          abstractId = attributeOf(attributes, 'abstractNumId') ?? '';
          this.levels.set(abstractId, new Map());
        } else if (name === 'num') numId = attributeOf(attributes, 'numId') ?? '';
        else if (name === 'abstractNumId') this.abstractOf.set(numId, value);
        else if (name === 'lvl' && numId === '') {
          level = { start: 1, format: 'decimal', pattern: '' };
          this.levels.get(abstractId)?.set(Number(attributeOf(attributes, 'ilvl') ?? '0'), level);
        } else if (name === 'lvlOverride') overridden = Number(attributeOf(attributes, 'ilvl') ?? '0');
        else if (name === 'startOverride') {
          const starts = this.overrides.get(numId) ?? new Map<number, number>();
          this.overrides.set(numId, starts.set(overridden, Number(value)));
        } else if (level !== null && name === 'start') level.start = Number(value) || 0;
        else if (level !== null && name === 'numFmt') level.format = value;
        else if (level !== null && name === 'lvlText') level.pattern = value;
      },
      close: (name) => {
        if (name === 'lvl') level = null;
      },
    });
  }

  private readStyles(xml: string): void {
    let id = '';
    let numId: string | undefined;
    let level: number | undefined;
    let basedOn: string | undefined;
    readXml(xml, {
      open: (name, attributes) => {
        const value = attributeOf(attributes, 'val');
        if (name === 'style') {
          id = attributeOf(attributes, 'styleId') ?? '';
          numId = undefined;
          level = undefined;
          basedOn = undefined;
        } else if (name === 'basedOn') basedOn = value;
        else if (name === 'numId') numId = value;
        else if (name === 'ilvl') level = Number(value ?? '0');
      },
      close: (name) => {
        if (name === 'style') this.styles.set(id, { numId, level, basedOn });
      },
    });
  }

  private inherited(styleId: string | undefined): NumberReference {
    let current = styleId;
    let numId: string | undefined;
    let level: number | undefined;
    for (let depth = 0; current !== undefined && depth < 20; depth += 1) {
      const style = this.styles.get(current);
      if (style === undefined) break;
      numId ??= style.numId;
      level ??= style.level;
      current = style.basedOn;
    }
    return { numId, level };
  }

  /** The number of the next paragraph, as printed, and moves the counters on. Bullets and unnumbered paragraphs give ''. */
  next(own: NumberReference, styleId: string | undefined): string {
    const inherited = this.inherited(styleId);
    const numId = own.numId ?? inherited.numId;
    const depth = own.level ?? inherited.level ?? 0;
    if (numId === undefined || numId === '0') return '';
    const abstractId = this.abstractOf.get(numId) ?? numId;
    const levels = this.levels.get(abstractId);
    const level = levels?.get(depth);
    if (levels === undefined || level === undefined || level.format === 'bullet' || level.format === 'none') return '';
    const counters = this.counters.get(abstractId) ?? [];
    this.counters.set(abstractId, counters);
    const override = this.overrides.get(numId)?.get(depth);
    if (override !== undefined && !this.begun.has(`${numId}/${depth}`)) {
      this.begun.add(`${numId}/${depth}`);
      counters[depth] = override;
    } else counters[depth] = (counters[depth] ?? level.start - 1) + 1;
    counters.length = depth + 1;
    return level.pattern.replace(/%([1-9])/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const source = levels.get(index);
      return formatted(counters[index] ?? source?.start ?? 1, source?.format ?? 'decimal');
    });
  }
}
