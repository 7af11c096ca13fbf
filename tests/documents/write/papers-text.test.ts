import { expect, test } from 'vitest';
import { paperDocx } from '../../../documents/write/docx-papers.ts';
import type { Paper } from '../../../domain/papers/paper.ts';
import { docxParts } from './docx-parts.ts';
import { extension, handover, order } from './sample-papers.ts';

async function textOf(paper: Paper): Promise<string> {
  const { paragraphs } = await docxParts(await paperDocx(paper));
  return paragraphs.map(({ text }) => text).join('\n');
}

test('the handover lists every task with part, others and deadline, and says by when to claim', async () => {
  const text = await textOf(handover(3));
  expect(text).toContain('政策法规处：');
  expect(text).toContain('承担的3项任务（牵头2项，配合1项）');
  expect(text).toContain('《执法质量提升行动计划（2026—2027年）》（示城管〔2026〕12号）');
  expect(text).toMatch(/二（一）2\n组织全体执法人员.*\n配合\n（其他：教育训练中心）\n2027年6月30日/);
});

test('a task that nobody must claim is not asked to be claimed', async () => {
  expect(await textOf(handover(1))).toContain('请于2026年11月9日前完成认领');
  expect(await textOf(handover(1, { claimBy: null }))).not.toContain('前完成认领');
});

test('the order names task, both dates, lateness and the day of reply; its form repeats them', async () => {
  const text = await textOf(order());
  expect(text).toContain('完成时限为2026年10月31日（原定2026年9月30日），已逾期12天，尚未办结。');
  expect(text).toContain('最近一次报告的情况：培训大纲正在征求意见。');
  expect(text).toContain('请于2026年11月9日前书面回复（见附件）。');
  expect(text).toMatch(/督办回复单[\s\S]*二（一）1第1段“组织全体执法人员/);
});

test('a draft order leaves the date to be written by hand, one without a word says so', async () => {
  const text = await textOf(order({ signedOn: null, replyBy: null, lastWord: null, daysLate: 0 }));
  expect(text).not.toMatch(/2026年11月2日/);
  expect(text).toContain('年　　月　　日');
  expect(text).toContain('至今未见进展报告。');
  expect(text).not.toContain('逾期');
});

test('a reply stands in the form, in the lines in which it was written', async () => {
  const reply = { department: '政策法规处', on: '2026-11-06', text: '原因：师资不足。\n已增聘三人。' };
  const text = await textOf(order({ reply }));
  expect(text).toContain('原因：师资不足。\n已增聘三人。');
  expect(text).toContain('2026年11月6日');
});

test('the extension form shows earlier extensions, the reason and the decision with its minutes', async () => {
  const decided = await textOf(
    extension({
      originalDue: '2026-06-30',
      earlier: [{ from: '2026-06-30', to: '2026-12-31', on: '2026-06-20', level: '分管局领导' }],
      level: '局领导',
      decision: { outcome: 'approved', on: '2026-11-28', minutes: '示城管办〔2026〕30号' },
    }),
  );
  expect(decided).toContain('2026年12月31日（原定2026年6月30日）');
  expect(decided).toContain('由2026年6月30日延至2026年12月31日（2026年6月20日，分管局领导批准）');
  expect(decided).toContain('师资名单须重新确定。\n拟于明年二月底前完成。');
  expect(decided).toContain('局领导意见');
  expect(decided).toContain('同意延期（示城管办〔2026〕30号）');
});

test('a form without a request keeps its blanks', async () => {
  const text = await textOf(extension({ request: null }));
  expect(text).toContain('延期理由');
  expect(text).not.toContain('2027年2月28日');
});

test('characters that XML cannot hold are left out, markup stays text', async () => {
  const odd = `甲\u0000\u0008乙\uD800<w:b/>&"丙"`;
  const { document } = await docxParts(await paperDocx(order({ lastWord: odd })));
  expect(document).toContain('甲乙&lt;w:b/&gt;&amp;');
  expect(document).not.toMatch(/[^\P{Cc}\t\n\r]|\p{Cs}/u);
});

const titled = (title: string): Paper => handover(1, { plan: { title, documentNumber: null } });

test('a plan whose title quotes another one keeps one pair of double marks outside', async () => {
  expect(await textOf(titled('关于落实《三年行动计划》的意见'))).toContain('根据《关于落实〈三年行动计划〉的意见》，');
  expect(await textOf(titled('《三年行动计划》'))).toContain('根据《三年行动计划》，');
});
