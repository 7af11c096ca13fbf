import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';

const SIZE = 120_000;

function filled(piece: string): string {
  return piece.repeat(Math.ceil(SIZE / piece.length));
}

// A text that makes a pattern backtrack or a list be walked again for every line stalls the upload of everybody: each of
// these once took minutes, or the stack, in some reader of such texts. The runner's own limit is the judge of "stalls".
const TEXTS: Record<string, string> = {
  'opening brackets only': filled('（'),
  'closing brackets only': filled('）'),
  'brackets nested around a label': `${'（'.repeat(SIZE / 2)}责任单位：市城管局${'）'.repeat(SIZE / 2)}`,
  'labels without names': filled('责任单位：'),
  'annotations that never close': filled('（责任单位：市城管局'),
  'separators only': filled('、'),
  'spaces before an annotation': `${filled(' ')}（责任单位：市城管局）`,
  'empty lines before an annotation': `${filled('\n')}责任单位：市城管局`,
  'blank lines': filled('  \n'),
  'one table row without end': `${filled('| 任务 | 责任单位 ')}|`,
  'table heads only': filled('| 任务 | 责任单位 |\n'),
  'numbers without text': filled('1.\n'),
  'Chinese numbers without text': filled('一、'),
  'items that one line at the end serves': `${filled('1.清理河道漂浮物。\n')}责任单位：市水务局\n`,
  'cells, one a line': `序号\n任务\n责任单位\n完成时限\n${filled('1\n清理河道\n市水务局\n2025年6月\n')}`,
  'years without end': filled('2024'),
  'deadlines in one annotation': `清理河道。（责任单位：市水务局；完成时限：${filled('2024年3月')}）`,
  'names in one annotation': `清理河道。（${filled('市水务局、')}）`,
  'leads that never close': filled('（市水务局牵头，'),
  'title marks that never close': filled('《'),
  'replacement characters': filled('\uFFFD'),
  'one line of Chinese without a stop': filled('违'),
};

describe('texts made to stall a reader', () => {
  it.each(Object.keys(TEXTS))('%s', (name) => {
    const reading = readPlan({ text: TEXTS[name] ?? '' });
    expect(reading.tasks.length + reading.problems.length).toBeGreaterThan(0);
  });
});
