import type { PlanReading } from '../domain/plan-text/plan-reading.ts';

/** A file that cannot become a plan: a stable code, and a Chinese sentence for the person who brought it. */
export interface PlanFileRefused {
  refused: { code: string; detail: string };
}

/**
 * Extracts and reads an action plan. It runs outside the API's thread, within seconds whatever the file, and never throws
 * for a bad one. The stack gives it: the API knows nothing of file formats.
 */
export type ReadPlanFile = (file: {
  bytes: Uint8Array;
  filename: string;
}) => Promise<{ reading: PlanReading; text: string } | PlanFileRefused>;

declare module './app-type.ts' {
  interface AppDeps {
    /** Null or absent where this process takes no plans. */
    readPlanFile?: ReadPlanFile | null;
  }
}
