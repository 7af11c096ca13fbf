import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readPlanDocument } from '../../documents/read-plan-document.ts';
import { DocumentRefused } from '../../documents/document-refused.ts';
import { NOBODY_NAMED } from '../../db/plans/department-directory.ts';
import { BUREAU } from '../../domain/decider.ts';
import { planOpenings } from '../../domain/plan-opening/plan-openings.ts';
import type { PlanReading } from '../../domain/plan-text/plan-reading.ts';
import { DEFAULT_POLICY } from '../../domain/policy/default-policy.ts';
import { ASSUMPTIONS, rehearse, type Assumption } from '../../domain/rehearsal/rehearse.ts';
import { rehearsedItem, type RehearsedItem } from '../../domain/rehearsal/rehearsed-item.ts';
import { isCivilDate, yearOf } from '../../domain/working-time/civil-date.ts';
import { atTimeMs } from '../../domain/working-time/instants.ts';
import { calendarThrough } from '../../domain/working-time/provisional-year.ts';
import { publishedSeedYears } from '../../domain/working-time/published-years.ts';

// `npm run -s rehearse -- FILE --from D --to D`: what a plan will cause, without a running stack: names as written,
// the calendar and the policy that ship with the program. `--from` is go-live, which happens at 00:00.

const USAGE =
  '用法：npm run -s rehearse -- 文件 --from 日期 --to 日期 [--assume silence|on-time] [--json]（日期写作 YYYY-MM-DD，含首尾两天）';
const FURTHEST_YEAR = 2097;

class BadArguments extends Error {}

interface Arguments {
  file: string;
  from: string;
  to: string;
  assume: Assumption;
  json: boolean;
}

function readArguments(argv: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      assume: { type: 'string', default: 'silence' },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...others] = positionals;
  const { from, to, assume, json } = values;
  if (file === undefined || others.length > 0 || from === undefined || to === undefined) throw new BadArguments(USAGE);
  for (const [name, date] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    if (!isCivilDate(date) || yearOf(date) < 2001 || yearOf(date) > FURTHEST_YEAR)
      throw new BadArguments(`${name} 须为2001至${FURTHEST_YEAR}年间存在的日期，写作 YYYY-MM-DD：${date}`);
  }
  if (to < from) throw new BadArguments(`--to（${to}）早于 --from（${from}）`);
  const assumption = ASSUMPTIONS.find((each) => each === assume);
  if (assumption === undefined) throw new BadArguments(`--assume 只能是 ${ASSUMPTIONS.join(' 或 ')}：${assume}`);
  return { file, from, to, assume: assumption, json };
}

async function readPlan(file: string): Promise<PlanReading> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new BadArguments(`找不到文件 ${file}。`);
    if (error.code === 'EISDIR') throw new BadArguments(`${file} 是文件夹，请给出文件。`);
    throw new BadArguments(`无法读取 ${file}。`);
  });
  const { reading } = await readPlanDocument({ bytes, filename: basename(file) });
  if (reading.tasks.length === 0)
    throw new BadArguments(reading.problems[0]?.detail ?? '文件中没有责任单位、完成时间等任务标注，不是行动计划。');
  return reading;
}

function rehearsePlan(reading: PlanReading, { from, to, assume }: Arguments): RehearsedItem[] {
  const dates = [
    to,
    reading.horizon?.to,
    ...reading.tasks.map((task) => task.deadline.date),
    ...reading.evaluations.map((e) => e.dueOn),
  ];
  const years = dates.filter((date) => date !== null && date !== undefined).map(yearOf);
  const openings = planOpenings({
    id: 'plan',
    issuedOn: reading.issuedOn,
    goLive: from,
    horizon: reading.horizon,
    evaluations: reading.evaluations,
    items: reading.tasks.map((task, index) => ({
      taskId: `task-${index + 1}`,
      departments: task.departments.length > 0 ? task.departments : [NOBODY_NAMED],
      lead: task.departments.length > 0 ? task.lead : [NOBODY_NAMED],
      leadBasis: task.leadBasis,
      deadline: task.deadline,
      textDeadlines: task.textDeadlines,
      confirmedDeadlines: [],
    })),
    resolve: (name) => ({ department: name, members: [] }),
    calendar: calendarThrough(publishedSeedYears(), Math.min(2099, Math.max(...years) + 2), 'seed'),
    policy: DEFAULT_POLICY,
    offices: {
      verifier: { department: BUREAU, role: 'supervising-office' },
      alternateVerifier: { department: BUREAU, role: 'director-office' },
      verifierHome: '综合协调处',
    },
    newId: identify(),
  });
  for (const { taskId, detail } of openings.refused) process.stderr.write(`${taskId}：${detail}\n`);
  const sent = rehearse({ ...openings, openedAt: atTimeMs(from, '00:00'), from, to, assume });
  const texts = new Map(reading.tasks.map((task, index) => [`task-${index + 1}`, task]));
  return sent.map((each) =>
    rehearsedItem(
      each,
      (id) => texts.get(id) ?? null,
      (department) => (department === BUREAU ? '全局' : department),
    ),
  );
}

function identify(): (kind: 'sheet' | 'evaluation') => string {
  let made = 0;
  return (kind) => `${kind}-${(made += 1)}`;
}

try {
  const wanted = readArguments(process.argv.slice(2));
  const items = rehearsePlan(await readPlan(wanted.file), wanted);
  if (wanted.json) process.stdout.write(`${JSON.stringify({ items }, null, 2)}\n`);
  else
    for (const { at, kind, to, task, detail } of items)
      process.stdout.write(`${at}  ${kind}  ${to}  ${task ?? ''}  ${detail}\n`);
} catch (error) {
  const unknown = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof BadArguments || error instanceof DocumentRefused || unknown)) throw error;
  process.stderr.write(`${unknown ? `不认识的参数。${USAGE}` : error.message}\n`);
  process.exitCode = 1;
}
