import JSZip from 'jszip';
import mammoth from 'mammoth';
import type { Archive } from './archive.ts';
import { DocumentRefused } from './document-refused.ts';
import { DocxNumbering } from './docx-numbering.ts';
import { htmlToText } from './html-text.ts';
import { attributeOf, partText, readXml } from './xml-part.ts';

const STYLES = 'word/styles.xml';
const NUMBERING = 'word/numbering.xml';
/** Parts whose text is not the plan's, and which the converter would pull in by reference. */
// A content control (sdt) goes only where it is a table of contents, whose lines repeat every heading with a page number.
const DROPPED_ELEMENTS = new Set([
  'numPr',
  'footnoteReference',
  'endnoteReference',
  'commentReference',
  'drawing',
  'pict',
  'object',
  'sdt',
]);

async function xmlOf(archive: Archive, name: string): Promise<string | null> {
  const bytes = await archive.read(name);
  return bytes === null ? null : partText(bytes);
}

/** The main part need not be word/document.xml: the package's relations name it. */
async function mainPart(archive: Archive): Promise<string> {
  const relations = await xmlOf(archive, '_rels/.rels');
  let found = 'word/document.xml';
  if (relations !== null) {
    readXml(relations, {
      open: (name, attributes) => {
        if (name === 'Relationship' && (attributes['Type'] ?? '').endsWith('/officeDocument')) {
          found = (attributes['Target'] ?? found).replace(/^\/+/, '');
        }
      },
    });
  }
  return found;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

interface Paragraph {
  prefix: string;
  numId: string | undefined;
  level: number | undefined;
  styleId: string | undefined;
  insertAt: number;
  inProperties: boolean;
}

/**
 * Writes the automatic numbers into the text and takes out what points to other parts, so that the converter meets plain
 * paragraphs. Text boxes nest paragraphs in paragraphs, hence the stack; a picture is cut only when it holds no text box.
 */
function withNumbersWritten(xml: string, numbering: DocxNumbering): string {
  const edits: Edit[] = [];
  const paragraphs: Paragraph[] = [];
  const dropping: { name: string; from: number; kept: boolean }[] = [];
  let deleted = 0;
  readXml(xml, {
    open: (name, attributes, end) => {
      const paragraph = paragraphs.at(-1);
      if (name === 'del' || name === 'moveFrom') deleted += 1;
      if (name === 'txbxContent') dropping.forEach((item) => (item.kept = true));
      const dropped = dropping.at(-1);
      if (name === 'docPartGallery' && dropped !== undefined) {
        if (attributeOf(attributes, 'val') === 'Table of Contents') dropped.kept = false;
      }
      if (DROPPED_ELEMENTS.has(name)) {
        dropping.push({ name, from: xml.lastIndexOf('<', end - 1), kept: name === 'sdt' });
      }
      if (name === 'p') {
        const prefix = xml.slice(xml.lastIndexOf('<', end - 1) + 1, end).split(/[\s/>]/, 1)[0] ?? 'w:p';
        paragraphs.push({
          prefix: prefix.slice(0, -1),
          numId: undefined,
          level: undefined,
          styleId: undefined,
          insertAt: end,
          inProperties: false,
        });
      } else if (paragraph !== undefined) {
        if (name === 'pPr') paragraph.inProperties = true;
        else if (paragraph.inProperties && name === 'numId') paragraph.numId = attributeOf(attributes, 'val');
        else if (paragraph.inProperties && name === 'ilvl')
          paragraph.level = Number(attributeOf(attributes, 'val') ?? '0');
        else if (paragraph.inProperties && name === 'pStyle') paragraph.styleId = attributeOf(attributes, 'val');
      }
    },
    close: (name, end) => {
      if (name === 'del' || name === 'moveFrom') deleted -= 1;
      const paragraph = paragraphs.at(-1);
      const dropped = dropping.at(-1);
      if (dropped?.name === name) {
        dropping.pop();
        if (!dropped.kept) edits.push({ from: dropped.from, to: end, insert: '' });
      }
      if (paragraph !== undefined && name === 'pPr') {
        paragraph.inProperties = false;
        paragraph.insertAt = end;
      }
      if (paragraph !== undefined && name === 'p') {
        paragraphs.pop();
        const label = deleted > 0 ? '' : numbering.next(paragraph, paragraph.styleId);
        const w = paragraph.prefix;
        const run = `<${w}r><${w}t xml:space="preserve">${escapeXml(label)}</${w}t></${w}r>`;
        // A self-closing <w:p/> is empty: it has a number on screen and no text, and no place to write into.
        if (label !== '' && xml[paragraph.insertAt - 2] !== '/')
          edits.push({ from: paragraph.insertAt, to: paragraph.insertAt, insert: run });
        else if (label !== '' && xml.slice(0, paragraph.insertAt).endsWith('pPr/>')) {
          edits.push({ from: paragraph.insertAt, to: paragraph.insertAt, insert: run });
        }
      }
    },
  });
  edits.sort((a, b) => a.from - b.from || a.to - b.to);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits) {
    if (edit.from < at) continue;
    pieces.push(xml.slice(at, edit.from), edit.insert);
    at = edit.to;
  }
  pieces.push(xml.slice(at));
  return pieces.join('');
}

const CONTENT_TYPES =
  '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/></Types>';
const RELATIONS =
  '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>' +
  '</Relationships>';

/** Text of a DOCX: numbers as printed, tables as `| cell |` rows, deleted revisions left out. Pictures and links are never opened. */
export async function docxToText(archive: Archive): Promise<string> {
  const main = await xmlOf(archive, await mainPart(archive));
  if (main === null) {
    throw new DocumentRefused('broken-document', 'Word 文件缺少正文部分，无法读取。请用原软件重新保存后再上传。');
  }
  const styles = await xmlOf(archive, STYLES);
  const numbering = new DocxNumbering(await xmlOf(archive, NUMBERING), styles);
  // The converter gets a package of the two parts that text needs, so nothing else in the file can reach it.
  const small = new JSZip();
  small.file('[Content_Types].xml', CONTENT_TYPES);
  small.file('_rels/.rels', RELATIONS);
  small.file('word/document.xml', withNumbersWritten(main, numbering));
  const buffer = await small.generateAsync({ type: 'nodebuffer', compression: 'STORE' });
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { externalFileAccess: false, includeEmbeddedStyleMap: false },
  );
  return htmlToText(value);
}
