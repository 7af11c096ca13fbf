import { asWritten, cut, type Folded } from './folding.ts';
import { MARK_RANKS, readMark } from './number-marks.ts';
import type { Paragraph } from './paragraphs.ts';

const GOALS_HEADING =
  /^(?:主要|工作|总体|行动|发展|预期|年度|目标)?(?:目标|目标任务|目标要求|任务目标|目标和任务)(?:任务)?(?=$|[。:,.])/u;

/** Goals are few and short; past this the section's end was lost. */
const MOST_GOALS = 40;

/** The paragraphs of 主要目标 (工作目标, 总体目标 …), kept for the final comparison (DOMAIN 2). */
export function readGoals(paragraphs: readonly Paragraph[]): string[] {
  const from = paragraphs.findIndex(({ text }) => headsGoals(text));
  if (from < 0) return [];
  const goals: string[] = [];
  let rank = -1;
  for (const { text } of paragraphs.slice(from, from + 200)) {
    const mark = readMark(text, 0, true);
    if (rank < 0) {
      rank = mark === null ? 99 : MARK_RANKS[mark.kind];
      const body = cut(
        text,
        (mark?.to ?? 0) + (GOALS_HEADING.exec(text.f.slice(mark?.to ?? 0))?.[0].length ?? 0),
        text.f.length,
      );
      push(goals, body.f.replace(/^[。:,.]+/u, '') === '' ? '' : asWritten(body).replace(/^[。：:,，.．\s]+/u, ''));
      continue;
    }
    if ((mark !== null && MARK_RANKS[mark.kind] <= rank) || goals.length >= MOST_GOALS) break;
    if (rank === 99 && mark !== null) break;
    push(goals, asWritten(text));
  }
  return goals;
}

function push(goals: string[], text: string): void {
  const trimmed = text.trim();
  if (trimmed !== '') goals.push(trimmed);
}

function headsGoals(text: Folded): boolean {
  if (!text.f.slice(0, 24).includes('目标')) return false;
  const mark = readMark(text, 0, true);
  return GOALS_HEADING.test(text.f.slice(mark?.to ?? 0)) && (mark !== null || text.f.length <= 8);
}
