import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';

const HEAD = '滨江区2024年城市管理工作要点\n2024年2月1日\n';

function outlineOf(body: string): [string, string, string[]][] {
  return readPlan({ text: HEAD + body }).tasks.map((task) => [task.path.join('/'), task.text, task.departments]);
}

describe('where an annotation stands', () => {
  it('reads several tasks of one paragraph, whose first sentence is their title', () => {
    const tasks = readPlan({
      text: `${HEAD}一、市容类。清理河道（责任单位：甲局）。修补路面（责任单位：乙局）。`,
    }).tasks;
    expect(tasks.map((task) => [task.path.join('/'), task.heading, task.text])).toEqual([
      ['一/¶1', '市容类', '清理河道'],
      ['一/¶2', '市容类', '修补路面'],
    ]);
  });

  it('reads a whole body on one line', () => {
    const line =
      '一、重点任务 （一）市容整治 1.清理河道。（责任单位：甲局）2.修补路面。（责任单位：乙局）（二）队伍建设 1.开展培训。（责任单位：丙局）';
    expect(outlineOf(line)).toEqual([
      ['一/（一）/1/¶1', '清理河道。', ['甲局']],
      ['一/（一）/2/¶1', '修补路面。', ['乙局']],
      ['一/（二）/1/¶1', '开展培训。', ['丙局']],
    ]);
  });

  it('lets one line serve the items above it, and no further', () => {
    const body =
      '（一）源头\n1.清理河道。\n2.修补路面。\n责任单位：甲局\n完成时限：2024年6月\n（二）末端\n1.建设转运站。\n责任单位：乙局\n';
    expect(outlineOf(body)).toEqual([
      ['（一）/1/¶1', '清理河道。', ['甲局']],
      ['（一）/2/¶1', '修补路面。', ['甲局']],
      ['（二）/1/¶1', '建设转运站。', ['乙局']],
    ]);
  });

  it('joins the paragraphs that stand above one line', () => {
    expect(outlineOf('（一）优化职能\n理顺职责关系。\n完善监管。\n责任单位：甲局')).toEqual([
      ['（一）/¶1', '理顺职责关系。\n完善监管。', ['甲局']],
    ]);
  });

  it('numbers dashes below their heading', () => {
    expect(outlineOf('（一）源头\n——清理河道。责任单位：甲局。\n——修补路面。责任单位：乙局。')).toEqual([
      ['（一）/¶1', '清理河道。', ['甲局']],
      ['（一）/¶2', '修补路面。', ['乙局']],
    ]);
  });

  it('counts 一、 to 三十、 as numbers of tasks', () => {
    const numbers = ['一', '九', '十', '十一', '二十', '二十九', '三十'];
    const body = numbers.map((number) => `${number}、办理第${number}件实事。（责任单位：甲局）`).join('\n');
    expect(outlineOf(body).map(([path]) => path)).toEqual(numbers.map((number) => `${number}/¶1`));
  });

  it('joins lines that a page broke, running heads included', () => {
    const body =
      '1.清理河道漂浮物，保持水面清洁。（责任单位：甲\n\n— 2 —\n滨江区人民政府公报\n局；完成时限：2024年\n6月）\n\n— 3 —\n滨江区人民政府公报\n2.修补路面。（责任单位：乙局）';
    expect(outlineOf(body)).toEqual([
      ['1/¶1', '清理河道漂浮物，保持水面清洁。', ['甲局']],
      ['2/¶1', '修补路面。', ['乙局']],
    ]);
  });

  it('asks about an item without an annotation among items with one', () => {
    const { tasks, problems } = readPlan({
      text: `${HEAD}1.清理河道，全面清除漂浮物。（责任单位：甲局）\n2.修补路面，更换破损的井盖。\n3.整治招牌，拆除违规的牌匾。（责任单位：乙局）`,
    });
    expect(tasks).toHaveLength(2);
    expect(problems).toContainEqual(expect.objectContaining({ line: 4, code: 'item-without-annotation' }));
  });

  it('takes text with the heading that carries the annotation', () => {
    const [task] = readPlan({
      text: `${HEAD}（一）源头管控（责任单位：甲局）\n摸排点位，建立台账。\n（二）末端处置（责任单位：乙局）`,
    }).tasks;
    expect(task).toMatchObject({ heading: '源头管控', text: '源头管控\n摸排点位，建立台账。' });
  });

  it('gives the line on which the sentence begins', () => {
    expect(readPlan({ text: `${HEAD}\n\n1.清理河道。\n\n责任单位：甲局` }).tasks[0]?.source.line).toBe(5);
  });
});

