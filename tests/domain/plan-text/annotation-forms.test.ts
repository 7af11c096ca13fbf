import { describe, expect, it } from 'vitest';
import type { PlanTask } from '../../../domain/plan-text/plan-reading.ts';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';

const HEAD = '滨江区2024年城市管理工作要点\n2024年2月1日\n一、重点任务\n';

function tasksIn(body: string): PlanTask[] {
  return readPlan({ text: HEAD + body }).tasks;
}

function only(body: string): PlanTask {
  const tasks = tasksIn(body);
  expect(tasks).toHaveLength(1);
  const [task] = tasks;
  if (task === undefined) throw new Error('no task');
  return task;
}

describe('labels and brackets', () => {
  it.each([
    '（责任部门：甲局、乙局；完成时限：2024年6月）',
    '(责任单位:甲局、乙局;完成时间:2024年6月)',
    '【责任科室：甲局，乙局；时限要求：2024年6月】',
    '〔责任处室：甲局、乙局。时间节点：2024年6月〕',
    '（承办单位：甲局、乙局）（办结时限：2024年6月）',
    '【责任单位】甲局、乙局【完成时限】2024年6月',
    '责任单位：甲局、乙局；完成时限：2024年6月。',
    '責任部門：甲局、乙局；完成時限：2024年6月。',
    '（责 任 单 位：甲 局、乙局；完成 时限：2024年6月）',
    '（责任\uFFFD位：甲局、乙局；完成时限：2024年6月）',
    '（责任单位 甲局、乙局 完成时限 2024年6月）',
    '（责任单位为：甲局、乙局，2024年6月底前完成）',
    '\n责任单位：甲局、乙局\n完成时限：2024年6月',
    '\n责任单位：\n甲局、乙局\n完成时限：\n2024年6月',
    '\n（责任单位：甲局、\n\n— 3 —\n\n乙局；完成时\n限：2024年6月）',
  ])('reads %j', (annotation) => {
    const task = only(`1.清理河道漂浮物，做到日产日清。${annotation}\n`);
    expect(task.departments).toEqual(['甲局', '乙局']);
    expect(task).toMatchObject({ lead: ['甲局'], leadBasis: 'assumed', support: ['乙局'], openEnded: false });
    expect(task.deadline).toMatchObject({ kind: 'date', date: '2024-06-30' });
    expect(task.text).toBe('清理河道漂浮物，做到日产日清。');
    expect(task.path).toEqual(['一', '1', '¶1']);
  });

  it.each([
    '（牵头单位：甲局；配合单位：乙局、丙局）',
    '（主责：甲局；协同：乙局、丙局）',
    '（牵头：甲局，责任单位：乙局、丙局）',
    '（甲局牵头，乙局、丙局按职责分工负责，2024年6月底前完成）',
    '（甲局牵头，乙局、丙局参与）',
    '（由甲局牵头，会同乙局、丙局落实）',
    '（甲局会同乙局、丙局负责）',
    '（责任单位：甲局（牵头）、乙局、丙局）',
    '（责任单位：甲局牵头，乙局、丙局配合）',
    '（甲局牵头 乙局、丙局配合）',
    '（责任单位：甲局、乙局、丙局，列第一位者为牵头单位，下同）',
  ])('reads the stated lead of %s', (annotation) => {
    expect(only(`1.清理河道漂浮物。${annotation}`)).toMatchObject({
      departments: ['甲局', '乙局', '丙局'],
      lead: ['甲局'],
      leadBasis: 'stated',
      support: ['乙局', '丙局'],
    });
  });

  it('keeps several stated leads', () => {
    expect(only('1.清理河道。（甲局、乙局牵头，丙局配合）')).toMatchObject({
      lead: ['甲局', '乙局'],
      support: ['丙局'],
    });
  });

  it('holds a rule said once for all that follows', () => {
    const tasks = tasksIn(
      '1.甲事。（责任单位：甲局、乙局，排在第一位的为牵头单位，下同）\n2.乙事。（责任单位：丙局、丁局）',
    );
    expect(tasks.map((task) => [task.lead, task.leadBasis])).toEqual([
      [['甲局'], 'stated'],
      [['丙局'], 'stated'],
    ]);
  });

  it('skips persons, contacts and aims', () => {
    const task = only('1.清理河道。\n责任领导：分管副局长\n责任单位：甲局\n联系人：办公室值班员\n完成时限：2024年6月');
    expect(task.departments).toEqual(['甲局']);
    expect(task.deadline.date).toBe('2024-06-30');
  });

  it('reads a bare list and a single name at the end of a sentence', () => {
    const tasks = tasksIn('1.清理河道。（区水务局、各街镇）\n2.修补路面。（区城管局）');
    expect(tasks.map((task) => task.departments)).toEqual([['区水务局', '各街镇'], ['区城管局']]);
  });

  it('reports an annotation whose end is lost, and reads what is there', () => {
    const { tasks, problems } = readPlan({
      text: `${HEAD}1.清理河道。（责任单位：甲局、乙局\n2.修补路面。（责任单位：丙局）`,
    });
    expect(tasks.map((task) => task.departments)).toEqual([['甲局', '乙局'], ['丙局']]);
    expect(problems).toContainEqual(expect.objectContaining({ line: 4, code: 'annotation-cut-off' }));
  });
});

