import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST = 50 * 1024 * 1024;

/** The file for the API's request lines beside the data; a large one is set aside at start, so that two files are the most. */
export function requestLog(dataDir: string): string {
  const path = join(dataDir, 'requests.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST) renameSync(path, join(dataDir, 'requests.1.log'));
  return path;
}
