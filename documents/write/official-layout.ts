import {
  AlignmentType,
  DocumentGridType,
  Footer,
  LineRuleType,
  PageNumber,
  Paragraph,
  TextRun,
  type IParagraphOptions,
  type ISectionOptions,
} from 'docx';
import { dateText } from '../../domain/wording.ts';
import type { CivilDate } from '../../domain/decider.ts';
import { printable } from './printable.ts';

/**
 * The layout of official papers by GB/T 9704-2012, section by section. Lengths in the file are twentieths of a point
 * (twips) and half points for type; the standard speaks of millimetres and of type numbers (号).
 */
const TWIPS_PER_MM = 1440 / 25.4;

export function twips(mm: number): number {
  return Math.round(mm * TWIPS_PER_MM);
}

/** 5.1, 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm. */
export const PAGE = { width: 210, height: 297, top: 37, left: 28, textWidth: 156, textHeight: 225 } as const;
/** 5.2.3: 22 lines of 28 characters fill the text area. */
const LINES_PER_PAGE = 22;
const CHARACTERS_PER_LINE = 28;
/** 225 mm by 22 lines, as offices set it: a fixed 28.95 points. */
const LINE = 579;

/** Type numbers in half points. */
export const SIZE = { no2: 44, no3: 32, no4: 28, small4: 24, no5: 21 } as const;
/**
 * 28 characters of 16 points are wider than 156 mm: each gives up a quarter of a point. Set on the runs and not by a grid
 * of characters, which some readers understand as cells to snap to and then spread the text.
 */
const CLOSER = -5;
/** One character of 3号 as set, in twips. */
export const CHARACTER = SIZE.no3 * 10 + CLOSER;

/** Named, not embedded; `fontTable` says what to take where one is missing. */
export const FONT = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  level1: '黑体',
  level2: '楷体_GB2312',
  page: '宋体',
} as const;

type Font = (typeof FONT)[keyof typeof FONT];

function run(text: string, font: Font, size: number): TextRun {
  return new TextRun({
    text: printable(text),
    font: { name: font, eastAsia: font, ascii: font, hAnsi: font, cs: font },
    size,
    ...(size === SIZE.no3 ? { characterSpacing: CLOSER } : {}),
  });
}

/** Fixed line spacing; pieces of text keep their line breaks. */
function line(text: string, font: Font, size: number, options: IParagraphOptions = {}): Paragraph {
  const children = text.split('\n').map((piece, index) => {
    const made = run(piece, font, size);
    return index === 0 ? [made] : [new TextRun({ break: 1, size }), made];
  });
  return new Paragraph({
    spacing: { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    ...options,
    children: children.flat(),
  });
}

/** 7.3.1: 2号小标宋, centred, one line free below it. */
export function title(text: string): Paragraph[] {
  return [line(text, FONT.title, SIZE.no2, { alignment: AlignmentType.CENTER, keepNext: true }), blank()];
}

/** 7.3.2: the addressee stands at the left edge under the title and ends with a full-width colon. */
export function addressee(names: string): Paragraph {
  return line(`${names}：`, FONT.body, SIZE.no3);
}

/** 7.3.3: body in 3号仿宋, each paragraph two characters in. What a person wrote in several lines stays in several. */
export function body(text: string): Paragraph[] {
  return text
    .split(/\r?\n/)
    .filter((piece) => piece.trim() !== '')
    .map((piece) => line(piece.trim(), FONT.body, SIZE.no3, INDENTED));
}

/** The body's end stays with what follows it: 7.3.5.4 wants no signature on a page without text. */
export function lastBody(text: string): Paragraph[] {
  return [line(text.trim(), FONT.body, SIZE.no3, { ...INDENTED, keepNext: true })];
}

/** 7.3.3: 一、 in 黑体, （一） in 楷体, both set like the body and never bold. */
export function heading1(text: string): Paragraph {
  return line(text, FONT.level1, SIZE.no3, { ...INDENTED, keepNext: true });
}

export function heading2(text: string): Paragraph {
  return line(text, FONT.level2, SIZE.no3, { ...INDENTED, keepNext: true });
}

const INDENTED: IParagraphOptions = {
  alignment: AlignmentType.BOTH,
  indent: { firstLine: 2 * CHARACTER, firstLineChars: 200 },
};

export function blank(): Paragraph {
  return line('', FONT.body, SIZE.no3);
}

function keptBlank(): Paragraph {
  return line('', FONT.body, SIZE.no3, { keepNext: true });
}

/** 7.3.4: the list of annexes, one line below the body, two characters in. */
export function annexNote(names: readonly string[]): Paragraph[] {
  const [only] = names;
  const one = names.length === 1;
  const lines = one
    ? [`附件：${only ?? ''}`]
    : names.map((name, at) => `${at === 0 ? '附件：' : '　　　'}${at + 1}.${name}`);
  return [keptBlank(), ...lines.map((text) => line(text, FONT.body, SIZE.no3, { ...INDENTED, keepNext: true }))];
}

/**
 * 7.3.5.1: on a sealed paper the date stands four characters from the right edge and the issuer is centred over it. An
 * issuer too long for that keeps to the edge, and the date goes under its middle. No date: a place for it by hand.
 */
export function signature(issuer: string, on: CivilDate | null): Paragraph[] {
  const date = on === null ? '　　　年　　月　　日' : dateText(on);
  const [issuerWidth, dateWidth] = [characters(issuer), characters(date)];
  const issuerIn = Math.max(0, 4 + (dateWidth - issuerWidth) / 2);
  const dateIn = Math.max(4, issuerIn + (issuerWidth - dateWidth) / 2);
  return [
    keptBlank(),
    keptBlank(),
    line(issuer, FONT.body, SIZE.no3, { ...fromRight(issuerIn), keepNext: true }),
    line(date, FONT.body, SIZE.no3, fromRight(dateIn)),
  ];
}

function fromRight(count: number): IParagraphOptions {
  return { alignment: AlignmentType.RIGHT, indent: { right: Math.round(count * CHARACTER) } };
}

/** Width in full characters: a digit or Latin letter is half of one. */
function characters(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1), 0);
}

