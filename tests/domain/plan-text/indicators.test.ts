import { describe, expect, it } from 'vitest';
import { fold } from '../../../domain/plan-text/folding.ts';
import { indicatorsIn } from '../../../domain/plan-text/indicators.ts';

describe('measurable targets of a sentence', () => {
  it.each([
    ['确保行政执法人员每人每年接受不少于60学时的培训', { quantity: 60, unit: '学时', per: '每人每年' }],
    ['每年至少组织1次案卷评查', { quantity: 1, unit: '次', per: '每年' }],
    ['负责人3年内至少接受1次脱产培训', { quantity: 1, unit: '次', per: '3年内' }],
    ['每季度开展两次抽查', { quantity: 2, unit: '次', per: '每季度' }],
    ['分类覆盖率达到98.5%以上', { quantity: 98.5, unit: '%', per: '' }],
    ['新建公厕不少于２０座', { quantity: 20, unit: '座', per: '' }],
  ])('%s', (sentence, indicator) => {
    expect(indicatorsIn(fold(sentence))).toEqual([expect.objectContaining(indicator)]);
  });

  it('gives the words as written', () => {
    expect(indicatorsIn(fold('要求每年至少组织 1 次评查。'))[0]?.raw).toBe('每年至少组织1次');
  });

  it.each(['近五年内未发生的事项', '依托12345热线受理', '2024年6月30日前完成', '落实第三十三条规定', '整合3个平台'])(
    '%s holds none',
    (sentence) => {
      expect(indicatorsIn(fold(sentence))).toEqual([]);
    },
  );
});
