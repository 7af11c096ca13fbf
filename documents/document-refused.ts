/** Why a file cannot become text. The codes are part of the API's errors: never renamed, only added to. */
export const REFUSAL_CODES = [
  'broken-archive',
  'broken-document',
  'empty',
  'encrypted',
  'garbled',
  'legacy-office',
  'pdf-without-text',
  'too-large',
  'too-slow',
  'unsupported-type',
  'zip-bomb',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A file that is refused, with a Chinese sentence for the person who brought it. */
export class DocumentRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'DocumentRefused';
    this.code = code;
  }
}
