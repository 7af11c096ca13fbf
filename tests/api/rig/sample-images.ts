import { crc32, deflateSync } from 'node:zlib';

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xff00 | marker, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** The segments of a camera's photo: EXIF with orientation 6 and a place, XMP, IPTC, a comment, two scans, a trailer. */
export function jpegWithPlace(): { bytes: Buffer; picture: Buffer } {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(6, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS-PLACE CAMERA-MAKER')]);
  // 0xFFD9 inside a table between scans, and 0xFF00 in the data: neither ends the picture.
  const table = segment(0xc4, Buffer.from('00ffd9aa', 'hex'));
  const scan = Buffer.concat([segment(0xda, Buffer.from('010100003f00', 'hex')), Buffer.from('11ff0022ffd033', 'hex')]);
  const picture = Buffer.concat([scan, table, scan, Buffer.from('ffd9', 'hex')]);
  const bytes = Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')),
    segment(0xe1, exif),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0GPS-PLACE')),
    segment(0xed, Buffer.from('Photoshop 3.0\0GPS-PLACE')),
    segment(0xfe, Buffer.from('CAMERA-MAKER')),
    segment(0xdb, Buffer.alloc(65)),
    picture,
    Buffer.from('AFTER-THE-END GPS-PLACE'),
  ]);
  return { bytes, picture };
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A picture of one point that also carries a text. */
export function pngWithText(text: string): Buffer {
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    chunk('tEXt', Buffer.from(`Comment\0${text}`)),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
