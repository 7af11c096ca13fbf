import { Document, LineRuleType, Packer, type FileChild } from 'docx';
import JSZip from 'jszip';
import type { CivilDate } from '../../domain/decider.ts';
import type { ExtensionPaper, HandoverPaper, OrderPaper, Paper, PaperPlan } from '../../domain/papers/paper.ts';
import { dateText } from '../../domain/wording.ts';
import {
  addressee,
  annexHead,
  annexNote,
  blank,
  body,
  FONT,
  FONT_TABLE,
  GRID,
  heading1,
  lastBody,
  page,
  signature,
  SIZE,
  title,
} from './official-layout.ts';
import { formTable, officialTable, TABLE_TEXT } from './official-table.ts';

/** A paper as DOCX bytes. Slow for long tables: `render.ts` runs it in a thread of its own. */
export async function paperDocx(paper: Paper): Promise<Uint8Array> {
  const made = contentOf(paper);
  const document = new Document({
    title: made.title,
    creator: '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: RUN, paragraph: PARAGRAPH } },
      paragraphStyles: [{ id: TABLE_TEXT, name: 'Table Text', basedOn: 'Normal' }],
    },
    sections: [page(made.children)],
  });
  return finished(await Packer.toBuffer(document));
}

const RUN = {
  font: { name: FONT.body, eastAsia: FONT.body, ascii: FONT.body, hAnsi: FONT.body, cs: FONT.body },
  size: SIZE.no3,
  language: { value: 'zh-CN', eastAsia: 'zh-CN' },
};
const PARAGRAPH = { spacing: { line: GRID.line, lineRule: LineRuleType.EXACT, before: 0, after: 0 } };

interface Content {
  title: string;
  children: FileChild[];
}

function contentOf(paper: Paper): Content {
  switch (paper.kind) {
    case 'handover':
      return handover(paper);
    case 'order':
      return order(paper);
    case 'extension':
      return extension(paper);
  }
}

function handover(paper: HandoverPaper): Content {
  const leads = paper.tasks.filter((task) => task.part === 'lead').length;
  const supports = paper.tasks.length - leads;
  const counted = [leads > 0 ? `牵头${leads}项` : '', supports > 0 ? `配合${supports}项` : ''].filter(
    (part) => part !== '',
  );
  const claim =
    paper.claimBy === null
      ? '请按表中要求办理。'
      : `请于${dateText(paper.claimBy)}前完成认领；对责任分工有异议的，请在认领期限内提出并说明理由。`;
  return {
    title: '任务交办单',
    children: [
      ...title('任务交办单'),
      addressee(paper.department),
      ...body(
        `根据${planName(paper.plan)}，现将由你单位承担的${paper.tasks.length}项任务（${counted.join('，')}）交办如下。${claim}认领后请明确具体措施、时间节点、责任人员和落实标准，并自本月起按月报送进展。`,
      ),
      blank(),
      officialTable(
        [
          { header: '序号', share: 1.05, align: 'centre' },
          { header: '计划编号', share: 1.8, align: 'centre' },
          { header: '任务内容', share: 7 },
          { header: '分工', share: 2.3 },
          { header: '完成时限', share: 3.3 },
        ],
        paper.tasks.map((task, at) => [
          String(at + 1),
          task.number,
          task.text,
          `${task.part === 'lead' ? '牵头' : '配合'}${task.others.length === 0 ? '' : `\n（其他：${task.others.join('、')}）`}`,
          task.deadline,
        ]),
      ),
      ...signature(paper.issuer, paper.issuedOn),
      blank(),
      formTable([{ label: '签收', value: '签收人：　　　　　　　签收日期：　　　年　　月　　日' }]),
    ],
  };
}

