import { SYSTEM, TICK, type Actor, type Command, type Recorded } from '../../../domain/decider.ts';
import { BUREAU } from '../../../domain/decider.ts';
import { freshPart } from '../../../domain/task/decide-duties.ts';
import { openTask, type TaskOpening } from '../../../domain/task/open-task.ts';
import type { TaskCommandName, TaskCommands } from '../../../domain/task/task-commands.ts';
import { taskDecider } from '../../../domain/task/task-decider.ts';
import type { TaskFact } from '../../../domain/task/task-facts.ts';
import type { TaskState } from '../../../domain/task/task-state.ts';
import { addNaturalDays } from '../../../domain/working-time/civil-date.ts';
import { civilDate, parseInstant } from '../../../domain/working-time/instants.ts';
import { coordinator, deputy, director, head, inspector, office, opening, person } from '../task/fixture.ts';
import type { seededRandom } from '../working-time/seeded-random.ts';

export type Random = ReturnType<typeof seededRandom>;

const DEPARTMENTS = ['law', 'cases', 'traffic'];

export const ACTORS: Actor[] = [
  ...DEPARTMENTS.flatMap((department) => [coordinator(department), head(department)]),
  office,
  inspector,
  deputy,
  director,
  person('admin', BUREAU, 'administrator'),
];

/** A task of any kind of deadline, of one or several leads, taken over early or late. */
export function randomOpening(random: Random, id = 'task-1'): TaskOpening {
  const kind = random.pick(['date', 'date', 'recurring', 'ongoing', 'declared-done', 'none'] as const);
  const date = addNaturalDays('2024-02-01', random.int(0, 500));
  const several = random.int(0, 3) === 0;
  const yearly = random.int(0, 1) === 0;
  return opening({
    id,
    deadline: {
      kind,
      date: kind === 'date' || (kind === 'recurring' && yearly) ? date : null,
      every: kind === 'recurring' ? random.pick(['year', 'quarter', 'month'] as const) : null,
      soft: random.int(0, 5) === 0,
    },
    responsibilities: [freshPart('law', 'lead'), freshPart('cases', several ? 'lead' : 'support')],
    closers: several ? ['law', 'cases'] : ['law'],
    goLive: addNaturalDays('2024-06-04', random.pick([0, 0, 30, 120])),
    verifierHome: random.pick(['coordination', 'law']),
  });
}

export function opened(data: TaskOpening): { state: TaskState; first: Recorded<TaskFact>; now: number } {
  const now = parseInstant(`${data.goLive}T08:00:00+08:00`);
  const first = { type: 'TaskAssigned' as const, data: openTask(data), seq: 1, at: now, by: 'system' };
  return { state: taskDecider.evolve(null, first), first, now };
}

export const tick = (): Command => ({ id: TICK, name: TICK, payload: null, actor: SYSTEM });

/** Something that somebody might ask of the task in this state: mostly sensible, often refused. */
export function randomCommand(random: Random, state: TaskState, now: number): Command {
  const name = random.pick(NAMES);
  const payload = PAYLOADS[name](random, state, civilDate(now));
  const actor = random.pick(ACTORS);
  const paper = { decidedBy: 'leader', decidedOn: civilDate(now), file: 'scan' };
  const entered = random.int(0, 9) === 0;
  return entered
    ? { id: 'c', name, payload: payload as never, actor: person('clerk', BUREAU, 'director-office'), paper }
    : { id: 'c', name, payload: payload as never, actor };
}

/** What turns a task's life aside; asked for as often as the rest, no task would get to its end. */
const RARE = new Set<string>([
  'changePhase',
  'changeDepartments',
  'renameDepartment',
  'adjustDeadline',
  'reviseCalendar',
  'reviseText',
  'attachEvidence',
  'reportProgress',
  'confirmSubItem',
  'breakDown',
]);

/** Something that somebody may ask of the task now, found by trying; the last try where nothing was found. */
export function acceptedCommand(random: Random, state: TaskState, now: number): Command {
  let command = randomCommand(random, state, now);
  for (let tries = 0; tries < 150; tries += 1) {
    const wanted = !RARE.has(command.name) || random.int(0, 9) === 0;
    if (wanted && !taskDecider.decide(state, command, { now }).refused) break;
    command = randomCommand(random, state, now);
  }
  return command;
}

type Maker<N extends TaskCommandName> = (random: Random, state: TaskState, today: string) => TaskCommands[N];

const department = (random: Random): string => random.pick(DEPARTMENTS);
const period = (random: Random, state: TaskState): string =>
  random.pick([state.periods.find((each) => each.phase !== 'closed') ?? state.periods[0], random.pick(state.periods)])
    ?.id ?? 'once';
