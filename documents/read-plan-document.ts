import type { PlanReading } from '../domain/plan-text/plan-reading.ts';
import { DocumentRefused } from './document-refused.ts';
import type { ExtractedText } from './read-bytes.ts';
import { runDocumentWorker } from './run-document-worker.ts';

/** A document's text and what the reader of plans makes of it; a document without annotations has no tasks. */
export interface PlanDocument extends ExtractedText {
  readonly reading: PlanReading;
}

/**
 * Opens a document and reads it as a plan, both under the same limit of time: no text can hold up its caller.
 * @throws DocumentRefused where the document cannot be opened.
 */
export async function readPlanDocument(input: {
  readonly bytes: Uint8Array;
  readonly filename: string;
}): Promise<PlanDocument> {
  const { extracted, reading } = await runDocumentWorker(input.bytes, true);
  if (reading === null) throw new DocumentRefused('broken-document', '文件没有读出计划内容，请重试。');
  return { ...extracted, reading };
}
