import { readDeadlinePhrase } from '../deadline-phrases/read-deadline-phrase.ts';
import { type DeadlineInText, deadlinesInText } from '../deadline-phrases/text-deadlines.ts';
import type { DeadlineContext } from '../deadline-phrases/deadline-phrase.ts';
import type { Annotation } from './annotation.ts';
import { fold } from './folding.ts';
import { indicatorsIn } from './indicators.ts';
import type { DraftTask } from './outline.ts';
import type { PlanDeadline, PlanProblem, PlanProblemCode, PlanTask, TextDeadline } from './plan-reading.ts';
import type { Paragraph } from './paragraphs.ts';

/** Turns drafts into tasks: lead and support, deadline, deadlines and targets of the sentence, ¶ numbers, problems. */
export function resolveTasks(
  drafts: readonly DraftTask[],
  paragraphs: readonly Paragraph[],
  context: DeadlineContext,
): { tasks: PlanTask[]; problems: PlanProblem[] } {
  const problems: PlanProblem[] = [];
  const counts = new Map<string, number>();
  let firstLeads = statesFirstLeads(paragraphs);
  const tasks = drafts.map((draft) => {
    // 下同: from here on the rule holds.
    firstLeads ||= draft.annotation.firstLeads;
    const key = draft.path.join('\u0000');
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    return resolve(draft, n, firstLeads, context, problems);
  });
  return { tasks, problems };
}

/** A note outside the annotations (注:责任单位中列第一位者为牵头单位) holds for the whole plan. */
function statesFirstLeads(paragraphs: readonly Paragraph[]): boolean {
  return paragraphs.some(({ text: { f } }) => {
    const at = f.search(/(?:第一位|第一个|第一家|列第一|排第一|首位|列首|排首)/u);
    if (at < 0) return false;
    const around = f.slice(Math.max(0, at - 20), at + 24);
    return /(?:单位|部门|科室|处室|者)/u.test(around) && /(?:牵头|主责|主办)/u.test(around) && !isInBracket(f, at);
  });
}

function isInBracket(f: string, at: number): boolean {
  const before = f.slice(Math.max(0, at - 300), at);
  return (
    before.lastIndexOf('(') > before.lastIndexOf(')') &&
    /(?:责任|牵头|负责)/u.test(before.slice(before.lastIndexOf('(')))
  );
}

function resolve(
  draft: DraftTask,
  n: number,
  firstLeads: boolean,
  context: DeadlineContext,
  problems: PlanProblem[],
): PlanTask {
  const report = (code: PlanProblemCode, detail: string): void => {
    problems.push({ line: draft.line, code, detail });
  };
  const text = fold(draft.text);
  const inText = deadlinesInText(text, context);
  const { lead, leadBasis, support } = leadOf(draft.annotation, firstLeads);
  const departments = draft.annotation.parties.map((party) => party.name);
  if (departments.length === 0) report('departments-missing', '标注里没有读出责任部门');
  if (departments.some((name) => name.includes('\uFFFD')) || draft.text.includes('\uFFFD')) {
    report('damaged-characters', '原文有损坏的字符（�），请对照原件核对');
  }
  return {
    path: [...draft.path, `¶${n}`],
    heading: draft.heading,
    text: draft.text,
    departments,
    lead,
    leadBasis,
    support,
    openEnded: draft.annotation.openEnded,
    deadline: deadlineOf(draft.annotation.deadline, text.f, inText, context, report),
    textDeadlines: inText.map(asTextDeadline),
    indicators: indicatorsIn(text),
    source: { line: draft.line },
  };
}

function asTextDeadline(found: DeadlineInText): TextDeadline {
  const deadline: TextDeadline = { raw: found.raw, date: found.date };
  if (found.soft) deadline.soft = true;
  if (found.repaired) deadline.repaired = true;
  if (found.alternative !== null) deadline.alternative = found.alternative;
  return deadline;
}

