import { openArchive } from './archive.ts';
import { decodeText } from './decode-text.ts';
import { detectContainer, detectOffice, looksLikeHtml, refuseTextContainers } from './detect-format.ts';
import { DocumentRefused } from './document-refused.ts';
import { docxToText } from './docx-text.ts';
import { htmlToText } from './html-text.ts';
import { MAX_TEXT_CHARS } from './limits.ts';
import { pdfToText } from './pdf-text.ts';
import { plainCharacters } from './plain-characters.ts';
import { xlsxToText } from './xlsx-text.ts';

export type DocumentFormat = 'text' | 'html' | 'docx' | 'pdf' | 'xlsx';

export interface ExtractedText {
  readonly text: string;
  readonly format: DocumentFormat;
}

function textOrHtml(bytes: Uint8Array): ExtractedText {
  const decoded = decodeText(bytes);
  refuseTextContainers(decoded);
  if (looksLikeHtml(decoded)) return { text: htmlToText(decoded), format: 'html' };
  return { text: decoded.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), format: 'text' };
}

async function read(bytes: Uint8Array): Promise<ExtractedText> {
  const container = detectContainer(bytes);
  if (container === 'text') return textOrHtml(bytes);
  if (container === 'pdf') return { text: await pdfToText(bytes), format: 'pdf' };
  const archive = await openArchive(bytes);
  if (detectOffice(archive.names) === 'docx') return { text: await docxToText(archive), format: 'docx' };
  return { text: await xlsxToText(archive), format: 'xlsx' };
}

/** Reads a document in this thread, without a time limit: only the worker calls it. @throws DocumentRefused */
export async function readBytes(bytes: Uint8Array): Promise<ExtractedText> {
  const raw = await read(bytes);
  const extracted = { ...raw, text: plainCharacters(raw.text) };
  if (extracted.text.trim() === '') throw new DocumentRefused('empty', '文件里没有文字。');
  if (extracted.text.length > MAX_TEXT_CHARS) {
    throw new DocumentRefused('too-large', `文字超过 ${MAX_TEXT_CHARS / 10_000} 万字，不像一份行动计划，拒绝读取。`);
  }
  return extracted;
}
