import { describe, expect, it } from 'vitest';
import type { PlanTask } from '../../../domain/plan-text/plan-reading.ts';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';

const PLAN = `江北区城市管理三年行动方案（2024—2026年）
江政办发〔2024〕18号
2024年5月8日
一、工作目标
到2026年底，群众满意度达到90%以上。
二、主要任务
（一）市容整治
1.清理河道漂浮物，每年不少于12次。（牵头单位：区水务局；配合单位：各街镇；完成时限：2024年9月底前）
2.修补破损路面，更换井盖。（区城管局、区交通局按职责分工负责，长期坚持）
（二）队伍建设
——开展轮训。
——组织案卷评查。
责任单位：政工科、法制科等
完成时限：每季度
| 序号 | 工作任务 | 责任单位 | 时限 |
| 1 | 更新环卫车辆 | 区环卫所 | 2025年 |
| 2 | 改造公厕 | | |
三、组织保障
2025年6月底前完成中期评估，2026年12月底前完成终期评估。
`;

const PIECES =
  '（|）|(|【|】|\t|\n|：|、|，|。|；|责任单位|完成时限|牵头|一、|（一）|1.|——|2024年|6月|底前|每年|\uFFFD|等|和|各|\r|\f|《|| |'.split(
    '|',
  );

/** A plain generator with a fixed start: a failing damage can be made again. */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function damaged(seed: number): string {
  const next = generator(seed);
  let text = PLAN;
  for (let i = 0; i < 1 + next() * 12; i += 1) {
    const at = Math.floor(next() * text.length);
    const kind = next();
    const length = Math.floor(next() * 6);
    const piece = PIECES[Math.floor(next() * PIECES.length)] ?? '';
    if (kind < 0.4) text = text.slice(0, at) + text.slice(at + length);
    else if (kind < 0.8) text = text.slice(0, at) + piece + text.slice(at);
    else text = text.slice(0, at) + text.slice(at, at + length * 20) + text.slice(at);
  }
  return text;
}

function wellFormed(task: PlanTask, lines: number): boolean {
  const names = new Set(task.departments);
  return (
    task.text !== '' &&
    task.source.line >= 1 &&
    task.source.line <= lines &&
    names.size === task.departments.length &&
    task.lead.length + task.support.length === names.size &&
    [...task.lead, ...task.support].every((name) => names.has(name)) &&
    (task.deadline.kind === 'date') === (task.deadline.date !== null)
  );
}

describe('a plan with holes, doubled pieces and foreign characters', () => {
  it('is read whole where nothing is damaged', () => {
    const reading = readPlan({ text: PLAN });
    expect(reading.tasks.map((task) => [task.path.join('/'), task.departments.join(), task.deadline.kind])).toEqual([
      ['二/（一）/1/¶1', '区水务局,各街镇', 'date'],
      ['二/（一）/2/¶1', '区城管局,区交通局', 'ongoing'],
      ['二/（二）/¶1', '政工科,法制科', 'recurring'],
      ['二/（二）/¶2', '政工科,法制科', 'recurring'],
      ['二/（二）/1/¶1', '区环卫所', 'date'],
      ['二/（二）/2/¶1', '区环卫所', 'date'],
    ]);
    expect(reading).toMatchObject({
      horizon: { from: '2024-01-01', to: '2026-12-31' },
      evaluations: [
        { kind: 'mid-term', dueOn: '2025-06-30' },
        { kind: 'final', dueOn: '2026-12-31' },
      ],
      goals: ['到2026年底，群众满意度达到90%以上。'],
    });
  });

  it('always yields well-formed tasks with paths of their own, or a refusal', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const text = damaged(seed);
      const { tasks, problems } = readPlan({ text });
      const lines = text.split(/\r\n|\n|\r/u).length;
      expect(
        tasks.filter((task) => !wellFormed(task, lines)),
        `damage ${seed}`,
      ).toEqual([]);
      const paths = tasks.map((task) => task.path.join('/'));
      expect(new Set(paths).size, `damage ${seed}`).toBe(paths.length);
      expect(tasks.length > 0 || problems[0]?.code === 'no-annotation', `damage ${seed}`).toBe(true);
    }
  });
});
