import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { NoticeKind, Role } from '../../domain/decider.ts';

/** What a department can be (DOMAIN 1): a group's members each owe their own report, a task force (专班) is a department too. */
export const DEPARTMENT_KINDS = ['department', 'group', 'task-force'] as const;
export type DepartmentKind = (typeof DEPARTMENT_KINDS)[number];

/** Departments and groups. `bureau` stands for the bureau as a whole. Instants are milliseconds since the epoch. */
export const departments = pgTable(
  'departments',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    kind: text({ enum: DEPARTMENT_KINDS }).notNull(),
    active: boolean().notNull().default(true),
    /** The department's own mail address, beside its people's. */
    mail: text(),
    /** Where the duties of a merged department went; its history stays under its own name. */
    mergedInto: text('merged_into'),
    ordinal: integer().notNull().default(0),
    createdAt: bigint('created_at', { mode: 'number' }).notNull(),
    /** Rises with every change; a writer states the version that they saw. */
    version: integer().notNull().default(1),
  },
  (table) => [
    uniqueIndex('departments_name_live')
      .on(table.name)
      .where(sql`${table.active}`),
    check('departments_kind_known', sql`${table.kind} in ('department', 'group', 'task-force')`),
  ],
);

/** The names that a department has borne, so that papers of the time can be read: a renaming closes one row and opens another. */
export const departmentNames = pgTable(
  'department_names',
  {
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    name: text().notNull(),
    since: bigint({ mode: 'number' }).notNull(),
    until: bigint({ mode: 'number' }),
    documentNumber: text('document_number'),
    changedBy: text('changed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.departmentId, table.since] })],
);

export const groupMembers = pgTable(
  'group_members',
  {
    groupId: text('group_id')
      .notNull()
      .references(() => departments.id),
    memberId: text('member_id')
      .notNull()
      .references(() => departments.id),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.memberId] }),
    check('group_members_not_itself', sql`${table.groupId} <> ${table.memberId}`),
  ],
);

/** Other names for a department. Whether 城管学校 is the 教育培训中心 is a person's decision, so it keeps who decided (DOMAIN 1). */
export const departmentAliases = pgTable(
  'department_aliases',
  {
    alias: text().primaryKey(),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    decidedBy: text('decided_by').notNull(),
    decidedAt: bigint('decided_at', { mode: 'number' }).notNull(),
  },
  (table) => [index('department_aliases_department').on(table.departmentId)],
);

export const users = pgTable(
  'users',
  {
    id: text().primaryKey(),
    /** The name that is signed in with and shown. */
    name: text().notNull(),
    /** `scrypt$N$r$p$salt$hash`; null until the person has set a password by a setup link. */
    passwordHash: text('password_hash'),
    mail: text(),
    active: boolean().notNull().default(true),
    createdAt: bigint('created_at', { mode: 'number' }).notNull(),
    version: integer().notNull().default(1),
  },
  (table) => [uniqueIndex('users_name').on(table.name)],
);

/** A role that a person holds in a department (a post); bureau-wide roles are held in `bureau`. */
export const memberships = pgTable(
  'memberships',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => departments.id),
    role: text().$type<Role>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.departmentId, table.role] }),
    index('memberships_mailbox').on(table.departmentId, table.role),
  ],
);

/** Server-side sessions. Only the token's hash is kept, so a copy of the table opens no door. Real time, not the domain's. */
export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: bigint('created_at', { mode: 'number' }).notNull(),
    seenAt: bigint('seen_at', { mode: 'number' }).notNull(),
    expiresAt: bigint('expires_at', { mode: 'number' }).notNull(),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

/** One-time links: the first administrator's (no user yet), or a person's to set a password. Only the hash is kept. */
export const setupTokens = pgTable('setup_tokens', {
  tokenHash: text('token_hash').primaryKey(),
  userId: text('user_id').references(() => users.id),
  createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  expiresAt: bigint('expires_at', { mode: 'number' }).notNull(),
});

/** Failed sign-ins by name and address, counted across all API processes. */
export const loginFailures = pgTable('login_failures', {
  /** SHA-256 of name and address: a mistyped password in the name field is not kept. */
  key: text().primaryKey(),
  failures: integer().notNull(),
  since: bigint({ mode: 'number' }).notNull(),
});

export const MAIL_MODES = ['off', 'digest', 'single'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

/** Per person: which kinds come by mail, as one digest a day or singly, and when nothing is sent (issue 3, item 6). */
export const mailPreferences = pgTable(
  'mail_preferences',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id),
    mode: text({ enum: MAIL_MODES }).notNull(),
    kinds: text().array().$type<NoticeKind[]>().notNull(),
    /** `HH:mm` in Asia/Shanghai, both null where there are no quiet hours; from may be later than until (over midnight). */
    quietFrom: text('quiet_from'),
    quietUntil: text('quiet_until'),
  },
  (table) => [
    check('mail_preferences_mode_known', sql`${table.mode} in ('off', 'digest', 'single')`),
    check('mail_preferences_quiet_whole', sql`(${table.quietFrom} is null) = (${table.quietUntil} is null)`),
  ],
);
