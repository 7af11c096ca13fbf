import type { EvidenceRow, FileRow, TaskPageRow } from '../db/queries/task-page.ts';
import type { Actor } from '../domain/decider.ts';
import { availableCommands } from '../domain/task/available-commands.ts';
import { taskTimerText } from '../domain/task/event-text.ts';
import { taskTimers } from '../domain/task/task-tick.ts';
import type { Period, TaskState } from '../domain/task/task-state.ts';
import { isoShanghai } from '../domain/working-time/instants.ts';
import { OFFERED_COMMANDS, type OfferedCommandName } from './task-command-bodies.ts';
import { instantOrNull } from './task-view.ts';

/** The names and words that a task's ids stand for. */
export interface TaskNames {
  departments: Map<string, string>;
  users: Map<string, string>;
  texts: Map<string, string>;
  files: Map<string, FileRow>;
}

const NEXT_SHOWN = 12;

export interface TaskPageInput {
  row: TaskPageRow;
  names: TaskNames;
  evidence: EvidenceRow[];
  actor: Actor;
  now: number;
}

export function taskPageView({ row, names, evidence, actor, now }: TaskPageInput) {
  const { state } = row;
  const department = (id: string) => named(names.departments, id);
  return {
    id: state.id,
    seq: row.seq,
    plan: { id: state.plan, title: row.planTitle, documentNumber: row.planDocumentNumber },
    path: row.path ?? [],
    section: row.section,
    heading: row.heading,
    text: row.text ?? '',
    basis: row.basis,
    departmentsAsWritten: row.departmentsAsWritten ?? [],
    openEnded: row.openEnded ?? false,
    flags: row.flags ?? [],
    deadline: { kind: state.deadlineKind, raw: row.deadlineRaw },
    textDeadlines: row.textDeadlines ?? [],
    indicators: row.indicators ?? [],
    phase: state.phase,
    state: row.listState,
    lateness: row.lateness,
    issuedOn: state.issuedOn,
    goLive: state.goLive,
    openedAt: isoShanghai(state.openedAt),
    closedAt: instantOrNull(state.closedAt),
    leadBasis: state.leadBasis,
    claimBy: state.claim?.on ?? null,
    verifier: { department: department(state.verifier.department), role: state.verifier.role },
    responsibilities: state.responsibilities.map((one) => ({
      department: department(one.department),
      part: one.part,
      via: one.via === null ? null : department(one.via),
      closes: state.closers.includes(one.department),
      claimedAt: instantOrNull(one.claimedAt),
      disputedAt: instantOrNull(one.disputedAt),
      breakdown:
        one.breakdown === null
          ? null
          : { text: names.texts.get(one.breakdown.text) ?? null, measures: one.breakdown.measures },
      lastReport:
        one.lastReport === null
          ? null
          : {
              at: isoShanghai(one.lastReport.at),
              status: one.lastReport.status,
              text: names.texts.get(one.lastReport.text) ?? null,
            },
    })),
    periods: state.periods.map((period) => periodView(period, names)),
    subItems: state.subItems.map((item) => ({
      id: item.id,
      origin: item.origin,
      department: item.department === null ? null : department(item.department),
      text: names.texts.get(item.text) ?? item.text,
      due: item.due,
      soft: item.soft,
      doneOn: item.doneOn,
      overdueAt: instantOrNull(item.overdueAt),
    })),
    orders: state.orders.map((order) => ({
      id: order.id,
      period: order.period,
      draftedAt: isoShanghai(order.draftedAt),
      signedAt: instantOrNull(order.signedAt),
      signedBy: order.signedBy === null ? null : (names.users.get(order.signedBy) ?? order.signedBy),
      replyBy: order.reply?.on ?? null,
      repliedAt: instantOrNull(order.repliedAt),
      replyOverdueAt: instantOrNull(order.replyOverdueAt),
      closedAt: instantOrNull(order.closedAt),
    })),
    evidence: evidence.flatMap((one) => {
      const file = names.files.get(one.file);
      return file === undefined
        ? []
        : [
            {
              file,
              department: department(one.department),
              on: one.on,
              period: one.period,
              at: isoShanghai(one.at),
              by: named(names.users, one.by),
            },
          ];
    }),
    nextDue: nextDue(state),
    actions: actions(state, actor, now),
  };
}

function periodView(period: Period, names: TaskNames) {
  const { extension, newDate } = period;
  const text = (id: string) => names.texts.get(id) ?? null;
  return {
    id: period.id,
    from: period.from,
    to: period.to,
    intake: period.intake,
    phase: period.phase,
    originalDue: period.originalDue,
    due: period.due,
    soft: period.soft,
    provisional: period.dueLimit?.provisional ?? false,
    entryBy: period.entry?.on ?? null,
    overdue: period.overdue.map(({ at }) => isoShanghai(at)),
    extension:
      extension === null
        ? null
        : {
            department: named(names.departments, extension.department),
            requestedAt: isoShanghai(extension.requestedAt),
            requestedBy: named(names.users, extension.requestedBy),
            to: extension.to,
            text: text(extension.text),
            level: extension.level,
            decideBy: extension.decide.on,
          },
    extensions: period.extensions.map(({ from, to, decidedAt, level }) => ({
      from,
      to,
      decidedAt: isoShanghai(decidedAt),
      level,
    })),
    adjustments: period.adjustments.map(({ from, to, at, documentNumber }) => ({
      from,
      to,
      at: isoShanghai(at),
      documentNumber,
    })),
    newDate:
      newDate === null
        ? null
        : {
            department: named(names.departments, newDate.department),
            to: newDate.to,
            text: text(newDate.text),
            requestedAt: isoShanghai(newDate.requestedAt),
          },
    submissions: period.submissions.map((one) => ({
      department: named(names.departments, one.department),
      phase: one.phase,
      submittedAt: isoShanghai(one.submittedAt),
      submittedBy: named(names.users, one.submittedBy),
      approvedAt: instantOrNull(one.approvedAt),
      approvedBy: one.approvedBy === null ? null : named(names.users, one.approvedBy),
      verifyBy: one.verify?.on ?? null,
      verifyOverdueAt: instantOrNull(one.verifyOverdueAt),
      completedOn: one.completedOn,
      text: text(one.text),
      evidence: one.evidence.flatMap((id) => names.files.get(id) ?? []),
    })),
    completedOn: period.completedOn,
    closedAt: instantOrNull(period.closedAt),
  };
}

function nextDue(state: TaskState) {
  return taskTimers(state)
    .sort((a, b) => a.at - b.at)
    .slice(0, NEXT_SHOWN)
    .map(({ key, at }) => ({ at: isoShanghai(at), text: taskTimerText(key) }));
}

function actions(state: TaskState, actor: Actor, now: number) {
  return availableCommands(state, actor, now).flatMap(({ name, ...about }) =>
    isOffered(name) ? [{ name, summary: OFFERED_COMMANDS[name].summary, ...about }] : [],
  );
}

function isOffered(name: string): name is OfferedCommandName {
  return name in OFFERED_COMMANDS;
}

/** A person or department under its name; `system` is what acts by the clock, an unknown id a title given on paper. */
export function named(names: Map<string, string>, id: string): { id: string; name: string } {
  return { id, name: names.get(id) ?? (id === 'system' ? '系统' : id) };
}
