import type { ExtractedText } from './read-bytes.ts';
import { runDocumentWorker } from './run-document-worker.ts';

export type { DocumentFormat, ExtractedText } from './read-bytes.ts';

/**
 * The text of a document, whatever its name claims: the type is told by content.
 * @throws DocumentRefused with a stable code and a Chinese sentence.
 */
export async function extractText(
  input: { readonly bytes: Uint8Array; readonly filename: string },
  options: { readonly timeoutMs?: number } = {},
): Promise<ExtractedText> {
  const { extracted } = await runDocumentWorker(input.bytes, false, options.timeoutMs);
  return extracted;
}
