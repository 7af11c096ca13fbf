import type { PlanDeadline, PlanReading } from '../../domain/plan-text/plan-reading.ts';

const EVERY_WORDS: Record<string, string> = { year: '每年', quarter: '每季度', month: '每月' };
const TEXT_WIDTH = 34;

function deadlineWords(deadline: PlanDeadline): string {
  const repaired = deadline.repaired ? '（已修正，待确认）' : '';
  if (deadline.kind === 'date') return `${deadline.date ?? deadline.raw}${repaired}`;
  if (deadline.kind === 'recurring') return `${EVERY_WORDS[deadline.every ?? ''] ?? deadline.raw}${repaired}`;
  if (deadline.kind === 'ongoing') return '持续推进';
  if (deadline.kind === 'declared-done') return `自报${deadline.raw}`;
  return deadline.raw === '' ? '未写明' : `未能识别：${deadline.raw}`;
}

/** Columns as a terminal shows them: a Chinese character takes two. */
function shownWidth(text: string): number {
  let width = 0;
  for (const char of text) width += (char.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return width;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - shownWidth(text)));
}

function shortened(text: string): string {
  const chars = [...text];
  return chars.length <= TEXT_WIDTH ? text : `${chars.slice(0, TEXT_WIDTH - 1).join('')}…`;
}

function taskRows(reading: PlanReading): string[][] {
  return reading.tasks.map((task, index) => [
    String(index + 1),
    task.path.join(' '),
    shortened(task.text),
    `${task.departments.join('、')}${task.openEnded ? ' 等' : ''}`,
    `${task.lead.join('、')}${task.leadBasis === 'assumed' && task.lead.length > 0 ? '（推定）' : ''}`,
    deadlineWords(task.deadline),
  ]);
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => shownWidth(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What a person wants to see first: whose plan, how much of it, and what needs a look. */
export function planSummary(reading: PlanReading): string {
  const names = new Set(reading.tasks.flatMap((task) => task.departments));
  const duties = reading.tasks.reduce((sum, task) => sum + task.departments.length, 0);
  const lines = [
    `计划：${reading.title === '' ? '（未找到标题）' : reading.title}`,
    `文号：${reading.documentNumber ?? '未找到'}　印发日期：${reading.issuedOn ?? '未找到'}`,
    ...(reading.horizon === null ? [] : [`计划期：${reading.horizon.from} 至 ${reading.horizon.to}`]),
    ...reading.evaluations.map((item) => `${item.kind === 'mid-term' ? '中期评估' : '终期评估'}：${item.dueOn} 前`),
    `任务 ${reading.tasks.length} 项，责任单位 ${names.size} 个，职责 ${duties} 条；待确认 ${reading.problems.length} 处`,
    '',
    ...table([['序号', '编号', '任务', '责任单位', '牵头', '期限'], ...taskRows(reading)]),
  ];
  if (reading.problems.length > 0) {
    lines.push('', '待确认：', ...reading.problems.map((problem) => `  第 ${problem.line} 行　${problem.detail}`));
  }
  return `${lines.join('\n')}\n`;
}
