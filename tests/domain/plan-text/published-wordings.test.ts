import { describe, expect, it } from 'vitest';
import type { PlanTask } from '../../../domain/plan-text/plan-reading.ts';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';

const HEAD = '滨江区2024年城市管理工作要点\n2024年2月1日\n一、重点任务\n';

function tasksIn(body: string): PlanTask[] {
  return readPlan({ text: HEAD + body }).tasks;
}

function departmentsOf(annotation: string): string[] | undefined {
  return tasksIn(`1.清理河道漂浮物。${annotation}\n`)[0]?.departments;
}

describe('groups of areas as provinces name them', () => {
  it.each([
    '各市、州、县人民政府',
    '各市州、县市区人民政府',
    '各盟行政公署、市人民政府',
    '各州、市（地）人民政府（行政公署）',
    '各市、县（区）政府',
    '各县（市、区）政府',
    '各市（自治州）人民政府',
  ])('keeps %s whole', (group) => {
    expect(departmentsOf(`（甲局、乙局，${group}按职责分工负责）`)).toEqual(['甲局', '乙局', group]);
  });

  it('parts a government from another body', () => {
    expect(departmentsOf('（甲局，各区政府、街道办事处负责）')).toEqual(['甲局', '各区政府', '街道办事处']);
  });
});

describe('words around names', () => {
  it('leaves out what a bracket says of a group', () => {
    expect(departmentsOf('（甲局、各县政府（含高新区管委会，下同）按职责分工负责）')).toEqual(['甲局', '各县政府']);
  });

  it('stops at a sentence on the whole plan', () => {
    expect(departmentsOf('（甲局牵头，乙局配合。以下均需各市、县政府落实，不再列出）')).toEqual(['甲局', '乙局']);
  });

  it('takes members of a group behind 等 for an open end', () => {
    const [task] = tasksIn('1.清理河道。（责任单位：甲局、团市委等市河道治理领导小组成员单位）');
    expect(task).toMatchObject({ departments: ['甲局', '团市委'], openEnded: true });
  });

  it('takes 市级有关部门 for an open end', () => {
    const [task] = tasksIn('1.清理河道。（甲局、乙局、市级有关部门按职责分工负责）');
    expect(task).toMatchObject({ departments: ['甲局', '乙局'], openEnded: true });
  });

  it('keeps a newspaper, and cuts 抓好落实 off a group', () => {
    expect(departmentsOf('（责任单位：甲局、《滨江日报》社）')).toEqual(['甲局', '《滨江日报》社']);
    expect(departmentsOf('（甲局按职责分工负责，各部门抓好落实）')).toEqual(['甲局', '各部门']);
  });

  it('hears the rule on the lead in a bracket of its own', () => {
    const [task] = tasksIn('1.清理河道。责任单位：乙局、甲局（排名第一的为牵头单位）。');
    expect(task).toMatchObject({ departments: ['乙局', '甲局'], lead: ['乙局'], leadBasis: 'stated' });
  });
});

describe('days named in a roundabout way', () => {
  it.each([
    ['“十四五”期末', '2025-12-31'],
    ['2024年Q3', '2024-09-30'],
    ['2024年11月15日至30日', '2024-11-30'],
    ['国庆节前', '2024-09-30'],
    ['“五一”前', '2024-04-30'],
  ])('reads %s', (raw, date) => {
    expect(tasksIn(`1.清理河道。（责任单位：甲局；完成时限：${raw}）`)[0]?.deadline).toMatchObject({
      raw,
      kind: 'date',
      date,
    });
  });
});

