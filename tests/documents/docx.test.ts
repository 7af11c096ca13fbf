import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { describe, expect, it } from 'vitest';
import { extractText } from '../../documents/extract-text.ts';
import { docxOf, numbered, wordCell, wordParagraph } from './sample-archive.ts';

const NUMBERING = `<?xml version="1.0"?><w:numbering xmlns:w="WNS"><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num></w:numbering>`;

function rowOf(cells: string[]): TableRow {
  return new TableRow({ children: cells.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) });
}

/** A content control as Word makes them from its galleries. */
function control(gallery: string, text: string): string {
  const properties = `<w:sdtPr><w:docPartObj><w:docPartGallery w:val="${gallery}"/></w:docPartObj></w:sdtPr>`;
  return `<w:sdt>${properties}<w:sdtContent>${wordParagraph(text)}</w:sdtContent></w:sdt>`;
}

async function textOf(bytes: Uint8Array): Promise<string[]> {
  const { text, format } = await extractText({ bytes, filename: 'plan.docx' });
  expect(format).toBe('docx');
  return text.split('\n');
}

describe('DOCX', () => {
  it('writes out the numbers that Word counts by itself, and restarts deeper levels', async () => {
    const body = [
      numbered('重点任务', 4, 0),
      numbered('整治占道经营', 4, 1),
      numbered('划定管控路段。', 4, 2),
      numbered('开展错时巡查。', 4, 2),
      numbered('规范户外广告', 4, 1),
      numbered('建立设施台账。', 4, 2),
      numbered('不编号的要点', 4, 3),
      numbered('保障措施', 4, 0),
    ].join('');
    expect(await textOf(await docxOf(body, { 'word/numbering.xml': NUMBERING }))).toEqual([
      '一、重点任务',
      '（一）整治占道经营',
      '1.划定管控路段。',
      '2.开展错时巡查。',
      '（二）规范户外广告',
      '1.建立设施台账。',
      '不编号的要点',
      '二、保障措施',
    ]);
  });

  it('takes the numbers of a heading style', async () => {
    const styles =
      '<?xml version="1.0"?><w:styles xmlns:w="WNS"><w:style w:type="paragraph" w:styleId="T1"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="T2"><w:basedOn w:val="T1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>';
    const body =
      wordParagraph('总体要求', '<w:pStyle w:val="T1"/>') + wordParagraph('工作原则', '<w:pStyle w:val="T2"/>');
    const bytes = await docxOf(body, { 'word/numbering.xml': NUMBERING, 'word/styles.xml': styles });
    expect(await textOf(bytes)).toEqual(['一、总体要求', '（一）工作原则']);
  });

  it('repeats cells merged downwards and across', async () => {
    const table = `<w:tbl><w:tr>${wordCell('序号')}${wordCell('任务')}${wordCell('责任单位')}</w:tr>
<w:tr>${wordCell('1')}${wordCell('清理楼道堆物')}${wordCell('区房管局', '<w:vMerge w:val="restart"/>')}</w:tr>
<w:tr>${wordCell('2')}${wordCell('更换破损井盖')}${wordCell('', '<w:vMerge/>')}</w:tr>
<w:tr>${wordCell('3')}${wordCell('全年开展，随时报告', '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>`;
    expect(await textOf(await docxOf(table))).toEqual([
      '| 序号 | 任务 | 责任单位 |',
      '| 1 | 清理楼道堆物 | 区房管局 |',
      '| 2 | 更换破损井盖 | 区房管局 |',
      '| 3 | 全年开展，随时报告 | 全年开展，随时报告 |',
    ]);
  });

  it('leaves out deleted revisions and keeps inserted ones', async () => {
    const body =
      '<w:p><w:r><w:t>完成时限：</w:t></w:r><w:del><w:r><w:delText>3月底</w:delText></w:r></w:del><w:ins><w:r><w:t>6月底</w:t></w:r></w:ins></w:p>';
    expect(await textOf(await docxOf(body))).toEqual(['完成时限：6月底']);
  });

  it('reads what a writing library makes', async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph('一、总体目标'),
            new Table({ rows: [rowOf(['任务', '牵头单位']), rowOf(['规范夜间施工', '市住建局'])] }),
          ],
        },
      ],
    });
    expect(await textOf(await Packer.toBuffer(document))).toEqual([
      '一、总体目标',
      '| 任务 | 牵头单位 |',
      '| 规范夜间施工 | 市住建局 |',
    ]);
  });

  it('is read by content, whatever its name says', async () => {
    const bytes = await docxOf(wordParagraph('规范共享单车停放。'));
    const { format, text } = await extractText({ bytes, filename: 'plan.pdf' });
    expect([format, text]).toEqual(['docx', '规范共享单车停放。']);
  });

  it('drops a generated table of contents and keeps other content controls', async () => {
    const body =
      control('Table of Contents', '一、重点任务……1') +
      control('Quick Parts', '印发日期：2025年1月6日') +
      wordParagraph('一、重点任务');
    expect(await textOf(await docxOf(body))).toEqual(['印发日期：2025年1月6日', '一、重点任务']);
  });

  it('takes text out of a text box and nothing out of a picture', async () => {
    const box = `<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${wordParagraph('框内任务')}</w:txbxContent></v:textbox></v:shape></w:pict>`;
    const picture = '<w:drawing><a:t xmlns:a="urn:a">图片说明</a:t></w:drawing>';
    const body = `<w:p><w:r>${box}</w:r></w:p><w:p><w:r>${picture}<w:t>正文</w:t></w:r></w:p>`;
    expect(await textOf(await docxOf(body))).toEqual(['框内任务', '正文']);
  });
});
