/** A drawn line, as the frames of tables are made of. */
export interface Ruled {
  /** From and to, in points. */
  readonly line: readonly [number, number, number, number];
}

/** One printed line: text, left edge and baseline in points on an A4 page (595 × 842, y upwards). */
export interface PrintedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const SIZE = 16;

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}

function toUnicodeMap(chars: readonly string[]): string {
  const entries = chars.map((char) => `<${hex(char.charCodeAt(0))}> <${hex(char.charCodeAt(0))}>`);
  const blocks: string[] = [];
  for (let at = 0; at < entries.length; at += 100) {
    const part = entries.slice(at, at + 100);
    blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plan def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap end end',
  ].join('\n');
}

function assemble(objects: readonly string[]): Uint8Array {
  let body = '%PDF-1.5\n';
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(Buffer.byteLength(body, 'latin1'));
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const start = Buffer.byteLength(body, 'latin1');
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

function stream(content: string): string {
  return `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`;
}

/**
 * A PDF as word processors write Chinese: two-byte codes with a ToUnicode map. With `predefined` the font is not embedded and
 * its codes are explained by a character map that the reader must own, as in files of older office systems.
 */
export function makePdf(
  pages: readonly (readonly PrintedLine[])[],
  predefined = false,
  ruled: readonly (readonly Ruled[])[] = [],
): Uint8Array {
  const chars = [...new Set(pages.flat().flatMap((line) => [...line.text]))];
  const descriptor =
    '/FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /FontBBox [0 -120 1000 880] >>';
  const encoding = predefined ? '/UniGB-UCS2-H' : '/Identity-H';
  const descendant = predefined
    ? `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 ${descriptor} >>`
    : `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 ${descriptor} >>`;
  const firstPage = 6;
  const kids = pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding ${encoding} /DescendantFonts [4 0 R]${predefined ? '' : ' /ToUnicode 5 0 R'} >>`,
    descendant,
    stream(toUnicodeMap(chars)),
  ];
  pages.forEach((lines, index) => {
    const content = lines
      .map((line) => {
        const codes = [...line.text].map((char) => hex(char.charCodeAt(0))).join('');
        return `BT /F1 ${SIZE} Tf 1 0 0 1 ${line.x} ${line.y} Tm <${codes}> Tj ET`;
      })
      .concat((ruled[index] ?? []).map(({ line: [x1, y1, x2, y2] }) => `${x1} ${y1} m ${x2} ${y2} l S`))
      .join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${firstPage + index * 2 + 1} 0 R >>`,
      stream(content),
    );
  });
  return assemble(objects);
}

const LEFT = 80;
const PER_LINE = 27;
const LINES_PER_PAGE = 22;

/** Sets paragraphs as an official page does: 27 characters a line, first line indented by two, a page number below. */
export function typeset(paragraphs: readonly string[], predefined = false): Uint8Array {
  const lines: { text: string; x: number }[] = [];
  for (const paragraph of paragraphs) {
    const chars = [...paragraph];
    lines.push({ text: chars.slice(0, PER_LINE - 2).join(''), x: LEFT + 2 * SIZE });
    for (let at = PER_LINE - 2; at < chars.length; at += PER_LINE) {
      lines.push({ text: chars.slice(at, at + PER_LINE).join(''), x: LEFT });
    }
  }
  const pages: PrintedLine[][] = [];
  for (let at = 0; at < lines.length; at += LINES_PER_PAGE) {
    const page = lines.slice(at, at + LINES_PER_PAGE).map((line, index) => ({ ...line, y: 750 - index * 29 }));
    page.push({ text: `— ${pages.length + 1} —`, x: 280, y: 60 } as PrintedLine);
    pages.push(page);
  }
  return makePdf(pages, predefined);
}

/** The frame of a table: every ruling of a grid but those that `merged` takes out (below row, in column). */
export function grid(xs: readonly number[], ys: readonly number[], merged: readonly [number, number][] = []): Ruled[] {
  const lines: Ruled[] = [];
  const [top = 0, bottom = 0] = [ys[0], ys.at(-1)];
  for (const x of xs) lines.push({ line: [x, bottom, x, top] });
  ys.forEach((y, row) => {
    for (let column = 0; column + 1 < xs.length; column += 1) {
      const taken = merged.some(([below, at]) => below === row - 1 && at === column);
      if (!taken) lines.push({ line: [xs[column] ?? 0, y, xs[column + 1] ?? 0, y] });
    }
  });
  return lines;
}
