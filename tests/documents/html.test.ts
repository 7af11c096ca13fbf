import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';

async function textOf(html: string, filename = 'plan.html'): Promise<string[]> {
  const { text, format } = await extractText({ bytes: Buffer.from(html), filename });
  expect(format).toBe('html');
  return text.split('\n');
}

describe('HTML', () => {
  it('keeps what is read and drops scripts, styles, navigation and hidden parts', async () => {
    const html =
      '<!DOCTYPE html><html><head><title>站点</title><style>p{}</style></head><body><nav>首页 &gt; 公开</nav><script>var a="责任单位：假";</script><div style="display: none">隐藏</div><p>一、<b>目标</b></p><p>规范<br>停车。</p><footer>备案号</footer></body></html>';
    expect(await textOf(html)).toEqual(['一、目标', '规范', '停车。']);
  });

  it('expands rowspan and colspan', async () => {
    const html =
      '<table><thead><tr><th>任务<th>牵头单位<th>时限</thead><tbody><tr><td>甲<td rowspan=2>市水务局<td>年内</tr><tr><td>乙<td>2025年6月</tr><tr><td colspan=3>二、绿化</td></tr></table>';
    expect(await textOf(`<html>${html}`)).toEqual([
      '| 任务 | 牵头单位 | 时限 |',
      '| 甲 | 市水务局 | 年内 |',
      '| 乙 | 市水务局 | 2025年6月 |',
      '二、绿化',
    ]);
  });

  it('walks through tables that only lay the page out', async () => {
    const html =
      '<html><table><tr><td>左栏</td><td><table><tr><td>任务</td><td>时限</td></tr></table><p>正文</p></td></tr></table>';
    expect(await textOf(html)).toEqual(['左栏', '| 任务 | 时限 |', '正文']);
  });

  it('numbers ordered lists and joins lines that only the source breaks', async () => {
    const html = '<html><ol start="3"><li><p>清理\n    河道</p></li><li>补种行道树</li></ol>';
    expect(await textOf(html)).toEqual(['3. 清理河道', '4. 补种行道树']);
  });

  it('is recognised under the name of a Word document', async () => {
    expect(await textOf('<html><body><p>old export</p></body></html>', 'plan.doc')).toEqual(['old export']);
  });
});