describe('names', () => {
  it.each([
    ['文化和旅游局、住房和城乡建设局', ['文化和旅游局', '住房和城乡建设局']],
    ['市委编办（市规服办）、发展和改革局', ['市委编办（市规服办）', '发展和改革局']],
    ['市公安局和市城管局', ['市公安局', '市城管局']],
    ['市规划和自然资源局和市水务局', ['市规划和自然资源局', '市水务局']],
    ['市司法局以及各区人民政府', ['市司法局', '各区人民政府']],
    ['各县（市、区）人民政府', ['各县（市、区）人民政府']],
    ['各县、市、区人民政府，市教育局', ['各县、市、区人民政府', '市教育局']],
    ['市城管局 市财政局 各街道', ['市城管局', '市财政局', '各街道']],
    ['各地区、各有关单位', ['各地区', '各有关单位']],
    ['应知应会专班、城管学校', ['应知应会专班', '城管学校']],
    ['市教育局高等教育处、市体育局', ['市教育局高等教育处', '市体育局']],
  ])('%s', (list, names) => {
    expect(only(`1.清理河道。（责任单位：${list}）`)).toMatchObject({ departments: names, openEnded: false });
  });

  it.each([
    '市公安局、市城管局等',
    '市公安局、市城管局等有关部门',
    '市公安局、市城管局等5个单位',
    '市公安局、市城管局及相关单位',
  ])('%s stays open', (list) => {
    expect(only(`1.清理河道。（责任单位：${list}）`)).toMatchObject({
      departments: ['市公安局', '市城管局'],
      openEnded: true,
    });
  });

  it('takes 有关部门 for no name', () => {
    expect(only('1.清理河道。（市水务局会同有关部门负责）')).toMatchObject({
      departments: ['市水务局'],
      openEnded: true,
    });
  });
});

describe('brackets that are no annotation', () => {
  it.each([
    '1.落实《管理办法》（试行）。',
    '1.整治土地300亩（不含6亩）。',
    '1.实施三年行动（2023-2025年）。',
    '1.依照行政处罚法（第三十三条）办理。',
    '1.本办法（以下简称《办法》）由市城管局（负责解释）。',
    '1.发布通告（见附件1）。',
  ])('%s', (body) => {
    expect(tasksIn(body)).toEqual([]);
  });

  it('keeps them in the text of a task', () => {
    expect(only('1.整治土地300亩（不含6亩）（试行）。（责任单位：甲局）').text).toBe(
      '整治土地300亩（不含6亩）（试行）。',
    );
  });
});