/** 7.3.6: an annex begins on a page of its own with 附件1 in 3号黑体 at the left edge; its title stands on the third line. */
export function annexHead(label: string, name: string): Paragraph[] {
  return [
    line(label, FONT.level1, SIZE.no3, { pageBreakBefore: true, keepNext: true }),
    blank(),
    line(name, FONT.title, SIZE.no2, { alignment: AlignmentType.CENTER, keepNext: true }),
    blank(),
  ];
}

/** 7.5: 4号宋体, dashes at both sides; odd pages one character from the right, even ones one from the left. */
function pageNumber(side: 'odd' | 'even'): Footer {
  const inset = SIZE.no4 * 10;
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: inset } : { left: inset },
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            font: { name: FONT.page, eastAsia: FONT.page, ascii: FONT.page, hAnsi: FONT.page, cs: FONT.page },
            size: SIZE.no4,
          }),
        ],
      }),
    ],
  });
}

/** The page of every paper. Its document must tell odd pages from even ones (`evenAndOddHeaderAndFooters`). */
export function page(children: ISectionOptions['children']): ISectionOptions {
  const bottom = PAGE.height - PAGE.top - PAGE.textHeight;
  return {
    properties: {
      page: {
        size: { width: twips(PAGE.width), height: twips(PAGE.height) },
        margin: {
          top: twips(PAGE.top),
          left: twips(PAGE.left),
          right: twips(PAGE.width - PAGE.left - PAGE.textWidth),
          bottom: twips(bottom),
          header: twips(15),
          // 7.5: the dashes stand 7 mm below the text area; the footer's line is some 5 mm high.
          footer: twips(bottom - 7 - 2.5),
        },
      },
      grid: { type: DocumentGridType.LINES, linePitch: LINE },
    },
    footers: { default: pageNumber('odd'), even: pageNumber('even') },
    children,
  };
}

/** For the standard's own arithmetic in tests: lines and characters that the text area holds. */
export const GRID = { lines: LINES_PER_PAGE, characters: CHARACTERS_PER_LINE, line: LINE };

/** Where a named font is missing, these take its place; readers ask for them in the font table. */
export const FONT_TABLE = [
  { name: FONT.title, instead: '华文中宋', family: 'roman' },
  { name: FONT.body, instead: '仿宋', family: 'modern' },
  { name: FONT.level1, instead: 'SimHei', family: 'modern' },
  { name: FONT.level2, instead: '楷体', family: 'modern' },
  { name: FONT.page, instead: 'SimSun', family: 'roman' },
] as const;
