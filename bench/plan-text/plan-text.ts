const DEPARTMENTS = [
  '政策法规处',
  '综合协调处',
  '督察大队',
  '信息指挥中心',
  '案件管理中心',
  '市住房和城乡建设局',
  '市文化和旅游局',
  '各街镇中队',
  '市委编办（市规服办）',
  '办公室',
];
const VERBS = ['完善', '修订', '推广', '梳理', '组织开展', '公开', '评估', '优化'];
const OBJECTS = [
  '执法检查指引',
  '裁量基准',
  '案卷评查办法',
  '非现场执法点位',
  '市容责任区名录',
  '户外广告设施台账',
  '诉件办理流程',
  '培训课程',
];
const DEADLINES = [
  '2026年3月底前',
  '每年',
  '每季度',
  '2026年12月',
  '长期坚持',
  '持续推进',
  '2025年底前',
  '每年12月底前',
  '已建立',
];
const NUMERALS = '一二三四五六七八九十';

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('the list is empty');
  return item;
}

/** Annotation forms of DOMAIN 2, one after another, so that the benchmark walks every branch of the reader. */
function annotation(index: number): string {
  const [a, b, c] = [pick(DEPARTMENTS, index), pick(DEPARTMENTS, index * 3 + 1), pick(DEPARTMENTS, index * 7 + 5)];
  const deadline = pick(DEADLINES, index * 5);
  const forms = [
    `（责任部门：${a}、${b}；完成时间：${deadline}）`,
    `（牵头单位：${a}；配合单位：${b}、${c}；完成时限：${deadline}）`,
    `（${a}牵头，${b}、${c}按职责分工负责，2026年6月底前完成）`,
    `【责任单位：${a}，${b}等】`,
    `（${a}、${b}负责）`,
    `\n责任单位：${a}、${c}\n完成时限：${deadline}`,
    `(${a}会同有关部门负责)`,
  ];
  return pick(forms, index);
}

function paragraph(index: number): string {
  const count = 20 + ((index * 13) % 180);
  return `${(index % 9) + 1}.${pick(VERBS, index)}${pick(OBJECTS, index * 3)}，在第${index + 1}网格推行试点（试行），全年抽查不少于${count}次，形成问题清单并逐项销号。${annotation(index)}`;
}

/** A synthetic plan of at least `bytes` bytes of UTF-8: the same every time. */
export function planText(bytes: number): string {
  const parts = [
    '关于印发《城市管理精细化三年行动计划（2024—2026年）》的通知',
    '城管发〔2024〕9号',
    '2024年2月6日',
    '城市管理精细化三年行动计划（2024—2026年）',
    '一、主要目标',
    '到2026年底，街面秩序明显改善。',
    '二、重点任务',
  ];
  let size = Buffer.byteLength(parts.join('\n'));
  for (let index = 0; size < bytes; index += 1) {
    if (index % 45 === 0)
      parts.push(`（${pick([...NUMERALS], index / 45)}）${pick(VERBS, index / 45)}${pick(OBJECTS, index)}`);
    const text = paragraph(index);
    parts.push(text);
    size += Buffer.byteLength(text) + 1;
  }
  return parts.join('\n');
}