describe('tables', () => {
  const rows = [
    '| 序号 | 重点任务 | 具体措施 | 牵头单位 | 配合单位 | 完成时限 |',
    '| 1 | 市容整治 | 清理河道 | 甲局 | 乙局、丙局 | 2024年6月 |',
    '| | | 修补路面 | | | |',
    '| 2 | 队伍建设 | 开展培训 | 丁局 | / | 每季度 |',
  ];

  it('reads rows with merged cells, and says what was inherited', () => {
    const { tasks, problems } = readPlan({ text: `${HEAD}${rows.join('\n')}` });
    expect(
      tasks.map((task) => [task.path.join('/'), task.heading, task.text, task.departments, task.deadline.kind]),
    ).toEqual([
      ['1/¶1', '市容整治', '清理河道', ['甲局', '乙局', '丙局'], 'date'],
      ['1/¶2', '市容整治', '修补路面', ['甲局', '乙局', '丙局'], 'date'],
      ['2/¶1', '队伍建设', '开展培训', ['丁局'], 'recurring'],
    ]);
    expect(problems).toContainEqual(expect.objectContaining({ line: 5, code: 'table-cell-inherited' }));
  });

  it('reads tab-separated rows alike', () => {
    const tabbed = rows.map((row) => row.slice(2, -2).split(' | ').join('\t')).join('\n');
    expect(readPlan({ text: `${HEAD}${tabbed}` }).tasks.map((task) => task.text)).toContain('开展培训');
  });

  it('goes on over a page break with and without a repeated head, and stops at a total', () => {
    const text = [...rows, '— 4 —', rows[0], '| 3 | 宣传 | 印发手册 | 戊局 | | 长期 |', '| 合计 | 4项 | | | | |'].join(
      '\n',
    );
    expect(readPlan({ text: HEAD + text }).tasks.map((task) => task.text)).toEqual([
      '清理河道',
      '修补路面',
      '开展培训',
      '印发手册',
    ]);
  });

  it('reads one cell a line, with heads and cells broken over lines', () => {
    const cells =
      '序号\n工作任务\n责任\n单位\n完成\n时限\n1\n清理河道漂浮物，做到\n日产日清\n区水务局、各街镇\n2024年6月\n2\n修补路面\n区城管局\n每季度';
    expect(outlineOf(cells)).toEqual([
      ['1/¶1', '清理河道漂浮物，做到日产日清', ['区水务局', '各街镇']],
      ['2/¶1', '修补路面', ['区城管局']],
    ]);
  });

  it('takes the names of the second head row, and the rule that a head states', () => {
    const parted =
      '| 任务 | 责任分工 | 责任分工 | 时限 |\n| | 牵头单位 | 配合单位 | |\n| 清理河道 | 甲局 | 乙局 | 每季度 |';
    expect(readPlan({ text: parted }).tasks).toMatchObject([
      { lead: ['甲局'], leadBasis: 'stated', support: ['乙局'] },
    ]);
    const ruled = '| 任务 | 责任单位（排在首位的为牵头单位） | 时限 |\n| 清理河道 | 甲局、乙局 | 每季度 |';
    expect(readPlan({ text: ruled }).tasks).toMatchObject([{ lead: ['甲局'], leadBasis: 'stated', support: ['乙局'] }]);
  });

  it('puts a row together again that a cell with line breaks broke', () => {
    const text = '| 任务 | 责任单位 | 时限 |\n| 清理河道 | 甲局\n乙局 | 每季度 |\n| 修补路面 | 丙局 | 长期 |';
    expect(readPlan({ text }).tasks.map((task) => [task.departments, task.source.line])).toEqual([
      [['甲局', '乙局'], 2],
      [['丙局'], 4],
    ]);
  });

  it('puts rows that span the table into the path', () => {
    const text =
      '| 一、市容整治 |\n| 序号 | 任务 | 责任单位 |\n| 1 | 清理河道 | 甲局 |\n| 二、队伍建设 |\n| 2 | 开展培训 | 乙局 |';
    expect(outlineOf(text)).toEqual([
      ['一/1/¶1', '清理河道', ['甲局']],
      ['二/2/¶1', '开展培训', ['乙局']],
    ]);
  });
});

describe('deadlines that only the sentence names', () => {
  it('takes the last one and says so', () => {
    const { tasks, problems } = readPlan({ text: `${HEAD}1.5月底前出台办法，11月底前开展评估。（责任单位：甲局）` });
    expect(tasks[0]?.deadline).toMatchObject({ kind: 'date', date: '2024-11-30', from: 'text' });
    expect(tasks[0]?.textDeadlines.map((deadline) => deadline.date)).toEqual(['2024-05-31', '2024-11-30']);
    expect(problems.map((problem) => problem.code)).toContain('deadline-from-sentence');
  });

  it('takes the coming year for a plan issued in December whose tasks name that year', () => {
    const { tasks } = readPlan({
      text: '滨江区改革任务分工方案\n2020年12月28日\n1.清理河道。（甲局牵头，2021年3月底前完成）\n2.修补路面。（乙局负责，年底前完成）',
    });
    expect(tasks.map((task) => task.deadline.date)).toEqual(['2021-03-31', '2021-12-31']);
    expect(tasks[1]?.deadline.yearAssumed).toBe(true);
  });

  it('does not take a description or history for a limit', () => {
    const [task] = readPlan({
      text: `${HEAD}1.改造2000年底前建成的老旧小区，近五年内未处理的一并清理。（责任单位：甲局）`,
    }).tasks;
    expect(task?.deadline.kind).toBe('none');
  });
});

describe('anything at all', () => {
  it.each(['', '\uFEFF', '\n\n\n', '（', '|', '一、', '责任单位：', '\u0000\u0001', '💥'.repeat(50)])(
    '%j is refused, not thrown at',
    (text) => {
      const { tasks, problems } = readPlan({ text });
      expect(tasks).toEqual([]);
      expect(problems.map((problem) => problem.code)).toEqual(['no-annotation']);
    },
  );
});
