import type { SearchAttributes } from './temporal.ts';

/** Registered on the server at every start. Sparse and free of personal data: each upsert is an event in a history. */
export const searchAttributes: SearchAttributes = { BihuanKind: 'Keyword', BihuanState: 'Keyword' };
