import { beforeAll, describe, expect, test } from 'vitest';
import { paperDocx } from '../../../documents/write/docx-papers.ts';
import { attribute, docxParts, type DocxParts } from './docx-parts.ts';
import { extension, handover, order } from './sample-papers.ts';

const TWIPS_PER_MM = 1440 / 25.4;
const mm = (twips: string | undefined): number => Math.round((Number(twips) / TWIPS_PER_MM) * 10) / 10;

let notice: DocxParts;
beforeAll(async () => {
  notice = await docxParts(await paperDocx(order()));
});

function paragraph(parts: DocxParts, beginning: string) {
  const found = parts.paragraphs.find((each) => each.text.startsWith(beginning));
  if (found === undefined) throw new Error(`no paragraph begins with ${beginning}`);
  return found;
}

const indent = ({ properties }: { properties: string }): number => Number(attribute(properties, 'ind', 'right'));
const fonts = (look: string): (string | undefined)[] =>
  ['ascii', 'hAnsi', 'eastAsia'].map((set) => attribute(look, 'rFonts', set));
const size = (look: string): number => Number(attribute(look, 'sz', 'val')) / 2;

describe('the page of GB/T 9704-2012', () => {
  test('A4 with 37 mm above, 28 mm left, and a text area of 156 by 225 mm', () => {
    const { document } = notice;
    const [width, height] = [mm(attribute(document, 'pgSz', 'w')), mm(attribute(document, 'pgSz', 'h'))];
    const side = (name: string): number => mm(attribute(document, 'pgMar', name));
    expect([width, height]).toEqual([210, 297]);
    expect([side('top'), side('left')]).toEqual([37, 28]);
    expect(width - side('left') - side('right')).toBeCloseTo(156, 1);
    expect(height - side('top') - side('bottom')).toBeCloseTo(225, 1);
  });

  test('22 lines of 28 characters fill it: lines are fixed at 28.95 points, characters a little closer than 16', () => {
    const text = paragraph(notice, '现予督办');
    expect(attribute(text.properties, 'spacing', 'lineRule')).toBe('exact');
    const line = Number(attribute(text.properties, 'spacing', 'line'));
    expect(line).toBe(28.95 * 20);
    const area = 225 * TWIPS_PER_MM;
    expect(line * 22).toBeLessThanOrEqual(area);
    expect(line * 23).toBeGreaterThan(area);
    const character = size(text.look) * 20 + Number(attribute(text.look, 'spacing', 'val'));
    expect(character * 28).toBeLessThanOrEqual(156 * TWIPS_PER_MM);
    expect(character * 29).toBeGreaterThan(156 * TWIPS_PER_MM);
  });

  test('page numbers in 4号宋体 between dashes, odd ones right, even ones left, one character in', async () => {
    expect(await notice.part('word/settings.xml')).toContain('<w:evenAndOddHeaders');
    const references = [...notice.document.matchAll(/<w:footerReference w:type="(\w+)" r:id="(\w+)"\/>/g)];
    const relations = await notice.part('word/_rels/document.xml.rels');
    for (const [, type, id] of references) {
      const target = new RegExp(
        `<Relationship[^>]*Id="${id}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${id}"`,
      ).exec(relations);
      const footer = await notice.part(`word/${target?.[1] ?? target?.[2] ?? ''}`);
      expect(footer).toMatch(/— <\/w:t>.*PAGE.*<w:t[^>]*> —/s);
      expect(fonts(footer)).toEqual(['宋体', '宋体', '宋体']);
      expect(size(footer)).toBe(14);
      const odd = type === 'default';
      expect(attribute(footer, 'jc', 'val')).toBe(odd ? 'right' : 'left');
      expect(attribute(footer, 'ind', odd ? 'right' : 'left')).toBe('280');
    }
    expect(references.map(([, type]) => type).sort()).toEqual(['default', 'even']);
  });

  test('fonts are named with what stands in for them, and not embedded', async () => {
    const table = await notice.part('word/fontTable.xml');
    for (const [name, instead] of [
      ['方正小标宋简体', '华文中宋'],
      ['仿宋_GB2312', '仿宋'],
      ['楷体_GB2312', '楷体'],
      ['黑体', 'SimHei'],
    ])
      expect(table).toContain(`<w:font w:name="${name}"><w:altName w:val="${instead}"/>`);
    expect(notice.names.filter((name) => /\.(odttf|ttf|otf)$/.test(name))).toEqual([]);
  });
});

