import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isQuiet, sendMails, type MailReport } from '../../activities/mail.ts';
import { newId } from '../../db/ids.ts';
import { openPool, type Pool } from '../../db/pool.ts';
import { freshDatabase, type TestDatabase } from '../rig/database.ts';

let database: TestDatabase;
let pool: Pool;
let server: SMTPServer;
let received: { to: string[]; text: string }[] = [];
let refusing = false;
let port = 0;
const at = (time: string, day = '2025-03-03'): number => Date.parse(`${day}T${time}:00+08:00`);

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusing) {
          done(new Error('mailbox is busy'));
          return;
        }
        const to = session.envelope.rcptTo.map((each) => each.address);
        received.push({ to, text: Buffer.concat(parts).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

beforeEach(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
  received = [];
  refusing = false;
  await pool.query(`INSERT INTO departments (id, name, kind, created_at) VALUES ('d1', '一支队', 'department', 0), ('bureau', '局', 'department', 0)
    ON CONFLICT DO NOTHING`);
  await person('u1', 'd1', 'coordinator');
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

async function person(id: string, department: string, role: string): Promise<void> {
  await pool.query('INSERT INTO users (id, name, mail, created_at) VALUES ($1, $1, $2, 0)', [id, `${id}@example.org`]);
  await pool.query('INSERT INTO memberships (user_id, department_id, role) VALUES ($1, $2, $3)', [
    id,
    department,
    role,
  ]);
}

async function notice(
  kind = 'reminder',
  to = { department: 'd1', role: 'coordinator' },
  sent = at('09:00'),
): Promise<string> {
  const id = newId();
  await pool.query(
    `INSERT INTO notifications (id, key, to_department, to_role, kind, data, due_at, at, entity_id)
     VALUES ($1, $1, $2, $3, $4, '{}', $5, $5, 'task-1')`,
    [id, to.department, to.role, kind, sent],
  );
  return id;
}

function send(now: number): Promise<MailReport> {
  return sendMails({
    pool,
    now: () => now,
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'bihuan@example.org',
    baseUrl: 'http://localhost:3000',
  });
}

async function prefer(mode: string, kinds: string[], quiet: [string, string] | null = null): Promise<void> {
  await pool.query(
    'INSERT INTO mail_preferences (user_id, mode, kinds, quiet_from, quiet_until) VALUES ($1, $2, $3, $4, $5)',
    ['u1', mode, kinds, quiet?.[0] ?? null, quiet?.[1] ?? null],
  );
}

test('a person gets one message a day over all notices of that day', async () => {
  await notice();
  await notice('escalation');
  expect(await send(at('09:05'))).toEqual({ planned: 0, sent: 0, failed: 0 });
  expect(await send(at('09:10'))).toEqual({ planned: 1, sent: 1, failed: 0 });
  expect(received.map((mail) => mail.to)).toEqual([['u1@example.org']]);
  await notice();
  expect(await send(at('15:00'))).toEqual({ planned: 0, sent: 0, failed: 0 });
  expect(await send(at('09:10', '2025-03-04'))).toEqual({ planned: 1, sent: 1, failed: 0 });
  expect(await send(at('09:10', '2025-03-05'))).toEqual({ planned: 0, sent: 0, failed: 0 });
});

test('single messages, chosen kinds only', async () => {
  await prefer('single', ['escalation']);
  await notice('reminder');
  await notice('escalation');
  await notice('escalation');
  expect(await send(at('08:00'))).toEqual({ planned: 2, sent: 2, failed: 0 });
});

test('whoever wants no mail or has read the notice gets none', async () => {
  const read = await notice();
  await pool.query('INSERT INTO notification_reads (notification_id, user_id, read_at) VALUES ($1, $2, 0)', [
    read,
    'u1',
  ]);
  expect(await send(at('10:00'))).toEqual({ planned: 0, sent: 0, failed: 0 });
  await prefer('off', ['reminder']);
  await notice();
  expect(await send(at('10:00'))).toEqual({ planned: 0, sent: 0, failed: 0 });
});

test('a mailbox that nobody holds is mailed to the supervising office', async () => {
  await person('u9', 'bureau', 'supervising-office');
  await notice('escalation', { department: 'd1', role: 'head' });
  await send(at('10:00'));
  expect(received.map((mail) => mail.to)).toEqual([['u9@example.org']]);
});

test('nothing is sent in quiet hours, and what waited goes out after them', async () => {
  await prefer('single', ['reminder'], ['22:00', '07:00']);
  await notice('reminder', undefined, at('22:30'));
  expect(await send(at('23:00'))).toEqual({ planned: 1, sent: 0, failed: 0 });
  expect(await send(at('07:00', '2025-03-04'))).toEqual({ planned: 0, sent: 1, failed: 0 });
});

test.each([
  ['12:00', '14:00', '13:59', true],
  ['12:00', '14:00', '14:00', false],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '21:59', false],
])('quiet from %s to %s at %s: %s', (quietFrom, quietUntil, time, quiet) => {
  expect(isQuiet({ quietFrom, quietUntil }, at(time))).toBe(quiet);
});

test('a refused mail is tried again with growing delays and then stays failed, with its reason', async () => {
  refusing = true;
  await notice();
  const states: unknown[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    await send(at('10:00'));
    const { rows } = await pool.query('SELECT state, attempts, next_attempt_at > now() AS later FROM deliveries');
    states.push(rows[0]);
    await pool.query('UPDATE deliveries SET next_attempt_at = now()');
  }
  expect(states.slice(0, 2)).toEqual([1, 2].map((attempts) => ({ state: 'waiting', attempts, later: true })));
  expect(states.at(-1)).toMatchObject({ state: 'failed', attempts: 6 });
  const { rows } = await pool.query<{ last_error: string }>('SELECT last_error FROM deliveries');
  expect(rows[0]?.last_error).toContain('mailbox is busy');
  refusing = false;
  expect(await send(at('11:00'))).toEqual({ planned: 0, sent: 0, failed: 0 });
});
