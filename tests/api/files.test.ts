import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startApi, type ApiRig, type Person } from './rig/api-rig.ts';
import { jpegWithPlace, pngWithText } from './rig/sample-images.ts';

let rig: ApiRig;
let person: Person;
let keys = 0;
const MOST = 3 * 1024 * 1024;

beforeAll(async () => {
  rig = await startApi({ maxFileBytes: MOST });
  person = await rig.signIn({ department: 'dep-a', role: 'coordinator' });
});
afterAll(() => rig.close());

const BOUNDARY = 'boundary-of-the-test';

function formHead(name: string, field = 'file', type = 'text/html'): string {
  return `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
}

function formRest(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

function upload(
  name: string,
  content: Buffer | PassThrough,
  { key = `k-${(keys += 1)}`, field = 'file', type = 'text/html' } = {},
) {
  return rig.app.inject({
    method: 'POST',
    url: '/api/files',
    headers: {
      cookie: person.cookie,
      'idempotency-key': key,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
    payload: Buffer.isBuffer(content)
      ? Buffer.concat([Buffer.from(formHead(name, field, type)), formRest(content)])
      : content,
  });
}

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

test('a file is stored sealed and comes back as it was, under its own name', async () => {
  const bytes = Buffer.concat([PDF, Buffer.alloc(2_500_000, 'evidence ')]);
  const stored = await upload('巡查记录 第1号.pdf', bytes);
  expect(stored.statusCode).toBe(201);
  expect(stored.json()).toMatchObject({
    name: '巡查记录 第1号.pdf',
    mediaType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const back = await person.get(`/api/files/${stored.json().id}`);
  expect(back.rawPayload.equals(bytes)).toBe(true);
  expect(back.headers['content-disposition']).toBe(
    `inline; filename="____ _1_.pdf"; filename*=UTF-8''${encodeURIComponent('巡查记录 第1号.pdf')}`,
  );
  expect(back.headers['content-security-policy']).toContain('sandbox');
  const { rows } = await rig.pool.query<{ sealed: Buffer }>('select sealed from file_chunks where file_id = $1', [
    stored.json().id,
  ]);
  expect(rows).toHaveLength(3);
  expect(rows.some((row) => row.sealed.includes(Buffer.from('evidence evidence')))).toBe(false);
  const { statusCode } = await rig.app.inject(`/api/files/${stored.json().id}`);
  expect(statusCode).toBe(401);
});

test('what the bytes are decides, not what the sender says', async () => {
  const png = await upload('a.txt', pngWithText('x'), { type: 'text/plain' });
  expect(png.json()).toMatchObject({ mediaType: 'image/png' });
  for (const [name, bytes] of [
    ['photo.jpg', Buffer.from('<html><script>alert(1)</script></html>')],
    ['run.exe', Buffer.from('MZ\u0090\u0000')],
    ['page.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['notes.txt', Buffer.from([0x68, 0x69, 0x00, 0x01])],
  ] as const) {
    const answer = await upload(name, bytes);
    expect([name, answer.statusCode, answer.json().code]).toEqual([name, 415, 'unsupported-file']);
  }
  const text = await upload('说明.txt', Buffer.from('完成情况说明'));
  const back = await person.get(`/api/files/${text.json().id}`);
  expect(back.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(back.headers['content-disposition']).toMatch(/^attachment/);
});

test('a photo loses where it was taken and keeps its picture and the way up', async () => {
  const { bytes, picture } = jpegWithPlace();
  expect(bytes.includes('GPS-PLACE')).toBe(true);
  const stored = await upload('现场.jpg', bytes);
  const back = (await person.get(`/api/files/${stored.json().id}`)).rawPayload;
  expect(back.includes('GPS-PLACE')).toBe(false);
  expect(back.includes('CAMERA-MAKER')).toBe(false);
  expect(back.includes('AFTER-THE-END')).toBe(false);
  expect(back.includes(picture)).toBe(true);
  // Orientation 6, in a segment of its own.
  expect(back.subarray(0, 4).toString('hex')).toBe('ffd8ffe1');
  expect(back.readUInt16BE(30)).toBe(6);
  expect(stored.json().sha256).toBe(createHash('sha256').update(back).digest('hex'));
});

test('a PNG loses its texts', async () => {
  const bytes = pngWithText('GPS-PLACE');
  const stored = await upload('现场.png', bytes);
  const back = (await person.get(`/api/files/${stored.json().id}`)).rawPayload;
  expect(bytes.includes('GPS-PLACE')).toBe(true);
  expect(back.includes('GPS-PLACE')).toBe(false);
  expect(back.includes('IDAT')).toBe(true);
});

test('a photo whose structure cannot be followed is refused rather than kept as it is', async () => {
  const { bytes } = jpegWithPlace();
  const answer = await upload('坏.jpg', bytes.subarray(0, 40));
  expect([answer.statusCode, answer.json().code]).toEqual([422, 'damaged-file']);
});

test('a file beyond the limit is 413 and says the limit', async () => {
  const answer = await upload('大.pdf', Buffer.concat([PDF, Buffer.alloc(MOST)]));
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'file-too-large']);
  expect(answer.json().detail).toContain('3 MB');
  const huge = await upload('更大.pdf', Buffer.concat([PDF, Buffer.alloc(MOST * 2)]));
  expect(huge.statusCode).toBe(413);
});

test('more uploads at once than can be held are asked to come again', async () => {
  const waiting = Array.from({ length: 4 }, () => new PassThrough());
  const held = waiting.map((body, index) => upload('慢.pdf', body, { key: `slow-${index}` }));
  for (const body of waiting) body.write(formHead('慢.pdf'));
  // A form is first read where its upload has been let in.
  await vi.waitFor(
    () => {
      if (waiting.some((body) => body.readableLength > 0)) throw new Error('the four have not begun');
    },
    { timeout: 30_000 },
  );
  const fifth = await upload('第五.pdf', PDF);
  expect([fifth.statusCode, fifth.json().code]).toEqual([503, 'uploads-busy']);
  for (const body of waiting) body.end(formRest(PDF));
  for (const answer of held) expect((await answer).statusCode).toBe(201);
  expect((await upload('之后.pdf', PDF)).statusCode).toBe(201);
});

test('the same key and file is one file; another file is refused', async () => {
  const first = await upload('a.pdf', PDF, { key: 'one' });
  expect((await upload('a.pdf', PDF, { key: 'one' })).json()).toEqual(first.json());
  const other = await upload('b.pdf', PDF, { key: 'one' });
  expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
});

test.each([
  ['..\\..\\etc\\passwd.pdf', 'passwd.pdf'],
  ['../../x.pdf', 'x.pdf'],
  ['a:b?.pdf', 'a_b_.pdf'],
])('the name %s becomes %s', async (given, kept) => {
  expect((await upload(given.replaceAll('\\', '\\\\'), PDF)).json().name).toBe(kept);
});

test('no file, an empty one and another form are refused', async () => {
  expect((await upload('a.pdf', PDF, { field: 'other' })).json().code).toBe('file-required');
  expect((await upload('a.pdf', Buffer.alloc(0))).json().code).toBe('file-required');
  const json = await person.send('POST', '/api/files', { file: 'x' });
  expect(json.statusCode).toBe(415);
  expect((await person.get('/api/files/file-none')).statusCode).toBe(404);
});

test('a piece that was changed in the database is not given out', async () => {
  const stored = await upload('a.pdf', PDF);
  await rig.pool.query(
    'update file_chunks set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256) where file_id = $1',
    [stored.json().id],
  );
  const answer = await person.get(`/api/files/${stored.json().id}`).catch(() => null);
  expect(answer === null || !answer.rawPayload.equals(PDF)).toBe(true);
});