describe('the parts of a paper', () => {
  test('the title is 2号小标宋, centred, with a line free between it and the addressee at the left edge', () => {
    const at = notice.paragraphs.findIndex(({ text }) => text === '督办通知书');
    const [title, free, addressee] = notice.paragraphs.slice(at, at + 3);
    expect(fonts(title?.look ?? '')).toEqual(Array(3).fill('方正小标宋简体'));
    expect(size(title?.look ?? '')).toBe(22);
    expect(attribute(title?.properties ?? '', 'jc', 'val')).toBe('center');
    expect(free?.text).toBe('');
    expect(addressee?.text).toBe('政策法规处：');
    expect(addressee?.properties).not.toContain('<w:ind');
  });

  test('body in 3号仿宋 two characters in, 一、 in 黑体, nothing bold', () => {
    const body = paragraph(notice, '现予督办');
    expect(fonts(body.look)).toEqual(Array(3).fill('仿宋_GB2312'));
    expect(size(body.look)).toBe(16);
    expect(attribute(body.properties, 'ind', 'firstLineChars')).toBe('200');
    const heading = paragraph(notice, '一、限期推进');
    expect(fonts(heading.look)).toEqual(Array(3).fill('黑体'));
    expect(size(heading.look)).toBe(16);
    expect(notice.document).not.toMatch(/<w:b\/>|<w:b w:val="(true|1)"/);
  });

  test('the date has no leading zeros and stands four characters in, the issuer centred over it', () => {
    const date = paragraph(notice, '2026年11月2日');
    const issuer = paragraph(notice, '综合协调处');
    const character = 315;
    expect(indent(date)).toBe(4 * character);
    // Half of what the shorter one lacks: 2026年11月2日 is 6.5 characters wide, the issuer 5.
    expect(indent(issuer)).toBeCloseTo((4 + (6.5 - 5) / 2) * character, -1);
    expect(attribute(date.properties, 'jc', 'val')).toBe('right');
  });

  test('an issuer wider than the date keeps inside the page and the date goes under its middle', async () => {
    const issuer = '示例市示例新区城市管理行政执法局综合执法协调办公室';
    const parts = await docxParts(await paperDocx(order({ issuer })));
    const inset = (text: string): number => Number(attribute(paragraph(parts, text).properties, 'ind', 'right') ?? '0');
    expect(inset(issuer)).toBe(0);
    expect(inset('2026年11月2日')).toBeGreaterThan(4 * 315);
  });

  test('the signature never stands on a page without text: the last paragraph goes with it', () => {
    const from = notice.paragraphs.findIndex(({ text }) => text.startsWith('说明未按期完成'));
    const to = notice.paragraphs.findIndex(({ text }) => text === '2026年11月2日');
    for (const { properties } of notice.paragraphs.slice(from, to)) expect(properties).toContain('<w:keepNext');
  });

  test('an annex begins on a new page with its word in 3号黑体 at the left edge', () => {
    const annex = notice.paragraphs.find(({ text }) => text === '附件');
    expect(annex?.properties).toContain('<w:pageBreakBefore');
    expect(fonts(annex?.look ?? '')).toEqual(Array(3).fill('黑体'));
    expect(size(annex?.look ?? '')).toBe(16);
  });
});

test.each([
  ['handover', handover(60)],
  ['order', order()],
  ['extension', extension()],
] as const)('tables of the %s fit the text area exactly, with fixed columns', async (_name, paper) => {
  const { document } = await docxParts(await paperDocx(paper));
  const tables = [...document.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) => table);
  expect(tables.length).toBeGreaterThan(0);
  for (const table of tables) {
    expect(attribute(table, 'tblLayout', 'type')).toBe('fixed');
    const grid = [...table.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(grid.reduce((sum, width) => sum + width, 0)).toBe(Math.round(156 * TWIPS_PER_MM));
  }
});

test('the header of a long list repeats on every page and its rows are not torn', async () => {
  const { document } = await docxParts(await paperDocx(handover(40)));
  const rows = [...document.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) => row);
  expect(rows[0]).toContain('<w:tblHeader');
  expect(rows.slice(1, 41).every((row) => row.includes('<w:cantSplit'))).toBe(true);
});
