import type { PlanReading, PlanTask } from '../../domain/plan-text/plan-reading.ts';

/** A task as the reader gives it, for tests that are about what happens after reading. */
export function readTask(
  text: string,
  departments: string[],
  deadline: Partial<PlanTask['deadline']>,
  more: Partial<PlanTask> = {},
): PlanTask {
  return {
    path: ['二', '(一)', '1'],
    heading: '加强培训',
    text,
    departments,
    lead: departments.slice(0, 1),
    leadBasis: 'assumed',
    support: departments.slice(1),
    openEnded: false,
    deadline: { raw: '', kind: 'none', date: null, every: null, repaired: false, from: 'annotation', ...deadline },
    textDeadlines: [],
    indicators: [],
    source: { line: 10 },
    ...more,
  };
}

/** A plan of 2024–2025 with a task of every kind of deadline; two of them fell due before it was issued. */
export function smallReading(change: Partial<PlanReading> = {}): PlanReading {
  return {
    title: '示例市行政执法质量提升行动计划(2024-2025年)',
    documentNumber: '示执〔2024〕1号',
    issuedOn: '2024-06-04',
    horizon: { from: '2024-01-01', to: '2025-12-31' },
    evaluations: [
      { kind: 'mid-term', dueOn: '2024-10-31' },
      { kind: 'final', dueOn: '2025-10-31' },
    ],
    goals: ['到2025年底，执法质量明显提高。'],
    tasks: [
      readTask(
        '定期开展法治专题培训。',
        ['政策法规处', '各处室'],
        { raw: '每年', kind: 'recurring', every: 'year' },
        { source: { line: 11 } },
      ),
      readTask(
        '修订裁量基准。',
        ['政策法规处'],
        { raw: '202410月', kind: 'date', date: '2024-10-31', repaired: true },
        { source: { line: 12 } },
      ),
      readTask(
        '完成全员轮训。',
        ['教育训练中心', '政策法规处'],
        { raw: '2024年3月', kind: 'date', date: '2024-03-31' },
        { source: { line: 13 } },
      ),
      readTask('建立考核制度。', ['组织人事处'], { raw: '已建立', kind: 'declared-done' }, { source: { line: 14 } }),
      readTask('持续开展普法宣传。', ['应知应会专班'], { raw: '长期坚持', kind: 'ongoing' }, { source: { line: 15 } }),
      readTask(
        '开展案卷评查。',
        ['政策法规处'],
        { raw: '2025年6月', kind: 'date', date: '2025-06-30' },
        {
          source: { line: 16 },
          textDeadlines: [{ raw: '2024年底前完成试点', date: '2024-12-31' }],
        },
      ),
    ],
    problems: [{ line: 12, code: 'deadline-repaired', detail: '“202410月”按“2024年10月”读出' }],
    ...change,
  };
}
