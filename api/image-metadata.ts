/**
 * Photos lose where and with what they were taken before they are stored (DOMAIN 9). Only metadata segments go; the
 * picture's own data are not touched, so its digest as a picture stays and nothing is compressed again.
 *
 * A file whose structure cannot be followed answers null: it is then refused rather than kept with its metadata.
 */
export function withoutMetadata(bytes: Buffer, mediaType: string): Buffer | null {
  if (mediaType === 'image/jpeg') return jpegWithoutMetadata(bytes);
  if (mediaType === 'image/png') return pngWithoutMetadata(bytes);
  return bytes;
}

/** APP1 (EXIF, XMP), APP13 (IPTC), APP2 other than a colour profile, the other APPn of cameras, and comments. */
function jpegWithoutMetadata(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let orientation: number | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of scan: the picture follows. What cameras append behind its end (previews, a second EXIF) is cut off.
    if (marker === 0xda) {
      const end = endOfPicture(bytes, at);
      if (end === null) return null;
      kept.push(bytes.subarray(at, end));
      const [start, ...rest] = kept;
      const turned = orientation === null || orientation === 1 ? [] : [orientationSegment(orientation)];
      return Buffer.concat([start ?? Buffer.alloc(0), ...turned, ...rest]);
    }
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1) orientation ??= exifOrientation(segment);
    if (!isJpegMetadata(marker, segment)) kept.push(segment);
    at = end;
  }
  return null;
}

function isJpegMetadata(marker: number, segment: Buffer): boolean {
  if (marker === 0xfe) return true;
  if (marker < 0xe1 || marker > 0xef) return false;
  const name = segment.toString('latin1', 4, 16);
  // The colour profile and Adobe's colour transform decide how the picture looks.
  return !(marker === 0xe2 && name.startsWith('ICC_PROFILE')) && !(marker === 0xee && name.startsWith('Adobe'));
}

/** Behind the end-of-image marker. A progressive picture has tables between its scans, whose bytes may look like one. */
function endOfPicture(bytes: Buffer, from: number): number | null {
  let at = from;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return at + 2;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (at + 4 > bytes.length) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xda) at = endOfScan(bytes, at);
  }
  return null;
}

/** The next marker that is not part of the scan's data: 0xFF00 is a byte of it, 0xFFD0 to D7 restart it. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0xd9;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

/** The one tag that is kept: without it a photo taken upright would lie on its side. */
function exifOrientation(segment: Buffer): number | null {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || segment.length < 20) return null;
  const tiff = segment.subarray(10);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (offset: number): number => (little ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset));
  const u32 = (offset: number): number => (little ? tiff.readUInt32LE(offset) : tiff.readUInt32BE(offset));
  const directory = u32(4);
  if (directory + 2 > tiff.length) return null;
  const entries = u16(directory);
  for (let entry = 0; entry < entries; entry += 1) {
    const offset = directory + 2 + entry * 12;
    if (offset + 12 > tiff.length) return null;
    if (u16(offset) !== 0x0112) continue;
    const value = u16(offset + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF segment that holds the orientation and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from('ffe10000457869660000', 'hex');
  head.writeUInt16BE(2 + 6 + tiff.length, 2);
  return Buffer.concat([head, tiff]);
}

const PNG_KEPT = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP'.split(' '));

function pngWithoutMetadata(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return null;
}
