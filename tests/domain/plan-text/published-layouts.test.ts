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

function rectified(n: string, who: string): string {
  return `（${n}）第${n}个问题整改不到位。\n责任单位：${who}\n整改时限：2024年6月\n整改目标：消除隐患。\n整改措施：开展排查并治理。\n`;
}

describe('records of labels and values', () => {
  it.each(['/', '无', '—'])('reads on behind a label whose value is %s', (nothing) => {
    const tasks = tasksIn(`1.清理河道。\n牵头部门：甲局\n配合部门：${nothing}\n完成时限：2024年9月\n`);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ departments: ['甲局'], deadline: { kind: 'date', date: '2024-09-30' } });
  });

  it('gives aims and measures below an annotation to the item above it, not to the next annotation', () => {
    const tasks = tasksIn(rectified('一', '甲局') + rectified('二', '乙局') + rectified('三', '丙局'));
    expect(tasks.map((task) => task.departments)).toEqual([['甲局'], ['乙局'], ['丙局']]);
    expect(tasks[0]?.text).toContain('开展排查并治理');
  });
});

describe('a page that speaks of itself', () => {
  const CATALOGUE = '索引号：X00-2024-1 主题分类：城市管理\n公开时限：长期公开 责任部门：综合处\n责任部门：综合处\n';
  const FOOT = '主办单位：滨江区政府办公室\n承办单位：滨江区数据局\n网站标识码：0000000000 版权所有\n';

  it('makes no task of its catalogue and foot', () => {
    const { tasks } = readPlan({ text: `${CATALOGUE}${HEAD}1.清理河道。（责任单位：甲局）\n2.宣传节水。\n${FOOT}` });
    expect(tasks.map((task) => task.departments)).toEqual([['甲局']]);
  });

  it('is refused when nothing else is annotated', () => {
    const { tasks, problems } = readPlan({ text: `${CATALOGUE}${HEAD}1.清理河道。\n2.宣传节水。\n${FOOT}` });
    expect(tasks).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['no-annotation']);
  });

  it('does not read who answers a motion as a task', () => {
    const letter = '关于区人大代表第1号建议的答复\n一、整治情况\n1.清理河道漂浮物。\n承办单位：甲局\n2024年5月6日\n';
    expect(readPlan({ text: letter }).tasks).toEqual([]);
  });
});

describe('measures below a problem', () => {
  it('are one task, that of the problem', () => {
    const tasks = tasksIn(
      '（一）油烟扰民。\n整改目标：装净化设施。\n整改措施：\n1.开展排查。\n2.在线监测。\n责任单位：甲局\n整改时限：2024年12月\n（二）占道经营。\n整改措施：每日巡查。\n责任单位：乙局\n',
    );
    expect(tasks.map((task) => [task.path, task.text, task.departments])).toEqual([
      [['一', '（一）', '¶1'], '开展排查。\n在线监测。', ['甲局']],
      [['一', '（二）', '¶1'], '每日巡查。', ['乙局']],
    ]);
  });

  it('are still several where nothing says that they are measures', () => {
    expect(tasksIn('（一）油烟扰民\n1.开展排查。\n2.在线监测。\n责任单位：甲局\n')).toHaveLength(2);
  });

  it('may be followed by numbered labels that end in a full stop', () => {
    const tasks = tasksIn('（一）修路\n1.措施。\n（1）改造农路。\n2.责任单位。甲局、乙局\n3.完成时限。2024年12月\n');
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ departments: ['甲局', '乙局'], deadline: { date: '2024-12-31' } });
  });
});

describe('a plan that only has sentences of responsibility', () => {
  const PLAN =
    '（一）新建水厂。建3座。由市住建局牵头，市应急局、市财政局配合，2024年12月底前完成。\n（二）改造管网。由市住建局负责。\n（三）监测水质。市卫健委牵头，市环境局按职责分工负责。\n';

  it('is read where no bracket or label is in it', () => {
    expect(tasksIn(PLAN).map(({ departments, lead, deadline }) => [departments, lead, deadline.date])).toEqual([
      [['市住建局', '市应急局', '市财政局'], ['市住建局'], '2024-12-31'],
      [['市住建局'], ['市住建局'], null],
      [['市卫健委', '市环境局'], ['市卫健委'], null],
    ]);
  });

  it.each([
    ['one such sentence', '（一）新建水厂。由市住建局牵头，市财政局配合。\n（二）改造管网。\n（三）监测水质。\n'],
    [
      'duties with a matter of their own',
      '（一）分工。户外广告设置由市容科负责。\n（二）分工。市公安局负责交通安全。\n（三）分工。停车管理由停管科负责。\n（四）分工。渣土由渣土科负责。\n',
    ],
    [
      'measures in prose',
      '（一）领导。建立由市住建局牵头的会议制度。\n（二）督查。由纪委问责。\n（三）宣传。广泛宣传。\n',
    ],
  ])('is refused where there is only %s', (_, body) => {
    expect(tasksIn(body)).toEqual([]);
  });
});

