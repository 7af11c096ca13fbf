/** What a file is by its own bytes. What the sender calls it is never believed. */
export interface FileKind {
  mediaType: string;
  extension: string;
}

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Null where the bytes are of no kind that is taken as evidence; programs and pages of other sites never are. */
export function sniffFile(bytes: Buffer, name: string): FileKind | null {
  const starts = (hex: string): boolean => bytes.subarray(0, hex.length / 2).equals(Buffer.from(hex, 'hex'));
  const at = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (starts('ffd8ff')) return kind('image/jpeg', 'jpg');
  if (starts('89504e470d0a1a0a')) return kind('image/png', 'png');
  if (at(0, 4) === 'GIF8') return kind('image/gif', 'gif');
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP') return kind('image/webp', 'webp');
  if (at(4, 8) === 'ftyp') return isoMedia(at(8, 12));
  if (at(0, 5) === '%PDF-') return kind('application/pdf', 'pdf');
  if (at(0, 4) === 'OggS') return kind('audio/ogg', 'ogg');
  if (at(0, 3) === 'ID3' || starts('fffb') || starts('fff3')) return kind('audio/mpeg', 'mp3');
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WAVE') return kind('audio/wav', 'wav');
  if (bytes.subarray(0, 4).equals(ZIP)) return archive(bytes, name);
  if (bytes.subarray(0, 8).equals(OLE)) return oldOffice(name);
  return plainText(bytes, name);
}

function isoMedia(brand: string): FileKind {
  if (['heic', 'heix', 'mif1', 'heim'].includes(brand)) return kind('image/heic', 'heic');
  if (brand.startsWith('M4A')) return kind('audio/mp4', 'm4a');
  if (brand === 'qt  ') return kind('video/quicktime', 'mov');
  return kind('video/mp4', 'mp4');
}

/** Office files are zip archives; the first entries tell which. Others stay archives. */
function archive(bytes: Buffer, name: string): FileKind {
  const names = bytes.toString('latin1');
  const office = 'application/vnd.openxmlformats-officedocument';
  if (names.includes('word/document.xml')) return kind(`${office}.wordprocessingml.document`, 'docx');
  if (names.includes('xl/workbook.xml')) return kind(`${office}.spreadsheetml.sheet`, 'xlsx');
  if (names.includes('ppt/presentation.xml')) return kind(`${office}.presentationml.presentation`, 'pptx');
  if (/\.ofd$/i.test(name) && names.includes('OFD.xml')) return kind('application/ofd', 'ofd');
  return kind('application/zip', 'zip');
}

function oldOffice(name: string): FileKind {
  const [, extension = ''] = /\.(doc|xls|ppt|wps|et)$/i.exec(name) ?? [];
  switch (extension.toLowerCase()) {
    case 'xls':
    case 'et':
      return kind('application/vnd.ms-excel', extension.toLowerCase());
    case 'ppt':
      return kind('application/vnd.ms-powerpoint', 'ppt');
    default:
      return kind('application/msword', extension === '' ? 'doc' : extension.toLowerCase());
  }
}

/** Text without control characters; what would run in a browser under its own type is served as plain text anyway. */
function plainText(bytes: Buffer, name: string): FileKind | null {
  if (bytes.length === 0 || !/\.(txt|csv|md|log)$/i.test(name)) return null;
  const sample = bytes.subarray(0, 65_536);
  const control = sample.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  if (control) return null;
  return /\.csv$/i.test(name) ? kind('text/csv', 'csv') : kind('text/plain', 'txt');
}

function kind(mediaType: string, extension: string): FileKind {
  return { mediaType, extension };
}
