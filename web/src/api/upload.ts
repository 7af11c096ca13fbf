import { noAnswer, problemOf } from './api-problem.ts';
import type { Problem } from './generated/operations.ts';

/**
 * Sends one file as a form. `fetch` tells nothing of how much has gone out, and a scan over an office line takes long
 * enough to want to know.
 */
export function upload<T>(
  path: string,
  file: File,
  key: string,
  onProgress: (percent: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', file, file.name);
    const sender = new XMLHttpRequest();
    sender.open('POST', path);
    sender.setRequestHeader('idempotency-key', key);
    sender.setRequestHeader('accept', 'application/json, application/problem+json');
    sender.responseType = 'json';
    sender.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    });
    sender.addEventListener('error', () => reject(noAnswer()));
    sender.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    sender.addEventListener('load', () => {
      const body = sender.response as (T & Partial<Problem>) | null;
      if (sender.status >= 200 && sender.status < 300 && body !== null) {
        resolve(body);
        return;
      }
      reject(problemOf(sender.status, body, sender.getResponseHeader('retry-after')));
    });
    signal?.addEventListener('abort', () => sender.abort());
    sender.send(form);
  });
}
