import JSZip from 'jszip';

export interface DocxParagraph {
  text: string;
  /** The XML of the paragraph's own properties, and of its first run's. */
  properties: string;
  look: string;
  inTable: boolean;
}

export interface DocxParts {
  document: string;
  paragraphs: DocxParagraph[];
  part(name: string): Promise<string>;
  names: string[];
}

/** The parts of a DOCX as a test looks at them; text is unescaped. */
export async function docxParts(bytes: Uint8Array): Promise<DocxParts> {
  const zip = await JSZip.loadAsync(bytes);
  const part = async (name: string): Promise<string> => (await zip.file(name)?.async('string')) ?? '';
  const document = await part('word/document.xml');
  return { document, paragraphs: paragraphsOf(document), part, names: Object.keys(zip.files) };
}

function paragraphsOf(xml: string): DocxParagraph[] {
  const tables = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>|<w:p\/>/gs)].map((match) => {
    const inner = match[1] ?? '';
    const runs = [...inner.matchAll(/<w:r>(.*?)<\/w:r>/gs)].map((run) => run[1] ?? '');
    return {
      text: runs
        .map((run) => [...run.matchAll(/<w:t[^>]*>(.*?)<\/w:t>/gs)].map((t) => plain(t[1] ?? '')).join(''))
        .join(''),
      properties: /<w:pPr>(.*?)<\/w:pPr>/s.exec(inner)?.[1] ?? '',
      look: /<w:rPr>(.*?)<\/w:rPr>/s.exec(runs[0] ?? '')?.[1] ?? '',
      inTable: tables.some(([from, to]) => match.index >= (from ?? 0) && match.index < (to ?? 0)),
    };
  });
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

export function attribute(xml: string, element: string, name: string): string | undefined {
  const found = new RegExp(`<w:${element}\\b[^>]*\\bw:${name}="([^"]*)"`).exec(xml);
  return found?.[1];
}
