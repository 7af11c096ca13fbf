const MIB = 1024 * 1024;

/** A plan is a few hundred kilobytes; a scan with pictures may reach tens of megabytes. */
export const MAX_FILE_BYTES = 50 * MIB;
/** Everything an archive declares, pictures included. */
export const MAX_UNPACKED_BYTES = 100 * MIB;
/** One XML part: 86 kB of DOCX are known to unpack into 60 million characters. */
export const MAX_PART_BYTES = 40 * MIB;
export const MAX_ENTRIES = 5000;
/** Real WordprocessingML packs 10 to 60 times; a bomb a thousand times. Small parts may pack as well as they like. */
export const MAX_RATIO = 150;
export const RATIO_FREE_BYTES = 2 * MIB;
/** The reader of plans is linear, yet a person's patience is not: more text than this is no plan. */
export const MAX_TEXT_CHARS = 5_000_000;
export const MAX_TABLE_CELLS = 400_000;
export const MAX_PDF_PAGES = 2000;
export const EXTRACTION_TIMEOUT_MS = 20_000;
export const WORKER_HEAP_MB = 768;
