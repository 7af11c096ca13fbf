import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { DocumentRefused } from './document-refused.ts';

export interface XmlEvents {
  /** `end` is the offset after the tag; a name has no prefix. */
  open?: (name: string, attributes: Record<string, string>, end: number, selfClosing: boolean) => void;
  /** `end` is the offset after the closing tag. */
  close?: (name: string, end: number) => void;
  text?: (value: string) => void;
}

export function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute whatever its prefix: strict and transitional files differ in the prefix only. */
export function attributeOf(attributes: Record<string, string>, name: string): string | undefined {
  if (attributes[name] !== undefined) return attributes[name];
  const key = Object.keys(attributes).find((candidate) => localName(candidate) === name);
  return key === undefined ? undefined : attributes[key];
}

export function partText(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!utf16) return new TextDecoder('utf-8').decode(bytes);
  return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
}

/** Walks one XML part as a stream of events. Entities declared in the document are refused: Office writes none. */
export function readXml(text: string, events: XmlEvents): void {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new DocumentRefused('broken-document', '文件内部结构已损坏，无法读取。请用原软件重新保存后再上传。');
  });
  parser.on('doctype', () => {
    throw new DocumentRefused('broken-document', '文件内部含有不允许的声明，拒绝读取。');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    events.open?.(localName(tag.name), tag.attributes, parser.position, tag.isSelfClosing);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => events.close?.(localName(tag.name), parser.position));
  if (events.text !== undefined) {
    parser.on('text', events.text);
    parser.on('cdata', events.text);
  }
  parser.write(text).close();
}