describe('white space and line ends that layout put in', () => {
  it('keeps names whole in which every character stands apart', () => {
    const spaced = [...'（责任单位：市城市管理局渣土办、各区人民政府、市水务集团有限公司）'].join(' ');
    expect(departmentsOf(spaced)).toEqual(['市城市管理局渣土办', '各区人民政府', '市水务集团有限公司']);
  });

  it('keeps a name whole that one blank tears', () => {
    expect(departmentsOf('（责任单位：市交通局、各区人民 政府、各县住建（园林 ）部门）')).toEqual([
      '市交通局',
      '各区人民政府',
      '各县住建（园林）部门',
    ]);
  });

  it('joins the few full lines of a short text', () => {
    const tasks = tasksIn(
      '1.清理河道漂浮物，做到日产日清。责任单位：区城市管理\n局、区水务局。完成时限：2024年6月。\n' +
        '2.清理背街小巷的垃圾，不留死角。责任单位：区城市管\n理局。完成时限：2024年7月。\n' +
        '3.清理绿化带里的枯枝，不留死角。责任单位：区园林管\n理处。完成时限：2024年8月。\n',
    );
    expect(tasks.map(({ departments, deadline }) => [departments, deadline.date])).toEqual([
      [['区城市管理局', '区水务局'], '2024-06-30'],
      [['区城市管理局'], '2024-07-31'],
      [['区园林管理处'], '2024-08-31'],
    ]);
  });

  it('finds the next number in a body that is one line without any white space', () => {
    const item = '.清理河道漂浮物，做到日产日清，建立长效机制，明确责任到岗到人。责任单位：甲局完成时限：长期坚持';
    const body = Array.from({ length: 12 }, (_, i) => `${i + 1}${item}`).join('');
    expect(tasksIn(body)).toHaveLength(12);
  });
});

describe('documents that name offices and are no plans', () => {
  it.each([
    [
      'an emergency plan',
      '滨江区突发事件总体应急预案\n一、组织\n（一）综合组。由区应急局牵头，区公安局参加。\n（二）救治组。由区卫健委牵头，区红十字会参加。\n（三）宣传组。由区委宣传部牵头，区文旅局参加。\n',
    ],
    [
      'a decision',
      '行政处罚决定书\n当事人擅自设置广告，限期拆除。\n滨江区城市管理局\n2024年4月10日\n承办机构：执法一大队\n',
    ],
    ['a budget', '2024年度部门预算公开\n一、支出目标\n项目名称：垃圾清运\n主管部门：区城管局\n实施单位：区环卫中心\n'],
  ])('refuses %s', (_, text) => {
    expect(readPlan({ text }).tasks).toEqual([]);
  });
});

describe('a plan without a day of issue', () => {
  it.each(['滨政办发〔2023〕18号', '2023年4月', '（2023年4月印发）'])(
    'takes the year of %s for limits without one',
    (line) => {
      const text = `滨江区城市管理提升方案\n${line}\n一、重点任务\n1.清理河道。（责任单位：甲局；完成时限：6月底前）\n`;
      expect(readPlan({ text }).tasks[0]?.deadline).toMatchObject({
        kind: 'date',
        date: '2023-06-30',
        yearAssumed: true,
      });
    },
  );
});

describe('a table that came out one cell a line', () => {
  it('keeps departments apart that share a cell on lines of their own, and drops a last remark', () => {
    const tasks = tasksIn(
      '序号\n工作内容\n责任单位（列第一位的为牵头单位）\n时间进度\n备注\n' +
        '1\n建设分拣中心1座\n区商务局\n区供销社\n2024年6月\n2\n整治非法倾倒\n区城市管理局、区公安局\n2024年9月\n已纳入计划\n',
    );
    expect(tasks.map(({ departments, lead, deadline }) => [departments, lead, deadline.date])).toEqual([
      [['区商务局', '区供销社'], ['区商务局'], '2024-06-30'],
      [['区城市管理局', '区公安局'], ['区城市管理局'], '2024-09-30'],
    ]);
  });
});