describe('names that look like something else', () => {
  it.each([
    ['（共青团滨江区委、区妇联）', ['共青团滨江区委', '区妇联']],
    ['（指挥中心，每月）', ['指挥中心']],
    ['（牵头单位：甲局，配合单位：各项目牵头单位）', ['甲局', '各项目牵头单位']],
    ['（责任单位：甲局，各有关区、县级市）', ['甲局', '各有关区、县级市']],
    ['（甲局，各县区党委、政府负责）', ['甲局', '各县区党委、政府']],
    ['（甲局牵头，各街道落实属地责任）', ['甲局', '各街道']],
    [
      '（责任单位：甲局、区“无废城市”建设专班、“河长制”各成员单位）',
      ['甲局', '区“无废城市”建设专班', '“河长制”各成员单位'],
    ],
    ['｛甲局牵头，乙局配合｝', ['甲局', '乙局']],
  ])('reads %s', (annotation, departments) => {
    expect(departmentsOf(annotation)).toEqual(departments);
  });

  it('takes a star before a name for the lead that the note below the title explains', () => {
    const [task] = tasksIn('（注：加★的为牵头单位）\n1.清理河道。（责任单位：甲局、★乙局）');
    expect(task).toMatchObject({ departments: ['甲局', '乙局'], lead: ['乙局'], leadBasis: 'stated' });
  });

  it('takes a rule on the whole plan for no task', () => {
    const tasks = tasksIn(
      '（排在第一位的为牵头单位；未列明完成时限的，为长期坚持）\n1.清理河道。（责任单位：乙局、甲局）',
    );
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ lead: ['乙局'], leadBasis: 'stated' });
  });

  it('reads labels joined to their names by 为', () => {
    const [task] = tasksIn('1.清理河道，责任单位为甲局，配合单位为各街道，2024年10月底完成。');
    expect(task).toMatchObject({ departments: ['甲局', '各街道'], lead: ['甲局'], deadline: { date: '2024-10-31' } });
  });
});

describe('words of older and smaller offices', () => {
  it('reads 主办 and 会办', () => {
    const asVerbs = tasksIn('1.清理河道。（甲局主办，乙局、丙局会办）')[0];
    const asLabels = tasksIn('1.清理河道。主办：甲局，会办：乙局、丙局；时限：2024年底。')[0];
    for (const task of [asVerbs, asLabels]) {
      expect(task).toMatchObject({ departments: ['甲局', '乙局', '丙局'], lead: ['甲局'], support: ['乙局', '丙局'] });
    }
    expect(asLabels?.deadline.date).toBe('2024-12-31');
  });

  it('reads 其他责任单位 as a label', () => {
    const [task] = tasksIn('1.清理河道。（第一责任单位：甲局，其他责任单位：乙局、丙局）');
    expect(task).toMatchObject({ departments: ['甲局', '乙局', '丙局'], lead: ['甲局'], leadBasis: 'stated' });
  });
});

describe('lists as long ministries and small bureaus write them', () => {
  it.each([
    ['（区外事办，区委台办，民革、民盟区委）', ['区外事办', '区委台办', '民革', '民盟区委']],
    ['责任单位：各科室、队、所；完成时限：2024年底', ['各科室、队、所']],
    ['（提请区政府审议；责任单位：甲局、乙局）', ['甲局', '乙局']],
    ['（责任单位：甲局，各区（市）县政府（管委会））', ['甲局', '各区（市）县政府（管委会）']],
    ['（责任单位：甲局、区交投集团等区属国有企业）', ['甲局', '区交投集团']],
  ])('reads %s', (annotation, departments) => {
    expect(departmentsOf(annotation)).toEqual(departments);
  });

  it.each(['（东区）', '（东区、西区）', '（含社区）'])('takes %s for no annotation', (bracket) => {
    expect(tasksIn(`1.清理河道${bracket}。`)).toEqual([]);
  });
});

describe('what follows the departments inside a bracket', () => {
  it.each([
    ['（甲局负责，列入年度预算）', ['甲局'], 'none'],
    ['（甲局牵头，乙局配合，贯穿全年）', ['甲局', '乙局'], 'ongoing'],
    ['（责任部门：甲局、乙局，每学期开学前）', ['甲局', '乙局'], 'recurring'],
    ['（责任单位：甲局；竣工时间：2024年9月30日）', ['甲局'], 'date'],
  ])('reads %s', (annotation, departments, kind) => {
    expect(tasksIn(`1.清理河道。${annotation}`)[0]).toMatchObject({ departments, deadline: { kind } });
  });
});