const about = (random: Random, state: TaskState) => ({ department: department(random), period: period(random, state) });
const later = (random: Random, today: string): string => addNaturalDays(today, random.int(-5, 90));
const order = (random: Random, state: TaskState): string =>
  state.orders.length === 0 ? 'order-0' : random.pick(state.orders).id;
const outcome = (random: Random) => random.pick(['approved', 'refused'] as const);
const evidenceDate = (random: Random, today: string): string =>
  random.pick(['2024-05-20', addNaturalDays(today, -3), today]);

const PAYLOADS: { [N in TaskCommandName]: Maker<N> } = {
  claim: (random) => ({ department: department(random) }),
  dispute: (random) => ({ department: department(random), text: 't' }),
  decideDispute: (random) => ({
    department: department(random),
    outcome: random.pick(['upheld', 'rejected'] as const),
    to: random.pick([null, ...DEPARTMENTS]),
    documentNumber: '文号',
  }),
  breakDown: (random, _state, today) => ({
    department: department(random),
    text: 't',
    measures: 1,
    milestones: [{ on: later(random, today), text: 'm' }],
  }),
  completeSubItem: (random, state, today) => ({
    department: department(random),
    item: state.subItems.length === 0 ? 'item-0' : random.pick(state.subItems).id,
    on: today,
  }),
  confirmSubItem: (random, _state, today) => ({
    origin: 'text',
    text: `s${random.int(1, 3)}`,
    due: random.pick([null, later(random, today)]),
    soft: random.int(0, 1) === 0,
  }),
  reportProgress: (random) => ({ department: department(random), status: 'normal', text: 't', indicators: [] }),
  attachEvidence: (random, state, today) => ({ ...about(random, state), file: 'f', on: today }),
  submit: (random, state, today) => ({
    ...about(random, state),
    completedOn: evidenceDate(random, today),
    text: 't',
    evidence: ['f'],
  }),
  withdrawSubmission: about,
  approveSubmission: about,
  rejectSubmission: (random, state) => ({ ...about(random, state), text: 't' }),
  verify: (random, state) => ({ ...about(random, state), completedOn: null }),
  returnSubmission: (random, state) => ({ ...about(random, state), text: 't' }),
  reportUnfinished: (random, state, today) => ({ ...about(random, state), to: later(random, today), text: 't' }),
  decideNewDate: (random, state) => ({ ...about(random, state), outcome: outcome(random) }),
  requestExtension: (random, state, today) => ({ ...about(random, state), to: later(random, today), text: 't' }),
  withdrawExtension: about,
  decideExtension: (random, state) => ({ ...about(random, state), outcome: outcome(random), minutes: '纪要' }),
  adjustDeadline: (random, state, today) => ({
    period: period(random, state),
    to: later(random, today),
    documentNumber: '文号',
    text: 't',
  }),
  changeDepartments: (random) => ({
    responsibilities: [
      { department: random.pick(DEPARTMENTS), part: 'lead' as const },
      { department: random.pick(DEPARTMENTS), part: random.pick(['lead', 'support'] as const) },
    ],
    documentNumber: '文号',
  }),
  renameDepartment: (random) => ({ from: department(random), to: department(random), documentNumber: '文号' }),
  nameGroupLead: (random) => ({ department: department(random), documentNumber: null }),
  changePhase: (random) => ({
    phase: random.pick(['suspended', 'running', 'running', 'suspended', 'stopped', 'merged'] as const),
    documentNumber: random.pick(['文号', '', '']),
    text: null,
    into: ['task-2'],
  }),
  draftOrder: (random, state) => ({ period: period(random, state) }),
  signOrder: (random, state) => ({ order: order(random, state) }),
  replyToOrder: (random, state) => ({ order: order(random, state), department: department(random), text: 't' }),
  closeOrder: (random, state) => ({ order: order(random, state) }),
  correct: (random, state) => ({ seq: 1, text: 't', period: period(random, state), completedOn: '2024-06-01' }),
  reviseText: () => ({ documentNumber: '文号', revision: 'r' }),
  reviseCalendar: (random, state) => ({
    calendar: {
      ...state.calendar,
      version: `v${random.int(1, 1000)}`,
      years: state.calendar.years.map((year) =>
        random.int(0, 2) === 0 ? { ...year, off: [...year.off, `${year.year}-08-0${random.int(1, 9)}`] } : year,
      ),
    },
    reason: '修订',
  }),
};

export const NAMES = Object.keys(PAYLOADS) as TaskCommandName[];