/**
 * The stated lead, else the first named, which is then an assumption (DOMAIN 1). Where the text tells helpers (配合, 参与)
 * from a single responsible department, that one is stated.
 */
function leadOf(annotation: Annotation, firstLeads: boolean): Pick<PlanTask, 'lead' | 'leadBasis' | 'support'> {
  const { parties } = annotation;
  const leads = parties.filter((party) => party.role === 'lead');
  const responsible = parties.filter((party) => party.role === 'responsible');
  const contrasted = responsible.length === 1 && parties.length > 1;
  const first = responsible[0] ?? parties[0];
  const chosen = leads.length > 0 ? leads : first === undefined ? [] : [first];
  const stated = leads.length > 0 || (chosen.length > 0 && (firstLeads || contrasted));
  return {
    lead: chosen.map((party) => party.name),
    leadBasis: stated ? 'stated' : 'assumed',
    support: parties.filter((party) => !chosen.includes(party)).map((party) => party.name),
  };
}

function deadlineOf(
  raw: string,
  sentence: string,
  inText: readonly DeadlineInText[],
  context: DeadlineContext,
  report: (code: PlanProblemCode, detail: string) => void,
): PlanDeadline {
  if (raw === '') return fromSentence(sentence, inText, context, report);
  const deadline: PlanDeadline = { ...readDeadlinePhrase(raw, context), from: 'annotation' };
  if (deadline.repaired) {
    report('deadline-repaired', `时限“${raw}”缺字，按${deadline.date ?? '上下文'}读取，请确认`);
  }
  if (deadline.alternative !== undefined) {
    report('deadline-ambiguous', `时限“${raw}”可作两种理解：${deadline.date ?? ''}或${deadline.alternative}，暂按前者`);
  }
  if (deadline.yearAssumed === true)
    report('deadline-year-assumed', `时限“${raw}”未写年份，按${deadline.date?.slice(0, 4) ?? ''}年读取`);
  if (deadline.workingDays !== undefined) {
    report('deadline-in-working-days', `时限“${raw}”以工作日计，需按工作日历推算`);
  } else if (deadline.kind === 'none') {
    report('deadline-unreadable', `时限“${raw}”无法读出日期`);
  }
  return deadline;
}

/** 每月底前公开, 每季度召开: what recurs by the sentence itself. 每年 in passing (每年新增) is no deadline. */
const RECURS =
  /每(?:半年|个?季度|年度?|个?月)(?:(?:\d{1,2}月|年|季|月)?(?:底|末)前?|\d{1,2}[日号月][^,。;]{0,3}前|至少|定期|组织|开展|召开|举办|评|公布|公开|通报|报送|集中|进行|调度)/u;

/** The annotation names no deadline: the last one of the sentence counts, and the reviewer is told so. */
function fromSentence(
  sentence: string,
  inText: readonly DeadlineInText[],
  context: DeadlineContext,
  report: (code: PlanProblemCode, detail: string) => void,
): PlanDeadline {
  const last = inText.reduce<DeadlineInText | null>((a, b) => (a === null || b.date >= a.date ? b : a), null);
  const recurs = last === null ? RECURS.exec(sentence)?.[0] : undefined;
  const raw = last?.raw ?? recurs;
  if (raw === undefined) return { raw: '', kind: 'none', date: null, every: null, repaired: false, from: 'annotation' };
  report('deadline-from-sentence', `标注没有时限，取正文中的“${raw}”`);
  if (last === null) return { ...readDeadlinePhrase(raw, context), from: 'text' };
  const deadline: PlanDeadline = {
    raw,
    kind: 'date',
    date: last.date,
    every: null,
    repaired: last.repaired,
    from: 'text',
  };
  if (last.soft) deadline.soft = true;
  if (last.yearAssumed) deadline.yearAssumed = true;
  if (last.alternative !== null) deadline.alternative = last.alternative;
  return deadline;
}
