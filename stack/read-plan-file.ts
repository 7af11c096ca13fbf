import type { ReadPlanFile } from '../api/read-plan-file.ts';
import { DocumentRefused } from '../documents/document-refused.ts';
import { readPlanDocument } from '../documents/read-plan-document.ts';

/** What the API and the shell use to turn a file into a plan, in a thread of its own and within seconds. */
export const readPlanFile: ReadPlanFile = async ({ bytes, filename }) => {
  try {
    const { text, reading } = await readPlanDocument({ bytes, filename });
    if (reading.tasks.length > 0) return { reading, text };
    const detail = reading.problems[0]?.detail ?? '文件中没有责任单位、完成时间等任务标注，不是可以导入的行动计划。';
    return { refused: { code: reading.problems[0]?.code ?? 'no-annotation', detail } };
  } catch (error) {
    if (error instanceof DocumentRefused) return { refused: { code: error.code, detail: error.message } };
    throw error;
  }
};
