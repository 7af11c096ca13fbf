import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';
import { docxOf, wordParagraph } from './sample-archive.ts';
import { typeset } from './sample-pdf.ts';

/** Bytes that look random and are the same in every run. */
function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

async function codeOf(bytes: Uint8Array, filename = 'plan.docx'): Promise<string> {
  try {
    return `read as ${(await extractText({ bytes, filename })).format}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

async function zipOf(parts: Record<string, string | Uint8Array>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(parts)) zip.file(name, content);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

describe('hostile and damaged files end in a refusal', () => {
  it('a small DOCX that unpacks into tens of millions of characters', async () => {
    const bytes = await docxOf(wordParagraph('违'.repeat(20_000_000)));
    expect(bytes.length).toBeLessThan(200_000);
    expect(await codeOf(bytes)).toBe('zip-bomb');
  });

  it('a picture part that is a bomb', async () => {
    const bytes = await docxOf(wordParagraph('正文'), { 'word/media/image1.bmp': '0'.repeat(30_000_000) });
    expect(await codeOf(bytes)).toBe('zip-bomb');
  });

  it('thousands of entries', async () => {
    const parts = Object.fromEntries(Array.from({ length: 5100 }, (_, index) => [`word/${index}.xml`, 'x']));
    expect(await codeOf(await zipOf(parts))).toBe('zip-bomb');
  });

  it('an archive whose directory lies about a size', async () => {
    const bytes = Buffer.from(await docxOf(wordParagraph('违'.repeat(1000))));
    const name = Buffer.from('word/document.xml');
    const central = bytes.lastIndexOf(name);
    bytes.writeUInt32LE(10, central - 46 + 24);
    expect(await codeOf(bytes)).toBe('broken-archive');
  });

  it('an encrypted entry', async () => {
    const bytes = Buffer.from(await docxOf(wordParagraph('正文')));
    const central = bytes.lastIndexOf(Buffer.from('word/document.xml')) - 46;
    bytes.writeUInt16LE(1, central + 8);
    expect(await codeOf(bytes)).toBe('encrypted');
  });

  it('entities that multiply', async () => {
    const bytes = await zipOf({
      'word/document.xml':
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:body>&b;</w:body></w:document>',
    });
    expect(await codeOf(bytes)).toBe('broken-document');
  });

  it('XML that ends in the middle', async () => {
    expect(await codeOf(await zipOf({ 'word/document.xml': '<w:document xmlns:w="w"><w:body><w:p>' }))).toBe(
      'broken-document',
    );
  });

  it('a DOCX, an XLSX and a PDF cut off at any place', async () => {
    const docx = await docxOf(wordParagraph('规范停车秩序。'.repeat(50)));
    const pdf = typeset(['规范停车秩序。'.repeat(30)]);
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await codeOf(docx.slice(0, Math.floor(docx.length * share)))).toBe('broken-archive');
    }
    for (const share of [0.02, 0.3]) {
      expect(await codeOf(pdf.slice(0, Math.floor(pdf.length * share)), 'plan.pdf')).toMatch(
        /^(broken-document|pdf-without-text)$/,
      );
    }
  });

  it('random bytes under any name', async () => {
    for (const [seed, name] of ['a.docx', 'a.pdf', 'a.xlsx', 'a.txt', 'a.html'].entries()) {
      expect(await codeOf(noise(20_000, seed + 1), name)).toBe('garbled');
    }
  });

  it('random bytes behind the first bytes of a known type', async () => {
    const body = noise(20_000, 9);
    expect(await codeOf(Buffer.concat([Buffer.from('PK\u0003\u0004'), body]))).toBe('broken-archive');
    expect(await codeOf(Buffer.concat([Buffer.from('%PDF-1.7\n'), body]), 'a.pdf')).toMatch(
      /^(broken-document|pdf-without-text)$/,
    );
  });

  it('old Office files, with a word on what to do', async () => {
    const head = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    const word = Buffer.concat([head, noise(600, 3), Buffer.from('WordDocument', 'utf16le')]);
    const encrypted = Buffer.concat([head, noise(600, 3), Buffer.from('EncryptedPackage', 'utf16le')]);
    await expect(extractText({ bytes: word, filename: 'a.doc' })).rejects.toThrow('.docx');
    expect(await codeOf(word, 'a.doc')).toBe('legacy-office');
    expect(await codeOf(encrypted)).toBe('encrypted');
  });

  it('other kinds: pictures, RTF, OFD, plain archives, saved web archives', async () => {
    expect(await codeOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'a.pdf')).toBe('unsupported-type');
    expect(await codeOf(Buffer.from('{\\rtf1 plan}'), 'a.doc')).toBe('unsupported-type');
    expect(await codeOf(await zipOf({ 'OFD.xml': '<x/>' }), 'a.ofd')).toBe('unsupported-type');
    expect(await codeOf(await zipOf({ 'readme.txt': 'x' }), 'a.zip')).toBe('unsupported-type');
    expect(
      await codeOf(Buffer.from('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x'), 'a.mht'),
    ).toBe('unsupported-type');
  });

  it('nothing at all, and far too much', async () => {
    expect(await codeOf(new Uint8Array(0), 'a.txt')).toBe('empty');
    expect(await codeOf(Buffer.from(' \n\n '), 'a.txt')).toBe('empty');
    expect(await codeOf(Buffer.alloc(200 * 1024 * 1024, '责任单位：市城管局。'), 'a.txt')).toBe('too-large');
    expect(await codeOf(Buffer.alloc(20 * 1024 * 1024, '责任单位：市城管局。'), 'a.txt')).toBe('too-large');
  });

  it('markup nested a hundred thousand deep ends one way or the other', async () => {
    const bytes = Buffer.from(`<html><body>${'<div>'.repeat(100_000)}责任单位${'</div>'.repeat(100_000)}`);
    expect(await codeOf(bytes, 'a.html')).toMatch(/^(read as html|broken-document)$/);
  });

  it('what does not end in time is stopped', async () => {
    const refused = extractText({ bytes: Buffer.from('<html><p>慢</p>'), filename: 'a.html' }, { timeoutMs: 0 });
    await expect(refused).rejects.toMatchObject({ code: 'too-slow' });
  });
});