function order(paper: OrderPaper): Content {
  const subject = `${paper.task.number}“${paper.task.text}”`;
  const deadline = deadlineSentence(paper);
  const reply =
    paper.replyBy === null
      ? '请自签发之日起在规定期限内书面回复。'
      : `请于${dateText(paper.replyBy)}前书面回复（见附件）。`;
  const since = paper.lastWord === null ? '至今未见进展报告。' : `最近一次报告的情况：${paper.lastWord}`;
  return {
    title: '督办通知书',
    children: [
      ...title('督办通知书'),
      addressee(paper.departments.join('、')),
      ...body(`${planName(paper.plan)}${subject}，由你单位负责。${deadline}`),
      ...body(since),
      ...body('现予督办，请做好以下工作：'),
      heading1('一、限期推进'),
      ...body('立即组织力量推进，明确具体措施、时间节点和责任人员，尽快办结并提请核查。'),
      heading1('二、书面回复'),
      ...lastBody(`说明未按期完成的原因、已采取的措施和下一步安排。${reply}`),
      ...annexNote(['督办回复单']),
      ...signature(paper.issuer, paper.signedOn),
      ...annexHead('附件', '督办回复单'),
      formTable([
        { label: '督办事项', value: `${planName(paper.plan)}${subject}` },
        { label: '责任单位', value: paper.reply?.department ?? paper.departments.join('、') },
        { label: '完成时限', value: dueWords(paper) },
        { label: '未按期完成的原因和进展', value: paper.reply?.text ?? '', height: 36 },
        { label: '下一步措施和完成时间', value: '', height: 30 },
        { label: '部门负责人意见', value: '\n签字：　　　　　　　　年　　月　　日', height: 20 },
        { label: '回复日期', value: paper.reply === null ? '' : dateText(paper.reply.on) },
      ]),
    ],
  };
}

function deadlineSentence({ due, originalDue, period, daysLate }: OrderPaper): string {
  if (due === null) return '';
  const moved = originalDue !== null && originalDue !== due ? `（原定${dateText(originalDue)}）` : '';
  const late = daysLate > 0 ? `，已逾期${daysLate}天，尚未办结` : '';
  return `${period}完成时限为${dateText(due)}${moved}${late}。`;
}

function dueWords({ due, originalDue }: Pick<OrderPaper, 'due' | 'originalDue'>): string {
  if (due === null) return '未明确';
  return originalDue !== null && originalDue !== due
    ? `${dateText(due)}（原定${dateText(originalDue)}）`
    : dateText(due);
}

function extension(paper: ExtensionPaper): Content {
  const { request, decision } = paper;
  const earlier = paper.earlier.map(
    ({ from, to, on, level }) => `由${dateText(from)}延至${dateText(to)}（${dateText(on)}，${level}批准）`,
  );
  return {
    title: '延期申请表',
    children: [
      ...title('延期申请表'),
      formTable([
        { label: '申请单位', value: paper.department },
        { label: '申请日期', value: dateOrBlank(request?.on ?? null) },
        { label: '任务', value: `${planName(paper.plan)}${paper.task.number}\n${paper.task.text}` },
        ...(paper.period === '' ? [] : [{ label: '期间', value: paper.period }]),
        { label: '完成时限', value: dueWords(paper) },
        { label: '此前延期', value: earlier.length === 0 ? '无' : earlier.join('\n') },
        { label: '申请延至', value: dateOrBlank(request?.to ?? null) },
        { label: '延期理由', value: request?.reason ?? '', height: 34 },
        { label: '部门负责人意见', value: '\n签字：　　　　　　　　年　　月　　日', height: 18 },
        { label: `${paper.level === '' ? '审批' : paper.level}意见`, value: decisionWords(decision), height: 22 },
      ]),
    ],
  };
}

function decisionWords(decision: ExtensionPaper['decision']): string {
  if (decision === null) return '\n签字：　　　　　　　　年　　月　　日';
  const minutes = decision.minutes === null ? '' : `（${decision.minutes}）`;
  return `${decision.outcome === 'approved' ? '同意延期' : '不同意延期'}${minutes}\n签字：　　　　　　　　${dateText(decision.on)}`;
}

function dateOrBlank(on: CivilDate | null): string {
  return on === null ? '　　　年　　月　　日' : dateText(on);
}

/** A title that quotes another one takes single marks inside (GB/T 15834). */
function planName({ title: name, documentNumber }: PaperPlan): string {
  const whole = /^《[^《》]*》$/.test(name);
  const quoted = whole ? name : `《${name.replaceAll('《', '〈').replaceAll('》', '〉')}》`;
  return documentNumber === null ? quoted : `${quoted}（${documentNumber}）`;
}

/**
 * What the library cannot say: what to take where a font is missing, and that tables keep off the grid of lines, which
 * would set their smaller type as wide apart as the body.
 */
async function finished(docx: Uint8Array): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(docx);
  const fonts = FONT_TABLE.map(
    ({ name, instead, family }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`,
  );
  zip.file(
    'word/fontTable.xml',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join('')}</w:fonts>`,
  );
  const styles = (await zip.file('word/styles.xml')?.async('string')) ?? '';
  zip.file(
    'word/styles.xml',
    styles.replace(
      new RegExp(`(w:styleId="${TABLE_TEXT}".*?<w:basedOn w:val="Normal"/>)`),
      '$1<w:pPr><w:snapToGrid w:val="0"/></w:pPr>',
    ),
  );
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
